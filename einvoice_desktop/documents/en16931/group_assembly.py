"""Reading the smaller groups of a document: notes, references, payment, allowances, VAT and attachments."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from einvoice_desktop.documents.en16931.values import read_date, read_decimal
from einvoice_desktop.documents.nodes import Node
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.invoice import Account, Attachment, Note, PaymentInstructions
from einvoice_desktop.domain.lines import Allowance
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.references import PrecedingInvoice
from einvoice_desktop.domain.vat import VatBreakdown, VatTreatment

_UBL_NOTE = re.compile(r"#([A-Z0-9]{3})#(.*)", re.DOTALL)
_Value = TypeVar("_Value")
_MAX_PROBLEMS = 100


class GroupReader:
    """Reads groups and remembers what was missing.

    Attributes:
        problems: findings so far, at most a hundred.
    """

    def __init__(self) -> None:
        self.problems: list[Finding] = []

    def miss(self, term: str, place: str = "", value: str = "") -> None:
        """Note that ``term`` is absent, or unreadable when ``value`` says what was found."""
        if len(self.problems) < _MAX_PROBLEMS:
            params = {"term": term, **({"value": value[:80]} if value else {})}
            self.problems.append(Finding("ED-READ-INCOMPLETE", place, Severity.WARNING, params=params))

    def missed(self, term: str, fallback: _Value, place: str = "") -> _Value:
        """``fallback``, after noting that ``term`` is absent."""
        self.miss(term, place)
        return fallback

    def optional(self, node: Node, term: str, place: str = "") -> Decimal | None:
        """A number that may be absent."""
        text = node.text(term)
        value = read_decimal(text) if text else None
        if text and value is None:
            self.miss(term, place, text)
        return value

    def amount(self, node: Node, term: str, place: str = "") -> Decimal:
        """A number, zero where it is absent."""
        value = self.optional(node, term, place)
        return ZERO if value is None else value

    def required(self, node: Node, term: str, place: str = "") -> Decimal:
        """A number the model demands: zero and a finding where it is absent."""
        if not node.text(term):
            self.miss(term, place)
            return ZERO
        return self.amount(node, term, place)

    def issue_date(self, node: Node) -> date | None:
        """BT-2; its absence is noted too."""
        return self.date(node, "BT-2") if node.text("BT-2") else self.missed("BT-2", None)

    def date(self, node: Node, term: str, place: str = "") -> date | None:
        """A day; an impossible one (31 February) is noted and left out."""
        text = node.text(term)
        value = read_date(text)
        if text and value is None:
            self.miss(term, place, text)
        return value

    def treatment(self, node: Node) -> VatTreatment:
        """Category, rate and exemption of a line or an allowance."""
        return VatTreatment(
            category=node.token("category"),
            rate=self.optional(node, "rate"),
            exemption_reason=node.text("exemption_reason") or None,
            exemption_code=node.token("exemption_code") or None,
        )

    def allowance(self, node: Node, *, with_tax: bool = False) -> Allowance:
        """An allowance or a charge (BG-20, BG-21, BG-27, BG-28)."""
        tax = node.first("tax") if with_tax else None
        return Allowance(
            amount=self.amount(node, "amount"),
            base_amount=self.optional(node, "base_amount"),
            percentage=self.optional(node, "percentage"),
            reason=node.text("reason"),
            reason_code=node.token("reason_code"),
            vat=self.treatment(tax) if tax else None,
        )

    def breakdown(self, root: Node, currency: str) -> tuple[VatBreakdown, ...]:
        """BG-23; a second breakdown in the accounting currency (UBL) is left out."""
        groups = []
        for node in root.all("BG-23"):
            if node.token("tax_currency") in {"", currency} or not currency:
                tax = self.treatment(node)
                groups.append(
                    VatBreakdown(
                        category=tax.category,
                        rate=tax.rate,
                        taxable_amount=self.required(node, "BT-116"),
                        tax_amount=self.required(node, "BT-117"),
                        exemption_reason=tax.exemption_reason,
                        exemption_code=tax.exemption_code,
                    )
                )
        return tuple(groups)

    def vat_totals(self, root: Node, currency: str, accounting_currency: str) -> tuple[Decimal | None, Decimal | None]:
        """BT-110 and BT-111, told apart by their currency."""
        vat: Decimal | None = None
        accounting: Decimal | None = None
        for node in root.all("tax_totals"):
            value, given = read_decimal(node.own_text), node.attribute("currencyID")
            if value is None:
                self.miss("BT-110", value=node.own_text)
            elif accounting_currency and given == accounting_currency != currency:
                accounting = value if accounting is None else accounting
            elif vat is None:
                vat = value
        return vat, accounting

    def notes(self, root: Node) -> tuple[Note, ...]:
        """BG-1; UBL writes the subject inside the text: ``#PMT#…``."""
        notes = []
        for node in root.all("BG-1"):
            text, subject = "\n".join(node.texts("BT-22")), node.token("BT-21")
            if root.syntax.xpath("BT-22") is None:
                coded = _UBL_NOTE.fullmatch(node.raw_text.rstrip())
                subject, text = (coded[1], coded[2].strip()) if coded else ("", node.own_text)
            if text or subject:
                notes.append(Note(text, subject))
        return tuple(notes)

    def preceding(self, root: Node) -> tuple[PrecedingInvoice, ...]:
        """BG-3."""
        return tuple(self.preceding_invoice(node) for node in root.all("BG-3"))

    def preceding_invoice(self, node: Node, place: str = "") -> PrecedingInvoice:
        """An earlier document, of the whole document (BG-3) or of a line (EXT-FR-FE-136 to 138)."""
        return PrecedingInvoice(node.token("BT-25"), self.date(node, "BT-26", place), node.token("EXT-FR-FE-02"))

    def payment(self, root: Node) -> PaymentInstructions | None:
        """BG-16: means of the first group, main account from the first that has one, the others beside it."""
        groups = root.all("BG-16")
        accounts = [
            Account(iban, group.token("BT-86"), group.text("BT-85"))
            for group in groups
            if (iban := group.token("BT-84"))
        ]
        payment = PaymentInstructions(
            means_code=_first(groups, "BT-81"),
            means_text=_first(groups, "BT-82"),
            remittance=root.text("BT-83"),
            card_number=_first(groups, "BT-87"),
            card_holder=_first(groups, "BT-88"),
            mandate=root.token("BT-89"),
            creditor_id=root.token("BT-90"),
            debited_account=_first(groups, "BT-91"),
            bic=_first(groups, "BT-86"),
        )
        if accounts:
            main, *others = accounts
            payment = replace(
                payment, iban=main.iban, account_name=main.name, bic=main.bic, other_accounts=tuple(others)
            )
        return payment if payment != PaymentInstructions("") else None

    def attachments(self, root: Node) -> tuple[Attachment, ...]:
        """BG-24; an attachment that is not base64 is kept without its bytes, with a finding."""
        attachments = []
        for node in root.all("BG-24"):
            binary = node.first("BT-125")
            content = None
            if binary is not None:
                try:
                    content = base64.b64decode("".join(binary.own_text.split()), validate=True)
                except (binascii.Error, ValueError):
                    self.miss("BT-125", value=node.text("BT-122"))
            attachments.append(
                Attachment(
                    reference=node.text("BT-122"),
                    description=node.text("BT-123"),
                    url=node.text("BT-124"),
                    content=content,
                    media_type=binary.attribute("mimeCode") if binary else "",
                    filename=binary.attribute("filename") if binary else "",
                )
            )
        return tuple(attachments)


def _first(groups: list[Node], term: str) -> str:
    return next((text for group in groups if (text := group.text(term))), "")
