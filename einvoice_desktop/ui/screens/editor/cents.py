"""« D'où vient ce centime ? »: the totals told step by step, with every rounding."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from einvoice_desktop.domain.compose import Composition
from einvoice_desktop.domain.explain import Role, Step, StepKind, Term, explain
from einvoice_desktop.domain.money import minor_units, round_half_up
from einvoice_desktop.ui.dialogs import Sheet
from einvoice_desktop.ui.screens.editor.rows import price
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.formats import money, number
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column, scrolled
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.totals_box import vat_words

Row = tuple[str, str, str]
"""What, how it is computed, the amount."""

_MOST_TERMS = 6

_WORDS = {
    StepKind.LINES: "Somme des lignes",
    StepKind.WITHOUT_VAT: "Total HT",
    StepKind.VAT_TOTAL: "Total TVA",
    StepKind.VAT_IN_EUROS: "TVA en euros",
    StepKind.WITH_VAT: "Total TTC",
    StepKind.PAID: "Déjà payé",
    StepKind.ROUNDING: "Arrondi",
    StepKind.DUE: "Net à payer",
}


def steps(composition: Composition) -> tuple[Row, ...]:
    """Each amount of the document and where it comes from, in words."""
    currency = composition.currency
    return tuple((_what(step), _how(step, currency), _amount(step, currency)) for step in explain(composition))


def _amount(step: Step, currency: str) -> str:
    if step.kind is StepKind.VAT_IN_EUROS:
        return money(step.amount, "EUR")
    return money(-step.amount if step.kind is StepKind.PAID else step.amount, currency)


def _what(step: Step) -> str:
    if step.vat is not None:
        return vat_words(step.vat)
    return step.label or _WORDS.get(step.kind, "")


def _how(step: Step, currency: str) -> str:
    told = [_typed(step, currency)] if step.typed is not None else []
    if step.kind is not StepKind.ROUNDING:
        told.append(_terms(step, currency))
    if step.by_line is not None and step.by_line != step.amount:
        told.append(f"ligne par ligne, on trouverait {money(step.by_line, currency)}")
    return " ; ".join(text for text in told if text)


def _typed(step: Step, currency: str) -> str:
    typed = money(step.typed or Decimal(0), currency)
    if step.kind is StepKind.ROUNDING:
        return f"aucun prix HT ne donne exactement {typed} TTC"
    return f"{typed} TTC"


def _terms(step: Step, currency: str) -> str:
    if len(step.terms) > _MOST_TERMS:
        return f"{len(step.terms)} montants ajoutés"
    text = ""
    for term in step.terms:
        text += _joined(step, term, currency, is_first=not text)
    places = minor_units("EUR" if step.kind is StepKind.VAT_IN_EUROS else currency)
    if step.terms and step.exact != round_half_up(step.exact, places):
        text += f" = {price(abs(step.exact) if step.kind is StepKind.ALLOWANCE else step.exact)}, arrondi" + (
            " au centime" if places else ""
        )
    return text


def _joined(step: Step, term: Term, currency: str, *, is_first: bool) -> str:
    """One term with the sign that joins it to those before."""
    value = term.value
    match term.role:
        case Role.QUANTITY:
            return number(value)
        case Role.PRICE:
            return f" × {price(value)}"
        case Role.BASE_QUANTITY:
            return f" ÷ {number(value)}"
        case Role.BASE:
            return money(value, currency)
        case Role.RATE:
            return f" × {number(value)} %"
        case Role.EXCHANGE_RATE:
            return f" × {price(value)}"
        case Role.DISCOUNT | Role.CHARGE:
            word = "remise" if term.role is Role.DISCOUNT else "frais"
            share = f" {number(term.percentage)} %" if term.percentage is not None else ""
            return f" {_sign(value)} {word}{share} ({money(abs(value), currency)})"
        case _:
            if len(step.terms) == 1:
                return ""
            return money(value, currency) if is_first else f" {_sign(value)} {money(abs(value), currency)}"


def _sign(value: Decimal) -> str:
    return "−" if value < 0 else "+"


class CentsSheet(Sheet):
    """The steps, readable."""

    def __init__(self, composition: Composition) -> None:
        super().__init__("D’où viennent ces montants ?")
        grid = QGridLayout()
        grid.setHorizontalSpacing(look().gap.l)
        grid.setVerticalSpacing(look().gap.s)
        for index, (what, how, amount) in enumerate(steps(composition)):
            role = "strong" if what == "Net à payer" else ""
            grid.addWidget(Label(what, role, wrap=True), index, 0)
            grid.addWidget(Label(how, "muted", wrap=True), index, 1)
            value = Label(amount, role)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, index, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        host = QWidget()
        column(grid, 1, of=host)
        host.setMinimumWidth(look().ems(30))
        area = scrolled(host)
        area.setMinimumWidth(host.minimumWidth() + look().gap.l)
        area.setMinimumHeight(min(look().ems(30), grid.sizeHint().height() + look().gap.l))
        self.body.addWidget(area)
        self.body.addWidget(
            Label(
                "La TVA se calcule une fois par taux, sur le total des lignes : c’est la règle européenne.",
                "muted",
                wrap=True,
            )
        )
        close = self.add_button(Button("Fermer", "primary"), accepts=True)
        close.setDefault(True)
