"""« Facture ▾ »: the kind of the document, quiet, and the others one click away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from einvoice_desktop.ui.screens.editor.kinds import RARE_KINDS, USUAL_KINDS, Kind, kind_of
from einvoice_desktop.ui.widgets.buttons import Button


class KindButton(Button):
    """The button and its menu.

    Signals:
        chosen: code of another kind.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("", "quiet")
        self._kind = kind_of("380")
        self._menu: QMenu | None = None
        self.clicked.connect(self.open_menu)
        self.show_kind(self._kind, is_open=True)

    def show_kind(self, kind: Kind, *, is_open: bool) -> None:
        """Say the kind; ``is_open``: it may be changed."""
        self._kind = kind
        self.setText(f"{kind.name} ▾" if is_open else kind.name)
        self.setEnabled(is_open)
        self.setAccessibleName(f"Type de document : {kind.name}")
        self.setToolTip("Changer de type de document" if is_open else "Le type de ce document est fixé par son origine")
        self.updateGeometry()

    def open_menu(self) -> None:
        """Offer every kind."""
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self._fill(menu, USUAL_KINDS)
        menu.addSeparator()
        self._fill(menu.addMenu("Plus rares"), RARE_KINDS)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _fill(self, menu: QMenu, kinds: Sequence[Kind]) -> None:
        for kind in kinds:
            action = QAction(kind.name, menu)
            action.setToolTip(kind.tip or kind.name)
            action.setCheckable(True)
            action.setChecked(kind == self._kind)
            action.triggered.connect(lambda _checked=False, code=kind.code: self._choose(code))
            menu.addAction(action)

    def _choose(self, code: str) -> None:
        if code != self._kind.code:
            self.chosen.emit(code)
