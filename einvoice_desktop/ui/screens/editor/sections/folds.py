"""The folded parts of the sheet: made when first needed, seen when they hold something, offered by one quiet menu."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from einvoice_desktop.domain.compose import ComposeContext
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.ui.screens.editor.sections.attachments import AttachmentsSection
from einvoice_desktop.ui.screens.editor.sections.currency import CurrencySection
from einvoice_desktop.ui.screens.editor.sections.delivery import DeliverySection
from einvoice_desktop.ui.screens.editor.sections.discounts import DiscountsSection
from einvoice_desktop.ui.screens.editor.sections.held import PARTS, Part, held, part_of
from einvoice_desktop.ui.screens.editor.sections.mentions import MentionsSection
from einvoice_desktop.ui.screens.editor.sections.payment import PaymentSection
from einvoice_desktop.ui.screens.editor.sections.presentation import PresentationSection
from einvoice_desktop.ui.screens.editor.sections.profile import ProfileSection
from einvoice_desktop.ui.screens.editor.sections.references import ReferencesSection
from einvoice_desktop.ui.screens.editor.sections.section import Section
from einvoice_desktop.ui.screens.editor.sections.tax import TaxSection
from einvoice_desktop.ui.widgets.fields import Field
from einvoice_desktop.ui.widgets.fold import Fold
from einvoice_desktop.ui.widgets.layouts import column

_MAKERS: dict[str, Callable[[], Section]] = {
    "discounts": DiscountsSection,
    "delivery": DeliverySection,
    "references": ReferencesSection,
    "payment": PaymentSection,
    "tax": TaxSection,
    "currency": CurrencySection,
    "mentions": MentionsSection,
    "attachments": AttachmentsSection,
    "presentation": PresentationSection,
    "profile": ProfileSection,
}


class Folds(QWidget):
    """The parts.

    Signals:
        edited: something was typed in one. fields_made: there are fields that were not there before.
        made: (key, section): a section was made. shown: (the card) something was unfolded by the user's will.
    """

    edited = Signal()
    fields_made = Signal()
    made = Signal(str, object)
    shown = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._form = DraftForm()
        self._context: ComposeContext | None = None
        self._folds: dict[str, Fold] = {}
        self._sections: dict[str, Section] = {}
        self._layout = column(gap="m", of=self)
        self._is_loading = False

    # -- the form ------------------------------------------------------------------------------------------------

    def load(self, form: DraftForm, context: ComposeContext, *, is_fresh: bool) -> None:
        """Show ``form``; ``is_fresh``: whatever was unfolded is folded."""
        self._form, self._context = form, context
        self._is_loading = True
        for key, section in self._sections.items():
            section.load(form, context)
            if is_fresh:
                self._folds[key].open(is_open=False)
        self._is_loading = False
        self._sync(form)

    def show_context(self, context: ComposeContext) -> None:
        """Another customer or company, other files."""
        self._context = context
        attachments = self._sections.get("attachments")
        if isinstance(attachments, AttachmentsSection):
            attachments.show_sizes(context)

    def values(self) -> dict[str, Any]:
        """What stands in the sections that were made; the others hold what the form came with."""
        values: dict[str, Any] = {}
        for section in self._sections.values():
            values |= section.values()
        return values

    def follow(self, form: DraftForm) -> None:
        """The form as it is now: what each part holds is said again."""
        self._form = form
        self._sync(form)

    def _sync(self, form: DraftForm) -> None:
        is_any = False
        for part in PARTS:
            words = held(form, part)
            if words and part.key not in self._folds and part.key in _MAKERS:
                self._make(part)
            fold = self._folds.get(part.key)
            if fold is not None:
                fold.set_held(len(words), " · ".join(words))
                is_any = is_any or not fold.isHidden()
        self.setVisible(is_any)

    # -- places --------------------------------------------------------------------------------------------------

    def places(self) -> dict[str, Field]:
        """Each field that was made, by its path in the form."""
        found: dict[str, Field] = {}
        for section in self._sections.values():
            found |= section.places()
        return found

    def order(self) -> Iterator[QWidget]:
        """What the tab key visits, down the cards."""
        for part in PARTS:
            if part.key in self._folds:
                yield self._folds[part.key].line
                yield from self._sections[part.key].order()

    def reveal(self, place: str) -> Field | None:
        """Unfold the part that holds ``place``; its field, ``None`` when no part has it."""
        part = part_of(place)
        if part is None or part.key not in _MAKERS:
            return None
        self._open(part)
        self._sections[part.key].reveal(place)
        return self._sections[part.key].places().get(place)

    def go_near(self, place: str) -> bool:
        """Unfold the part of a place that has no field of its own yet (a mention to add); whether there is such a part."""
        part = part_of(place)
        if part is None or part.key not in _MAKERS:
            return False
        self.open(part.key)
        return True

    # -- opening -------------------------------------------------------------------------------------------------

    def section(self, key: str) -> Section:
        """The section of that key, made if need be."""
        part = next(part for part in PARTS if part.key == key)
        if key not in self._sections:
            self._make(part)
        return self._sections[key]

    def open(self, key: str) -> None:
        """Unfold a part and go to its first field."""
        part = next(part for part in PARTS if part.key == key)
        fold = self._open(part)
        self.shown.emit(fold)
        self._sections[key].focus_first()

    def fold_current(self, focused: QWidget | None) -> bool:
        """Fold the part one is in; whether there was one."""
        for fold in self._folds.values():
            if fold.is_open and focused is not None and fold.isAncestorOf(focused):
                fold.line.setFocus(Qt.FocusReason.OtherFocusReason)
                fold.open(is_open=False)
                return True
        return False

    def menu(self, parent: QWidget) -> QMenu:
        """Every part, to choose from."""
        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        for part in PARTS:
            if part.key in _MAKERS:
                action = menu.addAction(part.title)
                action.setToolTip(part.tip)
                action.triggered.connect(lambda _checked=False, key=part.key: self.open(key))
        return menu

    def _open(self, part: Part) -> Fold:
        if part.key not in self._folds:
            self._make(part)
        fold = self._folds[part.key]
        self.show()
        fold.open()
        return fold

    def _make(self, part: Part) -> None:
        section = _MAKERS[part.key]()
        fold = Fold(part.title, section)
        made = [known.key for known in PARTS if known.key in self._folds or known is part]
        self._folds[part.key], self._sections[part.key] = fold, section
        self._layout.insertWidget(made.index(part.key), fold)
        if self._context is not None:
            self._is_loading = True
            section.load(self._form, self._context)
            self._is_loading = False
        section.edited.connect(self._edited)
        section.fields_made.connect(self.fields_made)
        fold.opened.connect(self._toggled)
        fold.folded.connect(self._toggled)
        self.made.emit(part.key, section)
        self.fields_made.emit()

    def _edited(self) -> None:
        if not self._is_loading:
            self.edited.emit()

    def _toggled(self) -> None:
        if not self._is_loading:
            self._sync(self._form)


def titles() -> tuple[tuple[str, str, str], ...]:
    """Key, title and tip of every part that can be opened."""
    return tuple((part.key, part.title, part.tip) for part in PARTS if part.key in _MAKERS)
