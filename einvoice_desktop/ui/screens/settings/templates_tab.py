"""« Modèles »: the templates of printed pages, one open in a form beside the page it makes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.records import Template, TemplateScope
from einvoice_desktop.services.keep_templates import LOGO_BYTES
from einvoice_desktop.ui.background import Lane, Latest
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.settings.templates_form import TemplateForm
from einvoice_desktop.ui.screens.settings.templates_presenter import template_from, template_values, template_words
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.fields import CheckField, ChoiceField
from einvoice_desktop.ui.widgets.layouts import column, row, scrolled
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pdf_view import PdfView

if TYPE_CHECKING:
    from einvoice_desktop.services.catalogue import Services

_PREVIEW_DELAY = 200
"""Milliseconds after the last key."""


class TemplatesTab(QWidget):
    """List, form and preview.

    Signals:
        changed: what is shown differs from what is kept, or no longer does.
    """

    changed = Signal()

    def __init__(self, services: Services, tools: Tools) -> None:
        super().__init__()
        self._services, self._tools = services, tools
        self._template: Template | None = None
        self._kept: Template | None = None
        self._all: tuple[Template, ...] = ()
        self._current = ""
        self._previews: Latest[bytes] = Latest(tools.background)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PREVIEW_DELAY)
        self._timer.timeout.connect(self._preview)
        self._build()

    def _build(self) -> None:
        self.choice = ChoiceField("Modèle", ())
        self.choice.changed.connect(self._choose)
        self.new = Button("Nouveau", icon="plus")
        self.copy = Button("Copier", icon="copy")
        self.delete = Button("Supprimer", "ghost", icon="trash")
        self.is_default = CheckField("Modèle par défaut")
        self.is_default.changed.connect(self._edited)
        self.new.clicked.connect(self._create)
        self.copy.clicked.connect(self._copy)
        self.delete.clicked.connect(self._delete)
        self.form = TemplateForm()
        self.form.changed.connect(self._edited)
        self.form.logo_asked.connect(self._ask_logo)
        self.form.logo_dropped.connect(lambda: self._set_logo(None))
        self.preview = PdfView()
        self.preview.setMinimumWidth(look().ems(22))
        acts = row(self.new, self.copy, self.delete, 1, self.is_default, gap="s")
        left = QWidget()
        column(self.choice, acts, self.form, gap="m", margin="l", of=left)
        area = scrolled(left)
        body = row(area, self.preview, gap="", of=self)
        body.setStretch(0, 3)
        body.setStretch(1, 2)

    # -- reading -------------------------------------------------------------------------------------------------

    def load(self, keep: str = "") -> None:
        """Read the templates again; show ``keep``, or the one documents get."""
        company_id = self._tools.company_id()
        templates = self._services.templates
        self._tools.background.run(
            lambda: (templates.all(company_id), templates.current(company_id)),
            success=lambda read: self._loaded(*read, keep),
        )

    def _loaded(self, found: tuple[Template, ...], current: Template, keep: str) -> None:
        self._all = found
        self._current = current.id
        self._template = None
        self._offer(found)
        self._select(keep or current.id)
        self._choose()

    def _offer(self, templates: tuple[Template, ...]) -> None:
        self.choice.blockSignals(True)
        self.choice.set_choices([(t.id, template_words(t, self._current)) for t in templates])
        self.choice.blockSignals(False)

    def _choose(self) -> None:
        chosen = self.choice.value()
        if self._template is not None and chosen != self._template.id and not self._may_drop():
            self._select(self._template.id)
            return
        template = next((t for t in self._all if t.id == chosen), None)
        if template is not None:
            self._show(template, kept=template)

    def _select(self, template_id: str) -> None:
        self.choice.blockSignals(True)
        self.choice.set_value(template_id)
        self.choice.blockSignals(False)

    def _may_drop(self) -> bool:
        """Whether what was typed may be forgotten; asked only when something was."""
        if not self.is_changed:
            return True
        words = "Ce qui est changé dans ce modèle n’est pas enregistré."
        return self._tools.dialogs.confirm("Abandonner les changements ?", words, "Abandonner", is_destructive=True)

    def _show(self, template: Template, kept: Template | None) -> None:
        self._template, self._kept = template, kept
        is_ours = template.scope is not TemplateScope.SYSTEM
        self.form.show_template(template, template_values(template))
        self.is_default.blockSignals(True)
        self.is_default.set_value(template.is_default)
        self.is_default.setVisible(is_ours)
        self.is_default.blockSignals(False)
        self.delete.setVisible(is_ours and kept is not None)
        self._preview()
        self.changed.emit()

    # -- typing --------------------------------------------------------------------------------------------------

    def _now(self) -> Template | None:
        """The template as the form says it; ``None`` while nothing is shown or it is one of the program."""
        if self._template is None or self._template.scope is TemplateScope.SYSTEM:
            return None
        return replace(template_from(self._template, self.form.values()), is_default=self.is_default.value())

    @property
    def is_changed(self) -> bool:
        """Whether what is shown is not what is kept."""
        now = self._now()
        return now is not None and now != self._kept

    def _edited(self) -> None:
        self._timer.start()
        self.changed.emit()

    def _preview(self) -> None:
        template = self._now() or self._template
        if template is None or not (self.form.primary.is_right and self.form.secondary.is_right):
            return
        company_id = self._tools.company_id()
        self._previews.run(lambda: self._services.preview.sample(company_id, template), self.preview.show_bytes)

    # -- acts ----------------------------------------------------------------------------------------------------

    def _create(self) -> None:
        if self._may_drop():
            self._start(self._services.templates.new(self._tools.company_id()))

    def _copy(self) -> None:
        if self._template is None or not self._may_drop():
            return
        company_id, source = self._tools.company_id(), self._template.id
        self._tools.background.run(
            lambda: self._services.templates.copy_of(source, company_id),
            success=self._start,
            failure=self._tools.dialogs.error,
        )

    def _start(self, template: Template) -> None:
        """A new one, not yet kept."""
        self._offer((template, *self._all))
        self._select(template.id)
        self._show(template, kept=None)
        self.form.name.editor.setFocus()
        self.form.name.line.selectAll()

    def save(self) -> None:
        """Keep the template shown."""
        template = self._now()
        if template is not None:
            self._tools.background.run(
                lambda: self._services.templates.save(template),
                success=self._saved,
                failure=self._refused,
                lane=Lane.WRITE,
            )

    def _saved(self, template: Template) -> None:
        self._tools.dialogs.tell("Modèle enregistré")
        self._tools.bridge.announce("templates")
        self.load(template.id)

    def _refused(self, error: Exception) -> None:
        """A name or a colour that is missing or wrong is said at its field."""
        code = error.code if isinstance(error, UserError) else ""
        if code == "ED-TEMPLATE-NAME":
            self.form.name.set_problem("Donnez un nom à ce modèle.")
            self.form.name.editor.setFocus()
        elif code == "ED-TEMPLATE-COLOUR":
            wrong = self.form.secondary if self.form.primary.is_right else self.form.primary
            wrong.code.set_problem("Une couleur s’écrit # suivi de six chiffres ou lettres : #0E7C66.")
            wrong.code.editor.setFocus()
        else:
            self._tools.dialogs.error(error)

    def _delete(self) -> None:
        template = self._template
        if template is None:
            return
        words = "Les documents émis gardent leur page ; les brouillons qui l’emploient prendront le modèle par défaut."
        if self._tools.dialogs.confirm(f"Supprimer « {template.name} » ?", words, "Supprimer", is_destructive=True):
            self._tools.background.run(
                lambda: self._services.templates.delete(template.id),
                success=lambda _none: self._deleted(),
                failure=self._tools.dialogs.error,
                lane=Lane.WRITE,
            )

    def _deleted(self) -> None:
        self._tools.bridge.announce("templates")
        self.load()

    # -- logo ----------------------------------------------------------------------------------------------------

    def _ask_logo(self) -> None:
        files = self._tools.dialogs.choose_files("Choisir un logo", "Images (*.png *.jpg *.jpeg)")
        if files:
            self._tools.background.run(lambda: _read_picture(files[0]), success=self._on_logo)

    def _on_logo(self, content: bytes) -> None:
        if content and self.form.show_logo(content):
            self._set_logo(content)
        else:
            self._tools.dialogs.tell("Ce fichier n’est pas une image PNG ou JPEG de 2 Mo au plus", "warning")

    def _set_logo(self, content: bytes | None) -> None:
        if self._template is not None:
            self._template = replace(self._template, logo=content)
            self.form.show_logo(content)
            self._edited()


def _read_picture(path: Path) -> bytes:
    return path.read_bytes() if path.stat().st_size <= LOGO_BYTES else b""
