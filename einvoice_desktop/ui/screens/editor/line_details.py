"""What a line may say beside its cells: price base, amounts off and on, period, codes, references; under the grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from einvoice_desktop.domain.draft import DraftLine
from einvoice_desktop.domain.vat_choices import vat_choice
from einvoice_desktop.ui.widgets.binding import read, write
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.chips import Chips
from einvoice_desktop.ui.widgets.date_field import DateField
from einvoice_desktop.ui.widgets.fields import ChoiceField, Field, NoteField, TextField
from einvoice_desktop.ui.widgets.labels import ElidedLabel
from einvoice_desktop.ui.widgets.layouts import column, fields_row, row
from einvoice_desktop.ui.widgets.look import look

IN_CELLS = frozenset({"name", "quantity", "unit", "unit_price", "discount", "vat"})
"""Fields of :class:`DraftLine` typed in the grid itself."""
DETAILS: tuple[str, ...] = tuple(entry.name for entry in fields(DraftLine) if entry.name not in IN_CELLS)
"""The others."""
_TABS = (("price", "Prix et période"), ("item", "Article"), ("references", "Références"))
_TAB_OF = {
    "base_quantity": "price", "discount_amount": "price", "discount_reason": "price", "charge": "price",
    "charge_reason": "price", "period_start": "price", "period_end": "price", "exemption_reason": "price",
    "description": "item", "note": "item", "product_code": "item", "buyer_product_code": "item",
    "standard_product_code": "item", "origin_country": "item", "classification": "item",
    "classification_list": "item", "attributes": "item",
}  # fmt: skip
_LISTS = (
    ("", "–"),
    ("STI", "CPV (marchés publics)"),
    ("HS", "Douane (SH)"),
    ("TST", "UNSPSC"),
    ("SRV", "GS1"),
    ("ZZZ", "Convenue entre vous"),
)
"""Lists of classification codes (UNTDID 7143)."""
_OBJECTS = (("", "–"), ("MG", "Compteur"), ("CT", "Contrat"), ("ADE", "Compte"))


def held_details(line: DraftLine) -> tuple[str, ...]:
    """Names of the details a line holds."""
    return tuple(name for name in DETAILS if getattr(line, name).strip())


class LineDetails(QWidget):
    """The details of one line.

    Signals:
        edited: name of the detail, its text. close_asked.
    """

    edited = Signal(str, str)
    close_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.row = -1
        self._is_loading = False
        self.fields: dict[str, Field] = _make_fields()
        self._title = ElidedLabel("", "strong")
        self._tabs = Chips(_TABS, name="Détails de la ligne")
        self._close = Button("", "ghost", icon="cross")
        self._close.setAccessibleName("Fermer les détails de la ligne")
        self._close.setToolTip("Fermer (F4)")
        self._pages = {"price": self._price_page(), "item": self._item_page(), "references": self._references_page()}
        head = row(self._title, self._close, gap="m")
        head.setStretch(0, 1)
        layout = column(head, self._tabs, *self._pages.values(), gap="s", of=self)
        layout.setContentsMargins(look().gap.s, look().gap.s, look().gap.s, look().gap.s)
        self._show_tab("price")
        self._tabs.chosen.connect(self._show_tab)
        self._close.clicked.connect(self.close_asked)
        for name, field in self.fields.items():
            field.changed.connect(lambda name=name: self._changed(name))
            field.editor.setAcceptDrops(False)
        self.hide()

    # -- making --------------------------------------------------------------------------------------------------

    def _page(self, *rows: tuple[tuple[str, ...], tuple[int, ...]]) -> QWidget:
        page = QWidget()
        lines = [fields_row(*(self.fields[name] for name in names), stretches=shares) for names, shares in rows]
        column(*lines, gap="s", of=page)
        return page

    def _price_page(self) -> QWidget:
        return self._page(
            (("base_quantity", "period_start", "period_end"), (1, 1, 1)),
            (("discount_amount", "discount_reason"), (1, 2)),
            (("charge", "charge_reason"), (1, 2)),
            (("exemption_reason",), (1,)),
        )

    def _item_page(self) -> QWidget:
        return self._page(
            (("description",), (1,)),
            (("product_code", "buyer_product_code", "standard_product_code"), (1, 1, 1)),
            (("classification", "classification_list", "origin_country"), (2, 3, 1)),
            (("attributes", "note"), (1, 1)),
        )

    def _references_page(self) -> QWidget:
        return self._page(
            (("order", "order_line", "despatch_advice"), (1, 1, 1)),
            (("deposit_number", "deposit_date"), (2, 1)),
            (("object_id", "object_scheme"), (2, 1)),
            (("accounting_reference",), (1,)),
        )

    # -- the line ------------------------------------------------------------------------------------------------

    def load(self, row: int, line: DraftLine) -> None:
        """Show the details of ``line``; fields that say the same are left alone."""
        self.row = row
        self._is_loading = True
        for name, field in self.fields.items():
            write(field, getattr(line, name))
        self._is_loading = False
        name = line.name.strip()
        self._title.setText(f"Ligne {row + 1} · {name}" if name else f"Ligne {row + 1}")
        choice = vat_choice(line.vat)
        reason = choice.treatment.exemption_reason if choice is not None else ""
        self.fields["exemption_reason"].setVisible(bool(reason) or bool(line.exemption_reason))
        exemption = self.fields["exemption_reason"]
        if isinstance(exemption, TextField):
            exemption.line.setPlaceholderText(reason or "")
        self._count(line)

    def _count(self, line: DraftLine) -> None:
        tabs = [_TAB_OF.get(name, "references") for name in held_details(line)]
        for key, _words in _TABS:
            self._tabs.set_count(key, tabs.count(key) or None)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say at each detail what is wrong with it."""
        for name, field in self.fields.items():
            field.set_problem(problems.get(name, ""))

    def focus_field(self, name: str) -> None:
        """Go to a detail."""
        tab = _TAB_OF.get(name, "references")
        self._tabs.set_value(tab)
        self._show_tab(tab)
        self.fields[name].editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_first(self) -> None:
        """Go to the first detail of the tab on show."""
        tab = self._tabs.value()
        first = next(name for name in self.fields if _TAB_OF.get(name, "references") == tab)
        self.fields[first].editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focused(self) -> str:
        """Name of the detail that has the keys, empty for none."""
        return next((name for name, field in self.fields.items() if field.editor.hasFocus()), "")

    def _show_tab(self, key: str) -> None:
        for name, page in self._pages.items():
            page.setVisible(name == key)

    def _changed(self, name: str) -> None:
        if not self._is_loading:
            self.edited.emit(name, read(self.fields[name]))


def _make_fields() -> dict[str, Field]:
    """Every detail, in the order of the tab key."""
    return {
        "base_quantity": TextField("Prix pour", placeholder="1 unité"),
        "period_start": DateField("Période : du"),
        "period_end": DateField("au"),
        "discount_amount": TextField("Remise, en montant", placeholder="0,00"),
        "discount_reason": TextField("Motif de la remise", placeholder="Facultatif"),
        "charge": TextField("Frais", placeholder="0,00"),
        "charge_reason": TextField("Motif des frais", placeholder="Facultatif"),
        "exemption_reason": TextField("Mention de TVA"),
        "description": NoteField("Description", rows=2),
        "product_code": TextField("Votre référence"),
        "buyer_product_code": TextField("Référence du client"),
        "standard_product_code": TextField("Code-barres (GTIN)"),
        "classification": TextField("Code de classement"),
        "classification_list": ChoiceField("Nomenclature", _LISTS),
        "origin_country": TextField("Origine", placeholder="FR", limit=2),
        "attributes": NoteField("Caractéristiques", placeholder="Couleur : rouge", rows=2),
        "note": NoteField("Note de la ligne", rows=2),
        "order": TextField("Commande"),
        "order_line": TextField("Ligne de commande"),
        "despatch_advice": TextField("Bon de livraison"),
        "deposit_number": TextField("Acompte déduit"),
        "deposit_date": DateField("du"),
        "object_id": TextField("Objet facturé"),
        "object_scheme": ChoiceField("C’est un numéro de", _OBJECTS),
        "accounting_reference": TextField("Imputation comptable du client"),
    }
