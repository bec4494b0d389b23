"""Writing a document in its official syntaxes, without checking it: the rules worker gives the verdict."""

from __future__ import annotations

from einvoice_desktop.documents.en16931.completion import complete
from einvoice_desktop.documents.en16931.dialects import CiiDialect, UblDialect
from einvoice_desktop.documents.en16931.generation import (
    generate_cii,
    generate_ubl,
    is_extended,
    warm_up,
    written_profile,
)
from einvoice_desktop.documents.en16931.terms import terms_of
from einvoice_desktop.documents.json_form import write_invoice
from einvoice_desktop.domain.invoice import Invoice


class DocumentWriter:
    """Writes invoices; the same invoice always gives the same bytes (:class:`~einvoice_desktop.ports.documents.InvoiceWriter`).

    EN 16931, EXTENDED and EXTENDED-CTC-FR are written as such; any other profile (BASIC, a foreign CIUS…) is written as
    plain EN 16931, which holds all they hold.
    """

    def warm_up(self) -> None:
        """Load what writing needs; from a background thread, so that the first document is as quick as the next."""
        warm_up()

    def write_cii(self, invoice: Invoice) -> bytes:
        """UN/CEFACT CII D22B."""
        profile = written_profile(invoice.profile)
        extended = is_extended(profile)
        xml = generate_cii(terms_of(invoice, extended=extended), profile)
        return complete(xml, invoice, CiiDialect(), extended=extended)

    def write_ubl(self, invoice: Invoice) -> bytes:
        """OASIS UBL 2.1 Invoice, or CreditNote for the types that give money back."""
        profile = written_profile(invoice.profile)
        extended = is_extended(profile)
        xml = generate_ubl(terms_of(invoice, extended=extended), profile)
        return complete(xml, invoice, UblDialect(), extended=extended)

    def write_json(self, invoice: Invoice) -> bytes:
        """The EN 16931-style JSON form, UTF-8."""
        return write_invoice(invoice)
