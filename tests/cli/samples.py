"""One document of each kind ``validate`` tells apart, made by the program's own writers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from einvoice_desktop.documents.cdar import CdarWriter
from einvoice_desktop.documents.json_form import read_invoice
from einvoice_desktop.documents.pdf.maker import ReportlabPdf
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.ports.documents import Appearance, LifecycleRequest
from tests.sandbox.world import an_invoice

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
EREPORT = b"""<?xml version="1.0" encoding="UTF-8"?>
<Report><ReportDocument><Id>R1</Id><IssueDateTime><DateTimeString>20261120090000</DateTimeString></IssueDateTime>
<TypeCode>IN</TypeCode></ReportDocument></Report>"""
"""Told as an e-report, though far from complete."""


def cii() -> bytes:
    return DocumentWriter().write_cii(an_invoice())


def wrong_cii() -> bytes:
    """A total that does not follow from its lines (BR-CO-15)."""
    invoice = an_invoice()
    return DocumentWriter().write_cii(replace(invoice, totals=replace(invoice.totals, with_vat=invoice.totals.vat)))


def ubl() -> bytes:
    return DocumentWriter().write_ubl(an_invoice())


def factur_x() -> bytes:
    return ReportlabPdf().make(an_invoice(), Appearance(), cii(), made_at=NOW)


def pdf_without_xml() -> bytes:
    return ReportlabPdf().render(an_invoice(), Appearance())


def cdar() -> bytes:
    return CdarWriter().write_cdar(
        LifecycleRequest(
            code="205",
            at=NOW,
            invoice_number="F-1",
            invoice_date=date(2026, 11, 20),
            invoice_type="380",
            seller_siren="404833048",
            seller_name="Papeterie Lenoir SARL",
            buyer_siren="732829320",
            buyer_name="Globex SAS",
            is_from_seller=False,
            recipient_address="404833048",
            received_at=NOW,
        )
    )


def invoice_in(content: bytes) -> Invoice:
    """The document of a JSON file the program left."""
    return read_invoice(content)
