"""Every real document the schema accepts is read, written in the other syntax, read again: the same, but for a listed few."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from einvoice_desktop.documents.en16931.limits import LIMITS
from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.identifiers import compact, is_iban
from einvoice_desktop.domain.invoice import Invoice, Profile
from einvoice_desktop.domain.parties import Party
from tests.documents.invoices import complete_invoice
from tests.documents.test_corpus import FORMATS, verdicts

WRITER, READER = DocumentWriter(), DocumentReader()

EXCEPTIONS = {
    # BT-32 of a buyer: EN 16931 knows that of the seller only.
    ("01.21a-INVOICE_ubl.xml", "buyer.tax_registration"): {"CII", "UBL"},
    ("01.21a-INVOICE_uncefact.xml", "buyer.tax_registration"): {"CII", "UBL"},
    # BT-148 missing beside BT-147.
    ("ubl-tc434-example2.xml", "lines.gross_price"): {"CII", "UBL"},
    # BG-10: an electronic address of the payee.
    ("Facture_UC1_2023020_AFF-LE_FOURNISSEUR-POUR-L'ACHETEUR_EXTENDED.pdf", "payee.electronic_address"): {"CII", "UBL"},
    # BT-9 and BT-83 without payment means: UBL says them inside.
    ("avoir_cii_381.xml", "payment"): {"UBL"},
    ("avoir_facturx_381.pdf", "payment"): {"UBL"},
    ("validAvoir_FR_type380_BASICWL.pdf", "payment.means_code"): {"UBL"},
    # BT-29: a CII lists those without a scheme first.
    ("F202500001_INV_20250201_UBL.xml", "seller.identifiers.scheme"): {"CII"},
    ("F202500001_INV_20250201_UBL.xml", "seller.identifiers.value"): {"CII"},
}
"""Document and field that do not come back, and from which syntax; each is an entry of ``LIMITS``."""


def differences(stated: Any, again: Any, path: str = "") -> Iterator[str]:
    """The fields that differ, lists walked item by item."""
    if stated == again:
        return
    if is_dataclass(stated) and type(stated) is type(again):
        for field in fields(stated):
            place = f"{path}.{field.name}".lstrip(".")
            yield from differences(getattr(stated, field.name), getattr(again, field.name), place)
    elif isinstance(stated, tuple) and isinstance(again, tuple) and len(stated) == len(again):
        for old, new in zip(stated, again, strict=True):
            yield from differences(old, new, path)
    else:
        yield path


def _party(party: Party | None) -> Any:
    return None if party is None else replace(party, vat_number=compact(party.vat_number))


def _account(text: str) -> str:
    return compact(text) if is_iban(text) else text


def as_written(invoice: Invoice) -> Invoice:
    """VAT numbers and IBANs without their spaces (BT-31, BT-84): how they are typed is no information."""
    payment = invoice.payment
    if payment is not None:
        payment = replace(
            payment,
            iban=_account(payment.iban),
            debited_account=_account(payment.debited_account),
            bic=compact(payment.bic),
            other_accounts=tuple(
                replace(other, iban=_account(other.iban), bic=compact(other.bic)) for other in payment.other_accounts
            ),
        )
    return replace(
        invoice,
        seller=_party(invoice.seller),
        buyer=_party(invoice.buyer),
        tax_representative=_party(invoice.tax_representative),
        payment=payment,
    )


def documents(corpus: Path) -> Iterator[tuple[str, Invoice]]:
    """Every document the schema accepts and a number can be told of, as one that may say everything."""
    for row in verdicts(corpus):
        if row["xsd"] == "ok" and FORMATS.get(row["kind"]) in {"cii", "ubl", "factur-x"}:
            invoice = READER.read((corpus / row["file"]).read_bytes()).invoice
            if invoice is not None:
                yield row["file"], as_written(replace(invoice, profile=Profile.EXTENDED_CTC_FR))


@pytest.mark.conformance
def test_every_real_document_survives_both_syntaxes(corpus: Path) -> None:
    checked = 0
    found: dict[tuple[str, str], set[str]] = {}
    for name, invoice in documents(corpus):
        checked += 1
        for syntax, write in (("CII", WRITER.write_cii), ("UBL", WRITER.write_ubl)):
            again = READER.read(write(invoice)).invoice
            for path in differences(invoice, again):
                found.setdefault((Path(name).name, path), set()).add(syntax)
    assert checked > 325
    assert found == EXCEPTIONS
    for limit in LIMITS:
        print(f"{limit.term:16} {limit.syntax or 'both':5} {limit.case}: {limit.why}")


@pytest.mark.conformance
def test_every_real_cii_comes_back_from_ubl_byte_for_byte(corpus: Path) -> None:
    known = {name for name, _ in EXCEPTIONS}
    for name, invoice in documents(corpus):
        if Path(name).name in known:
            continue
        first = WRITER.write_cii(invoice)
        through = READER.read(WRITER.write_ubl(invoice)).invoice
        assert through is not None
        assert WRITER.write_cii(through) == first, name


def named(corpus: Path, name: str) -> Invoice:
    """The document of a file, read."""
    invoice = READER.read(min(corpus.rglob(name)).read_bytes()).invoice
    assert invoice is not None
    return invoice


def test_sub_lines_are_read_with_their_parent_and_status(corpus: Path) -> None:
    lines = named(corpus, "Extended_SubInvoiceLines_Hardware_Bsp2.xml").lines
    assert [(line.id, line.parent_id, line.status) for line in lines] == [
        ("0101", "01", "DETAIL"),
        ("0102", "01", "DETAIL"),
        ("01", "", "GROUP"),
        ("0201", "02", "DETAIL"),
        ("0202", "02", "DETAIL"),
        ("02", "", "GROUP"),
    ]


def test_every_account_of_several_payment_means_is_read(corpus: Path) -> None:
    payment = named(corpus, "multiple-payment-means.cii.xml").payment
    assert payment is not None
    assert (payment.iban, payment.bic) == ("DE8576040061XXXXXXXXXX", "COBADEFF760")
    assert [other.bic for other in payment.other_accounts] == ["HYVEDEMM419", "OBKLDEMXXXX", "SOLADEST600"]


def test_negative_totals_and_quantities_prepayments_and_base_quantities_stay_as_sent(corpus: Path) -> None:
    totals = named(corpus, "validAvoir_FR_type380_BASICWL.pdf").totals
    assert (totals.with_vat, totals.due) == (Decimal("-233.47"), Decimal("-233.47"))
    invoice = named(corpus, "ubl-tc434-example2.xml")
    assert (invoice.totals.paid, invoice.totals.due) == (Decimal(1000), Decimal("801.78"))
    assert invoice.allowances[0].amount == 100  # ChargeIndicator written 0
    assert [line.quantity for line in invoice.lines] == [2, -1, 2, -1, 250]
    assert {line.base_quantity for line in invoice.lines} == {Decimal(1)}


def test_a_negative_allowance_and_a_rounding_stay_as_sent() -> None:
    plain = complete_invoice()
    invoice = replace(
        plain,
        allowances=(replace(plain.allowances[0], amount=Decimal("-12.34")),),
        totals=replace(plain.totals, allowances=Decimal("-12.34"), rounding=Decimal("-0.02"), due=Decimal("0.01")),
    )
    for write in (WRITER.write_cii, WRITER.write_ubl):
        assert READER.read(write(invoice)).invoice == invoice
