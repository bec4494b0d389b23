"""From XML to the domain: one assembly for every syntax, amounts exactly as the sender wrote them.

Nothing is recomputed and nothing raises: what is missing or unreadable becomes zero or empty plus a finding
``ED-READ-INCOMPLETE`` that names the term.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from einvoice_desktop.documents.en16931.extension_assembly import read_delivery, read_third_parties
from einvoice_desktop.documents.en16931.group_assembly import GroupReader
from einvoice_desktop.documents.en16931.line_assembly import read_line
from einvoice_desktop.documents.en16931.party_assembly import read_party
from einvoice_desktop.documents.nodes import Node
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.invoice import Invoice, Profile, TaxPoint
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.parties import Identifier, Party
from einvoice_desktop.domain.references import Delivery, Period
from einvoice_desktop.domain.totals import Totals
from einvoice_desktop.domain.vat import VatBreakdown, VatTreatment

UNKNOWN_DATE = date(1900, 1, 1)
"""Stands for an issue date (BT-2) that cannot be read; always comes with a finding."""


MAX_LINES = 50_000
"""More lines than any real invoice has; a hostile file could hold millions of empty ones."""


def assemble(root: Node) -> tuple[Invoice | None, tuple[Finding, ...]]:
    """The invoice below ``root`` and what is odd about it; no invoice when its number or seller cannot be told."""
    reader = GroupReader()
    number = root.token("BT-1")
    seller_node = root.first("BG-4")
    seller = read_party(seller_node) if seller_node else None
    if not number or seller is None or not _is_known(seller):
        missing = [term for term, known in (("BT-1", number), ("BT-27", seller and _is_known(seller))) if not known]
        return None, tuple(
            Finding("ED-READ-INCOMPLETE", severity=Severity.ERROR, params={"term": term}) for term in missing
        )
    if len(root.all("BG-25")) > MAX_LINES:
        return None, (Finding("ED-READ-TOO-LARGE", "lines", params={"limit": str(MAX_LINES)}),)
    return _document(root, reader, number, seller), tuple(reader.problems)


def _is_known(seller: Party) -> bool:
    return bool(seller.name or seller.legal_id or seller.vat_number or seller.identifiers or seller.tax_registration)


def _document(root: Node, reader: GroupReader, number: str, seller: Party) -> Invoice:
    currency = root.token("BT-5")
    if not currency:
        reader.miss("BT-5")
    breakdown = reader.breakdown(root, currency)
    exemptions = _Exemptions(breakdown)
    buyer_node = root.first("BG-7")
    payee, representative = root.first("BG-10"), root.first("BG-11")
    objects = [found for node in root.all("BT-18") if (found := read_object(node))]
    return Invoice(
        number=number,
        issue_date=reader.issue_date(root) or UNKNOWN_DATE,
        type_code=root.token("BT-3") or reader.missed("BT-3", ""),
        currency=currency,
        seller=seller,
        buyer=read_party(buyer_node) if buyer_node else reader.missed("BT-44", Party(name="")),
        lines=tuple(
            exemptions.explain_line(read_line(node, reader, index)) for index, node in enumerate(root.all("BG-25"))
        ),
        totals=_totals(root, reader, currency, breakdown),
        profile=root.token("BT-24"),
        business_process=root.token("BT-23"),
        accounting_currency=root.token("BT-6"),
        tax_point_date=reader.date(root, "BT-7"),
        tax_point=_tax_point(root),
        due_date=reader.date(root, "BT-9"),
        buyer_reference=root.text("BT-10"),
        project_reference=root.text("BT-11"),
        contract_reference=root.text("BT-12"),
        purchase_order_reference=root.text("BT-13"),
        sales_order_reference=root.text("BT-14"),
        receiving_advice_reference=root.text("BT-15"),
        despatch_advice_reference=root.text("BT-16"),
        tender_or_lot_reference=root.text("BT-17"),
        invoiced_object=objects[0] if objects else None,
        buyer_accounting_reference=root.text("BT-19"),
        payment_terms="\n".join(root.texts("BT-20")),
        notes=reader.notes(root),
        preceding=reader.preceding(root),
        payee=read_party(payee) if payee else None,
        tax_representative=read_party(representative) if representative else None,
        delivery=_delivery(root, reader),
        payment=reader.payment(root),
        allowances=tuple(
            exemptions.explain_allowance(reader.allowance(node, with_tax=True)) for node in root.all("BG-20")
        ),
        charges=tuple(
            exemptions.explain_allowance(reader.allowance(node, with_tax=True)) for node in root.all("BG-21")
        ),
        attachments=reader.attachments(root),
        third_parties=read_third_parties(root),
    )


def read_object(node: Node) -> Identifier | None:
    """An invoiced object (BT-18, BT-128) with its scheme."""
    value = node.text("object_id")
    return Identifier(value, node.token("object_id_scheme")) if value else None


def _tax_point(root: Node) -> TaxPoint | None:
    name = root.syntax.tax_points.get(root.token("BT-8"))
    return TaxPoint(name) if name else None


def _delivery(root: Node, reader: GroupReader) -> Delivery | None:
    start, end = reader.date(root, "BT-73"), reader.date(root, "BT-74")
    period = Period(start, end) if start or end else None
    return read_delivery(root.first("BG-13"), reader.date(root, "BT-72"), period)


def _totals(root: Node, reader: GroupReader, currency: str, breakdown: tuple[VatBreakdown, ...]) -> Totals:
    vat, vat_in_accounting_currency = reader.vat_totals(root, currency, root.token("BT-6"))
    without_vat, with_vat = reader.required(root, "BT-109"), reader.required(root, "BT-112")
    if vat is None:
        # BT-110 may be left out where no VAT is due; elsewhere its absence is a fault.
        vat = ZERO if without_vat == with_vat else reader.missed("BT-110", ZERO)
    stated = reader.amount if root.token("BT-24") == Profile.MINIMUM else reader.required  # it has no place for BT-106
    return Totals(
        line_net=stated(root, "BT-106"),
        allowances=reader.amount(root, "BT-107"),
        charges=reader.amount(root, "BT-108"),
        without_vat=without_vat,
        vat=vat,
        vat_in_accounting_currency=vat_in_accounting_currency,
        with_vat=with_vat,
        paid=reader.amount(root, "BT-113"),
        rounding=reader.amount(root, "BT-114"),
        due=reader.required(root, "BT-115"),
        breakdown=breakdown,
    )


class _Exemptions:
    """EN 16931 states an exemption once, in the breakdown (BT-120, BT-121): what belongs to a group shares it."""

    def __init__(self, breakdown: tuple[VatBreakdown, ...]) -> None:
        self._groups: dict[tuple[str, object], list[VatBreakdown]] = {}
        for group in breakdown:
            self._groups.setdefault((group.category, group.rate), []).append(group)

    def explain(self, vat: VatTreatment) -> VatTreatment:
        """``vat`` with the reason of its group; as it is when it has its own or the group is not alone."""
        same = self._groups.get((vat.category, vat.rate), [])
        if vat.exemption_reason or vat.exemption_code or len(same) != 1:
            return vat
        return replace(vat, exemption_reason=same[0].exemption_reason, exemption_code=same[0].exemption_code)

    def explain_line(self, line: Line) -> Line:
        """A line with the reason of its group."""
        return replace(line, vat=self.explain(line.vat))

    def explain_allowance(self, allowance: Allowance) -> Allowance:
        """A document allowance or charge with the reason of its group."""
        return allowance if allowance.vat is None else replace(allowance, vat=self.explain(allowance.vat))
