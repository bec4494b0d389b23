"""« D'où vient ce centime ? »: the totals told step by step, with every rounding."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from einvoice_desktop.domain.compose import Composition
from einvoice_desktop.domain.explain import Role, Step, StepKind, Term, explain
from einvoice_desktop.domain.money import minor_units, round_half_up
from einvoice_desktop.ui.dialogs import Sheet
from einvoice_desktop.ui.screens.editor.rows import price
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Line
from einvoice_desktop.ui.widgets.formats import money, number
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column, row, scrolled
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


def as_text(rows: tuple[Row, ...]) -> str:
    """The steps as lines of text, to paste in a message."""
    return "\n".join("\t".join(row) for row in rows)


_CLOSING = frozenset({"Total HT", "Total TVA", "Total TTC", "Net à payer"})
"""Steps that end a part of the sum: a hair line stands under them."""


class CentsSheet(Sheet):
    """The steps, one below the other: what and how much, then how; « Copier » takes them all."""

    def __init__(self, composition: Composition) -> None:
        super().__init__("D’où viennent ces montants ?")
        self._rows = steps(composition)
        host = QWidget()
        layout = column(gap="s", of=host)
        for what, how, amount in self._rows:
            is_total = what in _CLOSING
            layout.addLayout(_step(what, how, amount, is_total=is_total, is_last=what == "Net à payer"))
            if is_total and what != "Net à payer":
                layout.addWidget(Line())
        layout.addStretch(1)
        area = scrolled(host)
        area.setMinimumHeight(min(look().ems(34), layout.sizeHint().height() + look().gap.l))
        self.setMinimumWidth(look().ems(42))
        self.body.addWidget(area)
        rule = (
            "La TVA se calcule une fois par taux, sur la somme des lignes, puis s’arrondit : c’est la règle européenne."
        )
        self.body.addWidget(Label(rule, "muted", wrap=True))
        copy = Button("Copier", "ghost", icon="copy")
        copy.setToolTip("Copier le calcul, pour le coller dans un message ou un tableur")
        copy.clicked.connect(self.copy)
        self.buttons.insertWidget(0, copy)
        close = self.add_button(Button("Fermer", "primary"), accepts=True)
        close.setDefault(True)
        close.setFocus()

    def copy(self) -> None:
        """Put the steps on the clipboard."""
        QGuiApplication.clipboard().setText(as_text(self._rows))


def _step(what: str, how: str, amount: str, *, is_total: bool, is_last: bool) -> QVBoxLayout:
    role = "total" if is_last else "strong" if is_total else ""
    value = Label(amount, role)
    value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    head = row(Label(what, role, wrap=True), value, gap="m")
    head.setStretch(0, 1)
    return column(head, Label(how, "small", wrap=True) if how else None, gap="")
