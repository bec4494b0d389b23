"""« Références »: what the customer or his accountant wants to find on the document (BT-10 to BT-19, BG-3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from PySide6.QtWidgets import QWidget

from einvoice_desktop.domain.compose import ComposeContext
from einvoice_desktop.domain.draft import DraftForm, DraftReference
from einvoice_desktop.ui.screens.editor.sections.section import Section
from einvoice_desktop.ui.widgets.date_field import DateField
from einvoice_desktop.ui.widgets.fields import ChoiceField, Field, TextField
from einvoice_desktop.ui.widgets.layouts import column, fields_row
from einvoice_desktop.ui.widgets.row_list import Cell, RowList

_OBJECTS = (
    ("", "Sans précision"),
    ("MG", "Compteur"),
    ("CT", "Contrat"),
    ("ADE", "Compte"),
    ("IT", "Numéro de client"),
)
"""What the invoiced object may be (BT-18-1, UNTDID 1153)."""
_EARLIER = (("", "Facture"), ("386", "Acompte"), ("381", "Avoir"), ("384", "Facture rectificative"))


class ReferencesSection(Section):
    """The references, then further earlier documents."""

    def __init__(self) -> None:
        super().__init__(
            {
                "contract": TextField("Contrat"),
                "buyer_reference": TextField("Référence du client", placeholder="Code service…"),
                "project": TextField("Projet ou chantier"),
                "sales_order": TextField("Votre n° de commande"),
                "despatch_advice": TextField("Bon de livraison"),
                "receiving_advice": TextField("Bon de réception"),
                "tender": TextField("Marché ou lot"),
                "accounting_reference": TextField("Imputation comptable du client"),
                "object_id": TextField("Objet facturé", placeholder="n° de compteur…"),
                "object_scheme": ChoiceField("C’est un numéro de", _OBJECTS),
            }
        )
        field = self.fields
        self.earlier = RowList(
            (
                Cell("number", lambda: TextField("Document antérieur", placeholder="F2026-0001"), 3),
                Cell("date", lambda: DateField("Date", placeholder="jj/mm/aaaa"), 2),
                Cell("type_code", lambda: ChoiceField("Nature", _EARLIER), 2, counts=False),
            ),
            add="Ajouter un document antérieur",
            name="document antérieur",
        )
        self.earlier.edited.connect(self.edited)
        self.earlier.row_made.connect(self.fields_made)
        column(
            fields_row(field["buyer_reference"], field["contract"], field["project"]),
            fields_row(field["sales_order"], field["despatch_advice"], field["receiving_advice"]),
            fields_row(field["tender"], field["accounting_reference"], stretches=(1, 2)),
            fields_row(field["object_id"], field["object_scheme"], stretches=(2, 1)),
            self.earlier,
            gap="m",
            of=self,
        )

    def load(self, form: DraftForm, context: ComposeContext) -> None:
        """Show ``form``."""
        super().load(form, context)
        self.earlier.set_rows([asdict(reference) for reference in form.references])

    def values(self) -> dict[str, Any]:
        """The references, earlier documents with them."""
        references = tuple(DraftReference(**row) for row in self.earlier.rows())
        return {**super().values(), "references": references}

    def places(self) -> dict[str, Field]:
        """The fields and those of each earlier document."""
        earlier = {f"references.{index}.{name}": field for index, name, field in self.earlier.fields()}
        return {**super().places(), **earlier}

    def order(self) -> Iterator[QWidget]:
        """Down the card."""
        first = ("buyer_reference", "contract", "project", "sales_order", "despatch_advice", "receiving_advice")
        for name in (*first, "tender", "accounting_reference", "object_id", "object_scheme"):
            yield self.fields[name].editor
        for field in self.earlier.every_field():
            yield field.editor
        yield self.earlier.add
