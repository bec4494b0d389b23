"""Generated lines, allowances and invoices for the laws of arithmetic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.parties import Address, Identifier, Party
from einvoice_desktop.domain.totals import compute_totals, with_net_amounts
from einvoice_desktop.domain.vat import VatTreatment, export, reverse_charge, small_business_exemption, standard

vat_treatments: st.SearchStrategy[VatTreatment] = st.sampled_from(
    [standard("20"), standard("10"), standard("5.5"), standard("2.1"), standard("8.5"), small_business_exemption(),
     reverse_charge(), export()]
)  # fmt: skip
amounts = st.decimals(min_value=0, max_value=100_000, places=2)


@st.composite
def document_lines(draw: st.DrawFn) -> Line:
    """One line, its net amount not yet computed."""
    return Line(
        id="1",
        name=draw(st.sampled_from(["Conseil", "Pose", "Éclair au café", "Rayonnage"])),
        quantity=draw(st.decimals(min_value=Decimal("0.0001"), max_value=9999, places=4)),
        unit="C62",
        net_price=draw(st.decimals(min_value=0, max_value=99_999, places=6)),
        base_quantity=draw(st.none() | st.sampled_from([Decimal(1), Decimal(10), Decimal(1000)])),
        vat=draw(vat_treatments),
        net_amount=ZERO,
        allowances=tuple(Allowance(a, reason="Remise") for a in draw(st.lists(amounts, max_size=2))),
        charges=tuple(Allowance(a, reason="Port") for a in draw(st.lists(amounts, max_size=1))),
    )


@st.composite
def document_allowances(draw: st.DrawFn) -> Allowance:
    """A document-level allowance or charge."""
    return Allowance(draw(amounts), reason="Remise", vat=draw(vat_treatments))


def party(name: str, siren: str) -> Party:
    """A French business."""
    return Party(
        name=name,
        address=Address(line1="1 rue de la Paix", postal_code="75002", city="Paris"),
        legal_id=Identifier(siren, "0002"),
        electronic_address=Identifier(siren, "0225"),
    )


@st.composite
def invoices(draw: st.DrawFn) -> Invoice:
    """A whole document with computed totals."""
    lines = with_net_amounts(draw(st.lists(document_lines(), min_size=1, max_size=8)))
    allowances = tuple(draw(st.lists(document_allowances(), max_size=2)))
    charges = tuple(draw(st.lists(document_allowances(), max_size=2)))
    return Invoice(
        number="F2026-0001",
        issue_date=date(2026, 11, 2),
        type_code="380",
        currency="EUR",
        seller=party("VENDEUR", "732829320"),
        buyer=party("ACHETEUR", "552100554"),
        lines=lines,
        allowances=allowances,
        charges=charges,
        totals=compute_totals(lines, allowances=allowances, charges=charges),
    )
