"""Writing a document in its official syntaxes, without checking it: the rules worker gives the verdict."""

from __future__ import annotations

import re

from einvoice_desktop.documents.en16931.completion import complete
from einvoice_desktop.documents.en16931.dialects import CiiDialect, UblDialect
from einvoice_desktop.documents.en16931.generation import generate_cii, generate_ubl, warm_up
from einvoice_desktop.documents.en16931.terms import terms_of
from einvoice_desktop.documents.json_form import write_invoice
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.profiles import fit, is_extended, ubl_profile, written_profile


class DocumentWriter:
    """Writes invoices; the same invoice always gives the same bytes (:class:`~einvoice_desktop.ports.documents.InvoiceWriter`).

    A CII is written in the profile of the document, without the terms that profile has no place for
    (:func:`einvoice_desktop.domain.profiles.fit` tells which). UBL knows EN 16931 and EXTENDED-CTC-FR only. A profile
    that is not ours (a foreign CIUS…) is written as plain EN 16931.
    """

    def warm_up(self) -> None:
        """Load what writing needs; from a background thread, so that the first document is as quick as the next."""
        warm_up()

    def write_cii(self, invoice: Invoice) -> bytes:
        """UN/CEFACT CII D22B."""
        profile = written_profile(invoice.profile)
        extended = is_extended(profile)
        fitted = fit(invoice, profile).invoice
        xml = generate_cii(terms_of(fitted, extended=extended), profile)
        return without_indent(complete(xml, fitted, CiiDialect(), extended=extended))

    def write_ubl(self, invoice: Invoice) -> bytes:
        """OASIS UBL 2.1 Invoice, or CreditNote for the types that give money back."""
        profile = ubl_profile(invoice.profile)
        extended = is_extended(profile)
        fitted = fit(invoice, profile).invoice
        xml = generate_ubl(terms_of(fitted, extended=extended), profile)
        return without_indent(complete(xml, fitted, UblDialect(), extended=extended))

    def write_json(self, invoice: Invoice) -> bytes:
        """The EN 16931-style JSON form, UTF-8."""
        return write_invoice(invoice)


_INDENT = re.compile(rb">[ \t\r\n]+<")


def without_indent(xml: bytes) -> bytes:
    """``xml`` without the white space between its tags: a sixth less for the official rules to walk through.

    A text of white space alone would go too: the writer never has one (blank terms are left out).
    """
    return _INDENT.sub(b"><", xml)
