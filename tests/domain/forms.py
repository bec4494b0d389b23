"""Forms as people fill them, and who they are read for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from einvoice_desktop.domain.compose import ComposeContext, Composition, compose
from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.parties import Address, Buyer, Company, Identifier, VatRegime
from tests.fakes.office import BUYER, PERSON, SELLER

__all__ = ["BUYER", "PERSON", "SELLER"]

TODAY = date(2026, 11, 21)
FRANCHISE = replace(SELLER, vat_regime=VatRegime.FRANCHISE, vat_number="")
GERMAN = Buyer(
    id="buyer-3",
    company_id=SELLER.id,
    name="Kunde GmbH",
    address=Address(line1="Hauptstrasse 1", postal_code="10115", city="Berlin", country="DE"),
    vat_number="DE136695976",
    electronic_address=Identifier("DE136695976", "9930"),
)
AMERICAN = Buyer(
    id="buyer-4",
    company_id=SELLER.id,
    name="ACME Inc.",
    address=Address(line1="1 Main Street", postal_code="10001", city="New York", country="US"),
    legal_id="12-3456789",
    email="ap@acme.example",
)


def line(**changes: str) -> DraftLine:
    """2 × 100,00 at 20 %, unless told otherwise."""
    return DraftLine(
        **({"name": "Conseil", "quantity": "2", "unit": "HUR", "unit_price": "100", "vat": "S20"} | changes)
    )


def form(*lines: DraftLine, **changes: object) -> DraftForm:
    """A form of today with ``lines``, or one usual line."""
    fields: dict[str, object] = {"buyer_id": BUYER.id, "issue_date": TODAY.isoformat(), "lines": lines or (line(),)}
    return DraftForm(**(fields | changes))  # type: ignore[arg-type]


def read(
    filled: DraftForm, *, company: Company = SELLER, buyer: Buyer | None = BUYER, **context: object
) -> Composition:
    """What the program reads in a form."""
    return compose(filled, ComposeContext(company, buyer, TODAY, **context))  # type: ignore[arg-type]


def composed(
    filled: DraftForm, *, company: Company = SELLER, buyer: Buyer | None = BUYER, **context: object
) -> Invoice:
    """The document of a form nothing is wrong with."""
    composition = read(filled, company=company, buyer=buyer, **context)
    assert [f for f in composition.findings if f.is_blocking] == []
    assert composition.invoice is not None
    return composition.invoice


def found(
    filled: DraftForm, *, company: Company = SELLER, buyer: Buyer | None = BUYER, **context: object
) -> list[tuple[str, str]]:
    """Codes and places of what is wrong or worth saying."""
    composition = read(filled, company=company, buyer=buyer, **context)
    return [(finding.code, finding.place) for finding in composition.findings]
