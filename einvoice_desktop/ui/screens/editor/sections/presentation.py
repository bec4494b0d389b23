"""« Présentation »: the page template and the second language of the printed page."""

from __future__ import annotations

from collections.abc import Sequence

from einvoice_desktop.ui.screens.editor.sections.section import Section
from einvoice_desktop.ui.widgets.fields import ChoiceField
from einvoice_desktop.ui.widgets.languages import PAGE_LANGUAGES
from einvoice_desktop.ui.widgets.layouts import column, fields_row

LANGUAGES = (("", "celle du client"), ("fr", "français seulement"), *PAGE_LANGUAGES)
_USUAL = ("", "celui de l’entreprise")


class PresentationSection(Section):
    """Two choices that change only the page, never the data."""

    def __init__(self) -> None:
        self._templates = ChoiceField("Modèle de page", (_USUAL,))
        self._language = ChoiceField("Langue", LANGUAGES)
        super().__init__({"template_id": self._templates, "language": self._language})
        column(fields_row(self._templates, self._language), gap="m", of=self)

    def offer_templates(self, templates: Sequence[tuple[str, str]]) -> None:
        """Templates one may choose: (identifier, name)."""
        present = self._templates.value()
        known = {_USUAL[0], *(key for key, _name in templates)}
        gone = () if present in known else ((present, "modèle supprimé"),)
        self._templates.set_choices((_USUAL, *templates, *gone))
