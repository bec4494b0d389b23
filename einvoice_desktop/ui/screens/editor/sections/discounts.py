"""« Remises et frais »: off or on top of the whole document (BG-20, BG-21), or on each line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from einvoice_desktop.domain.compose import ComposeContext
from einvoice_desktop.domain.draft import DraftChange, DraftForm
from einvoice_desktop.ui.screens.editor.sections.section import Section
from einvoice_desktop.ui.screens.editor.vat_answers import vat_choices_of
from einvoice_desktop.ui.widgets.binding import read, write
from einvoice_desktop.ui.widgets.fields import CheckField, ChoiceField, Field, TextField
from einvoice_desktop.ui.widgets.layouts import column, fields_row
from einvoice_desktop.ui.widgets.row_list import Cell, RowList

NATURES = (
    ("allowance:95", "Remise"),
    ("allowance:100", "Rabais"),
    ("allowance:105", "Ristourne"),
    ("charge:FC", "Port"),
    ("charge:PC", "Emballage"),
    ("charge:ABK", "Autres frais"),
)
"""What a change may be: its kind and its code (UNCL 5189 for an allowance, UNCL 7161 for a charge), in plain words."""


PRINTED = {
    "allowance:100": "Rabais",
    "allowance:105": "Ristourne",
    "charge:FC": "Frais de port",
    "charge:PC": "Emballage",
}
"""Words written as the reason of what is chosen, as long as nobody wrote others."""


def row_of(change: DraftChange) -> dict[str, str]:
    """A change as its row shows it: percent or amount in one field."""
    value = f"{change.percentage} %" if change.percentage.strip() else change.amount
    return {
        "nature": f"{change.kind}:{change.reason_code}",
        "amount": value,
        "reason": change.reason,
        "vat": change.vat,
    }


def change_of(row: Mapping[str, str]) -> DraftChange:
    """The change a row stands for; « 10 % » is a percentage, anything else an amount."""
    kind, _, code = row["nature"].partition(":")
    typed = row["amount"].strip()
    is_percent = typed.endswith("%")
    return DraftChange(
        kind=kind,
        amount="" if is_percent else typed,
        percentage=typed.rstrip("%").strip() if is_percent else "",
        reason=row["reason"],
        reason_code=code,
        vat=row["vat"],
    )


class DiscountsSection(Section):
    """Percent off everything, the column of discounts, and each allowance or charge.

    Signals:
        discounts_toggled: whether each row shows its own discount.
    """

    discounts_toggled = Signal(bool)

    def __init__(self) -> None:
        self._default_vat = "S20"
        super().__init__({"global_discount": TextField("Remise sur tout le document", placeholder="10 %")})
        self.on_lines = CheckField("Une remise sur chaque ligne")
        self.on_lines.label.setText(" ")
        self.on_lines.label.show()
        self.on_lines.changed.connect(self._toggled)
        self.changes = RowList(
            (
                Cell("nature", lambda: ChoiceField("Remise ou frais", NATURES), 4, counts=False),
                Cell("amount", lambda: TextField("Montant ou %", placeholder="12,50 ou 5 %"), 3),
                Cell("vat", lambda: ChoiceField("TVA", vat_choices_of("")), 3, counts=False),
                Cell("reason", lambda: TextField("Motif", placeholder="Facultatif"), 4),
            ),
            add="Ajouter une remise ou des frais",
            name="remise ou frais",
            fresh=lambda: {"nature": NATURES[0][0], "vat": self._default_vat},
        )
        self.changes.edited.connect(self._edited)
        self.changes.row_made.connect(self.fields_made)
        column(
            fields_row(self.fields["global_discount"], self.on_lines, stretches=(1, 1)), self.changes, gap="m", of=self
        )

    def load(self, form: DraftForm, context: ComposeContext) -> None:
        """Show ``form``; a change just added bears the VAT of the first line."""
        super().load(form, context)
        self.take_default_vat(form, context)
        self.changes.set_rows([row_of(change) for change in form.changes])

    def take_default_vat(self, form: DraftForm, context: ComposeContext) -> None:
        """What a change just added bears: the VAT of the first line."""
        first = next((line.vat for line in form.lines if line.vat), "")
        self._default_vat = first or ("FRANCHISE" if context.company.is_franchise else "S20")

    def show_on_lines(self, *, is_shown: bool) -> None:
        """Say whether each row shows its own discount."""
        self.on_lines.blockSignals(True)
        self.on_lines.set_value(is_shown)
        self.on_lines.blockSignals(False)

    def values(self) -> dict[str, Any]:
        """The discount on everything, and the changes."""
        return {**super().values(), "changes": tuple(change_of(row) for row in self.changes.rows())}

    def places(self) -> dict[str, Field]:
        """The fields and those of each change."""
        found = super().places()
        for index, name, field in self.changes.fields():
            found[f"changes.{index}.{_PLACES[name]}"] = field
            if name == "amount":
                found[f"changes.{index}.percentage"] = field
        return found

    def order(self) -> Iterator[QWidget]:
        """Down the card."""
        yield self.fields["global_discount"].editor
        yield self.on_lines.editor
        for field in self.changes.every_field():
            yield field.editor
        yield self.changes.add

    def _edited(self) -> None:
        for entry in self.changes.entries():
            nature, reason = read(entry.fields["nature"]), entry.fields["reason"]
            written, usual = read(reason).strip(), PRINTED.get(nature, "")
            if written != usual and (not written or written in PRINTED.values()) and not reason.editor.hasFocus():
                write(reason, usual)
        self.edited.emit()

    def _toggled(self) -> None:
        self.discounts_toggled.emit(self.on_lines.value())


_PLACES = {"nature": "kind", "amount": "amount", "reason": "reason", "vat": "vat"}
