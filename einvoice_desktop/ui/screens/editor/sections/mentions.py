"""« Mentions »: notes with a subject, by their plain names (BG-1, UNTDID 4451)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from PySide6.QtWidgets import QWidget

from einvoice_desktop.domain.compose import ComposeContext
from einvoice_desktop.domain.draft import DraftForm, DraftNote
from einvoice_desktop.ui.screens.editor.sections.section import Section
from einvoice_desktop.ui.widgets.fields import ChoiceField, Field, NoteField
from einvoice_desktop.ui.widgets.layouts import column
from einvoice_desktop.ui.widgets.row_list import Cell, RowList

SUBJECTS = (
    ("AAI", "Information"),
    ("INS", "Assurance"),
    ("ABU", "Retenue de garantie"),
    ("ACC", "Affacturage"),
    ("BLU", "Éco-participation"),
    ("PAI", "Paiement"),
    ("TXD", "Mention fiscale"),
    ("REG", "Réglementation"),
    ("ABL", "Immatriculation"),
    ("SUR", "Remarque"),
    ("CUS", "Douane"),
)
"""Subjects in plain words."""
EXAMPLES = {
    "INS": "Assurance décennale : MAAF, contrat 123456, France entière",
    "ABU": "Retenue de garantie de 5 %, libérée un an après la réception",
    "ACC": "Créance cédée à … : seul le paiement à cet établissement est libératoire",
    "BLU": "Éco-participation (art. L. 541-10 du code de l’environnement)",
}
"""What such a mention may say, as an invitation."""


class MentionsSection(Section):
    """The mentions, one below the other."""

    def __init__(self) -> None:
        super().__init__({})
        self.notes = RowList(
            (
                Cell("subject", lambda: ChoiceField("Objet", SUBJECTS), 3, counts=False),
                Cell("text", lambda: NoteField("Mention", rows=2), 5),
            ),
            add="Ajouter une mention",
            name="mention",
            fresh=lambda: {"subject": "AAI"},
        )
        self.notes.edited.connect(self._edited)
        self.notes.row_made.connect(self.fields_made)
        column(self.notes, gap="m", of=self)

    def load(self, form: DraftForm, context: ComposeContext) -> None:
        """Show ``form``."""
        super().load(form, context)
        self.notes.set_rows([asdict(note) for note in form.notes])
        self._invite()

    def values(self) -> dict[str, Any]:
        """The mentions that say something."""
        return {"notes": tuple(DraftNote(**row) for row in self.notes.rows())}

    def places(self) -> dict[str, Field]:
        """The fields of each mention."""
        return {f"notes.{index}.{name}": field for index, name, field in self.notes.fields()}

    def order(self) -> Iterator[QWidget]:
        """Down the card."""
        for field in self.notes.every_field():
            yield field.editor
        yield self.notes.add

    def _edited(self) -> None:
        self._invite()
        self.edited.emit()

    def _invite(self) -> None:
        for entry in self.notes.entries():
            subject, text = entry.fields["subject"], entry.fields["text"]
            if isinstance(subject, ChoiceField) and isinstance(text, NoteField):
                text.area.setPlaceholderText(EXAMPLES.get(subject.value(), ""))
