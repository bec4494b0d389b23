"""Records to keep, complete and plausible, each value changeable by name."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.lifecycle import CashedAmount, LifecycleEvent
from einvoice_desktop.domain.numbering import Series
from einvoice_desktop.domain.parties import Address, Buyer, Company, Identifier, VatRegime
from einvoice_desktop.ledger.entry import EntryKind
from einvoice_desktop.ports.records import DepositGroup, VatAmount
from einvoice_desktop.ports.unit_of_work import (
    DocumentEvent,
    DocumentSummary,
    Draft,
    Environment,
    IssuedDocument,
    OutboxEntry,
    Payment,
    ReceivedDocument,
    Store,
    UnitOfWork,
    ledger_scope,
)

NOON = datetime(2026, 11, 21, 12, 0, 0, 250_000, tzinfo=UTC)
SERIES = Series("F", 2026)
SCOPE = ledger_scope("c1", Environment.SANDBOX)


BREAKDOWN = (
    VatAmount("E", Decimal("0.00"), Decimal("41.67"), Decimal("0.00"), Decimal("41.67"), Decimal("0.00")),
    VatAmount("O", None, Decimal("50.00"), Decimal("0.00")),
    VatAmount("S", Decimal("20.00"), Decimal("950.00"), Decimal("208.33"), Decimal("950.00"), Decimal("208.33")),
)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def minutes(count: int) -> datetime:
    return NOON + timedelta(minutes=count)


def company(company_id: str = "c1", **changes: Any) -> Company:
    made = Company(
        id=company_id,
        name="Atelier Éclair",
        siren="732829320",
        address=Address("1 rue de l'Été", postal_code="75011", city="Paris"),
        siret="73282932000074",
        vat_number="FR44732829320",
        vat_regime=VatRegime.SIMPLIFIED,
        vat_on_debits=True,
        logo=b"\x89PNG\r\n\x00",
        payment_days=45,
    )
    return replace(made, **changes)


def buyer(buyer_id: str = "b1", **changes: Any) -> Buyer:
    made = Buyer(
        id=buyer_id,
        company_id="c1",
        name="Société Dupont",
        address=Address("2 quai Ney", "Bât. B", postal_code="69002", city="Lyon"),
        siret="55208131766522",
        electronic_address=Identifier("552081317_FACT", "0225"),
        email="compta@dupont.example",
        shipping_address=Address("3 rue du Port", postal_code="13002", city="Marseille", name="Entrepôt"),
        payment_days=60,
        notes="« bon payeur »",
    )
    return replace(made, **changes)


def draft(draft_id: str = "d1", **changes: Any) -> Draft:
    form = DraftForm(
        buyer_id="b1",
        issue_date="31/12/2026",
        due_date="31 février",
        lines=(DraftLine("Développement œuvre", "=3*2", "HUR", "abc", "S20"), DraftLine("Hébergement")),
    )
    return replace(Draft(draft_id, "c1", form, NOON, Decimal("1250.00")), **changes)


def summary(number: str = "F2026-0001", **changes: Any) -> DocumentSummary:
    made = DocumentSummary(
        number=number,
        type_code="380",
        issue_date=date(2026, 11, 20),
        due_date=date(2026, 12, 20),
        currency="EUR",
        without_vat=Decimal("1041.67"),
        vat=Decimal("208.33"),
        with_vat=Decimal("1250.00"),
        due=Decimal("1250.00"),
        party_name="Société Dupont",
        party_siren="552081317",
    )
    return replace(made, **changes)


def issued(document_id: str = "i1", number: str = "F2026-0001", **changes: Any) -> IssuedDocument:
    """``changes`` may be fields of the document or of its summary."""
    of_summary = {k: changes.pop(k) for k in list(changes) if k in DocumentSummary.__dataclass_fields__}
    xml, pdf, json = (f"{kind} of {document_id} \u00e9\x00".encode() for kind in ("xml", "pdf", "json"))
    made = IssuedDocument(
        id=document_id,
        company_id="c1",
        buyer_id="b1",
        environment=Environment.SANDBOX,
        summary=summary(number, **of_summary),
        xml=xml,
        pdf=pdf,
        json=json,
        xml_sha256=sha256(xml),
        pdf_sha256=sha256(pdf),
        json_sha256=sha256(json),
        verdict="conforme",
        rules=("EN 16931 1.3.16", "BR-FR 1.3.1"),
        issued_at=NOON,
        search_text="Développement Hébergement",
    )
    return replace(made, **changes)


def group(group_id: str = "g1", **changes: Any) -> DepositGroup:
    made = DepositGroup(group_id, "c1", "b1", "EUR", Decimal("10000.00"), NOON, "Cuisine, devis 12")
    return replace(made, **changes)


def received(document_id: str = "r1", **changes: Any) -> ReceivedDocument:
    original = changes.pop("original", f"%PDF original of {document_id}".encode())
    made = ReceivedDocument(
        id=document_id,
        company_id="c1",
        original=original,
        sha256=sha256(original),
        filename="../facture <1>.pdf",
        format="factur-x",
        profile="urn:cen.eu:en16931:2017",
        xml=b"<xml/>",
        pdf=original,
        summary=summary("2026/77", party_name="Fournisseur Bleu", party_siren="404833048"),
        verdict="non_conforme",
        findings=(
            Finding(
                "BR-FR-05_BT-22_PMT",
                "notes.PMT",
                Severity.WARNING,
                "une note manque",
                "Indemnité de 40 €",
                "/*/Note[1]",
                {"rule": "BR-FR-05"},
            ),
            Finding("XSD", message="élément inattendu"),
        ),
        received_at=NOON,
        flow_id="flow-1",
        seller_address="404833048",
    )
    return replace(made, **changes)


def event(
    code: str = "203", document_id: str = "i1", *, at: int = 0, raw: bytes = b"", **changes: Any
) -> DocumentEvent:
    status = LifecycleEvent(code, minutes(at), actor="PDP")
    return DocumentEvent(document_id, replace(status, **changes), minutes(at + 1), raw)


def cashed(document_id: str = "i1", *, at: int = 0) -> DocumentEvent:
    return event("212", document_id, at=at, amounts=(CashedAmount("1250.00", "EUR", "20"),))


def payment(payment_id: str = "p1", document_id: str = "i1", amount: str = "1250.00", **changes: Any) -> Payment:
    made = Payment(payment_id, document_id, date(2026, 11, 21), Decimal(amount), "EUR", NOON)
    return replace(made, **changes)


def sending(entry_id: str = "o1", document_id: str = "i1", **changes: Any) -> OutboxEntry:
    content = changes.pop("content", f"pdf of {document_id}".encode())
    made = OutboxEntry(
        id=entry_id,
        company_id="c1",
        document_id=document_id,
        platform_id="p1",
        tracking_id=f"track-{entry_id}",
        name="F2026-0001.pdf",
        syntax="Factur-X",
        processing_rule="B2B",
        content=content,
        sha256=sha256(content),
        created_at=NOON,
        updated_at=NOON,
        profile="urn:cen.eu:en16931:2017",
    )
    return replace(made, **changes)


def write_issued(work: UnitOfWork, document_id: str, **changes: Any) -> str:
    """Take a number, freeze the document and write its entry, as issuing does; the number."""
    number = work.numbers.take("c1", Environment.SANDBOX, SERIES, document_id)
    document = issued(document_id, number, **changes)
    work.issued.add(document)
    work.ledger.append(
        scope=SCOPE,
        kind=EntryKind.DOCUMENT_ISSUED,
        subject=document_id,
        at=NOON,
        payload={"number": number, "xml_sha256": document.xml_sha256, "lines": 2, "is_credit_note": False},
    )
    return number


def issue(store: Store, document_id: str, **changes: Any) -> str:
    """Issue in a unit of work of its own."""
    with store.unit_of_work() as work:
        number = write_issued(work, document_id, **changes)
        work.commit()
    return number
