"""The documents around the one being typed: the deal it asks a part of, the deposits it deducts, the invoice it credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from einvoice_desktop.domain.deposit import DepositKind, DepositProgress, deposit_kind
from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.money import ZERO, plain, to_amount
from einvoice_desktop.domain.typed import parse_decimal
from einvoice_desktop.services.make_credit_note import CreditState
from einvoice_desktop.services.request_deposit import Deal
from einvoice_desktop.ui.screens.editor.kinds import kind_of
from einvoice_desktop.ui.widgets.formats import money, number

_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Story:
    """What was read of the documents around.

    Attributes:
        open_deals: of the customer, for a first deposit. deal: the one the document belongs to. credit: what may still be
            credited of the document it credits.
    """

    open_deals: tuple[Deal, ...] = ()
    deal: Deal | None = None
    credit: CreditState | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request comes to: the amount without VAT, its share of the deal, and what it makes; or what is wrong."""

    amount: Decimal = ZERO
    kind: DepositKind = DepositKind.DEPOSIT
    words: str = ""
    problem: str = ""


def is_first_deposit(form: DraftForm) -> bool:
    """Whether the form opens a deal."""
    return kind_of(form.type_code).is_deposit and not form.deposit_group_id


def read_request(text: str, progress: DepositProgress, currency: str) -> Asked:
    """``3000`` or ``30 %`` (of the whole deal), told before anything is made (R-068)."""
    value = parse_decimal(text)
    if not text.strip():
        return Asked()
    if value is None:
        return Asked(problem="Écrivez un montant, ou un pourcentage comme 30 %.")
    if text.strip().endswith("%"):
        value = value * progress.deal_total / _WHOLE
    amount = to_amount(value, currency)
    if not progress.deal_total:
        return Asked(problem="Indiquez d’abord le total du marché.")
    if amount <= 0:
        return Asked(problem="L’acompte doit être supérieur à zéro.")
    if amount > progress.remaining:
        return Asked(
            amount, problem=f"C’est plus que ce qui reste à demander : {money(progress.remaining, currency)} HT."
        )
    kind = deposit_kind(amount, progress)
    share = number((amount * _WHOLE / progress.deal_total).quantize(Decimal("0.1")))
    words = f"{money(amount, currency)} HT, {share} % du marché"
    if kind is DepositKind.BALANCE:
        words += " : c’est tout ce qui reste, ce sera donc la facture de solde."
    elif kind is not DepositKind.DEPOSIT:
        words += " : c’est le marché entier, faites plutôt une facture."
    return Asked(amount, kind, words)


def deposit_line(row: DraftLine, asked: Asked, deal_total: Decimal, reference: str) -> DraftLine:
    """The row of a deposit: « Acompte de 30 % – Agencement », one unit at the amount asked; its VAT is kept."""
    percent = asked.amount * _WHOLE / deal_total if deal_total else ZERO
    share = f" de {plain(percent).replace('.', ',')} %" if percent == percent.quantize(Decimal("0.1")) else ""
    name = f"Acompte{share}" + (f" – {reference.strip()}" if reference.strip() else "")
    price = plain(asked.amount).replace(".", ",")
    return DraftLine(name=name, quantity="1", unit="C62", unit_price=price, vat=row.vat)


def deducted(lines: Sequence[DraftLine], amounts: Sequence[Decimal | None]) -> tuple[tuple[str, Decimal], ...]:
    """The deposits a balance takes off, each with its amount without VAT: rows of a negative quantity that name one."""
    found = []
    for row, amount in zip(lines, amounts, strict=False):
        is_deposit = bool(row.deposit_number) or row.name.startswith("Acompte ")
        if is_deposit and row.quantity.strip().startswith("-") and amount is not None:
            found.append((row.name, amount))
    return tuple(found)


def credit_words(credit: CreditState) -> tuple[tuple[str, str, str], ...]:
    """Of each VAT rate: its name, what was invoiced and credited, what remains."""
    rows = []
    for group in credit.groups:
        rate = f"TVA {number(group.rate)} %" if group.rate else "Sans TVA"
        told = f"facturé {money(group.invoiced, credit.currency)}"
        if group.credited:
            told += f", déjà crédité {money(group.credited, credit.currency)}"
        left = group.invoiced - group.credited
        rows.append((rate, told, money(left, credit.currency)))
    return tuple(rows)
