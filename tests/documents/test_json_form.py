"""The JSON form: the published sample is read, ours validates against the published schema, errors name their place."""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.invoice import Note, Profile, TaxPoint
from einvoice_desktop.domain.parties import Identifier
from einvoice_desktop.ports.errors import UserError
from tests.documents.invoices import complete_invoice, invoices

READER, WRITER = DocumentReader(), DocumentWriter()


def sample() -> dict[str, Any]:
    body: dict[str, Any] = json.loads(WRITER.write_json(complete_invoice()))
    return body


def error_of(body: Any) -> UserError:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    with pytest.raises(UserError) as caught:
        READER.read_json(content)
    return caught.value


@pytest.fixture(scope="session")
def published_sample(shared: Path) -> bytes:
    text = (shared / "references/002_9d269ec1cae691c3.txt").read_text(encoding="utf-8")
    found = re.search(r"-d '(\{\n    \"specification_identifier\".*?\n  \})'", text, re.DOTALL)
    assert found is not None
    return found[1].encode()


@pytest.fixture(scope="session")
def validator(shared: Path) -> jsonschema.Draft202012Validator:
    import yaml  # type: ignore[import-untyped]

    contract = yaml.safe_load((shared / "contracts/seqino.openapi.yaml").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(
        {"$ref": "#/components/schemas/InvoiceDraftModel", "components": contract["components"]}
    )


def test_the_published_sample_is_read_with_its_quirks(published_sample: bytes) -> None:
    invoice = READER.read_json(published_sample)
    assert invoice.number == ""
    assert invoice.issue_date == date(2024, 1, 15)
    assert invoice.due_date == date(2024, 2, 15)
    assert invoice.profile == Profile.EN16931  # not the Peppol identifier of the sample
    assert invoice.purchase_order_reference == "PO-2024-456"  # given under its deprecated name
    assert invoice.seller.electronic_address == Identifier("1234567890123", "0088")  # given as the integer 88
    assert invoice.seller.identifiers == (Identifier("SELLER123", "0088"),)
    assert invoice.seller.vat_number == "FR12345678901"
    assert invoice.buyer.legal_id == Identifier("HRB12345")
    assert [line.unit for line in invoice.lines] == ["H87", "HUR"]  # PCE is in no list
    assert invoice.totals.due == Decimal(1800)
    assert invoice.notes == (Note("Sample draft for demonstration purposes"),)


def test_a_peppol_identifier_never_reaches_our_xml(published_sample: bytes) -> None:
    invoice = replace(READER.read_json(published_sample), number="F1")
    for xml in (WRITER.write_cii(invoice), WRITER.write_ubl(invoice)):
        assert b"peppol" not in xml


def test_our_form_follows_the_published_schema(validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(sample())
    broken = sample() | {"type_code": "386"}
    assert not validator.is_valid(broken)


@given(
    invoice=invoices().filter(lambda i: i.type_code in {"380", "381", "384"} and i.seller.address and i.buyer.address)
)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_document_seqino_knows_follows_the_schema(validator: jsonschema.Draft202012Validator, invoice: Any) -> None:
    validator.validate(json.loads(WRITER.write_json(invoice)))


def test_numbers_are_exact_whether_bare_or_quoted() -> None:
    body = sample()
    body["invoice_lines"][0]["item_price"] = "0.1234567890123456789"
    text = json.dumps(body).replace('"invoiced_quantity": "7.5"', '"invoiced_quantity": 0.30000000000000000001')
    line = READER.read_json(text.encode()).lines[0]
    assert line.net_price == Decimal("0.1234567890123456789")
    assert line.quantity == Decimal("0.30000000000000000001")


def test_totals_are_taken_as_stated() -> None:
    body = sample()
    body["document_totals"]["invoice_total_with_vat"] = 1
    assert READER.read_json(json.dumps(body).encode()).totals.with_vat == 1


def test_a_bt8_given_as_a_date_is_the_date_of_bt7() -> None:
    body = sample()
    body["value_added_tax_point_date"] = "2026-01-31"
    invoice = READER.read_json(json.dumps(body).encode())
    assert (invoice.tax_point_date, invoice.tax_point) == (date(2026, 1, 31), TaxPoint.INVOICE)


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("issue_date", None, "ED-JSON-MISSING"),
        ("issue_date", "2026-02-31", "ED-JSON-DATE"),
        ("issue_date", "31/12/2026", "ED-JSON-DATE"),
        ("issue_date", 20261231, "ED-JSON-DATE"),
        ("issue_date", "2026-12-31xyz", "ED-JSON-DATE"),
        ("seller", None, "ED-JSON-MISSING"),
        ("seller", "Moi", "ED-JSON-TYPE"),
        ("invoice_lines", None, "ED-JSON-MISSING"),
        ("invoice_lines", {}, "ED-JSON-TYPE"),
        ("invoice_lines.0", 7, "ED-JSON-TYPE"),
        ("invoice_lines.0.item_price", None, "ED-JSON-MISSING"),
        ("invoice_lines.0.item_price", "12,50", "ED-JSON-TYPE"),
        ("invoice_lines.0.item_price", "NaN", "ED-JSON-TYPE"),
        ("invoice_lines.0.item_price", True, "ED-JSON-TYPE"),
        ("invoice_lines.0.item_price", "1" * 40, "ED-JSON-TYPE"),
        ("invoice_lines.1.period.start_date", "2026-13-01", "ED-JSON-DATE"),
        ("invoice_lines.0.item_name", ["a"], "ED-JSON-TYPE"),
        ("seller.electronic_address.value", None, "ED-JSON-MISSING"),
        ("document_totals.amount_due_for_payment", None, "ED-JSON-MISSING"),
        ("vat_breakdowns.0.taxable_amount", "", "ED-JSON-TYPE"),
        ("vat_point_code", "now", "ED-JSON-TYPE"),
        ("attachments.0.content", "***", "ED-JSON-TYPE"),
    ],
)
def test_each_error_names_its_place(path: str, value: object, code: str) -> None:
    body = sample()
    *parents, last = path.split(".")
    place: Any = body
    for step in parents:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value
    error = error_of(body)
    assert (error.code, error.params["path"]) == (code, path)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "ED-JSON-SYNTAX"),
        (b"{", "ED-JSON-SYNTAX"),
        (b'{"a": NaN}', "ED-JSON-SYNTAX"),
        (b'{"a": -Infinity}', "ED-JSON-SYNTAX"),
        (b'{"a": 1, "a": 2}', "ED-JSON-DUPLICATE"),
        (b'{"a": "\xff"}', "ED-JSON-ENCODING"),
        (b"[]", "ED-JSON-TYPE"),
        (b"null", "ED-JSON-TYPE"),
        (b"[" * 200_000, "ED-JSON-SYNTAX"),
        (b'{"a":' * 200_000, "ED-JSON-SYNTAX"),
        (b"<xml/>", "ED-JSON-SYNTAX"),
    ],
)
def test_what_is_no_json_object_is_refused(content: bytes, code: str) -> None:
    assert error_of(content).code == code


@pytest.mark.parametrize("number", ["1e999999999", "1e40", "-1e-40", "9" * 5_000])
def test_numbers_that_would_fill_the_memory_are_refused(number: str) -> None:
    text = json.dumps(sample()).replace('"invoiced_quantity": "7.5"', f'"invoiced_quantity": {number}', 1)
    error = error_of(text.encode())
    assert (error.code, error.params["path"]) == ("ED-JSON-TYPE", "invoice_lines.0.invoiced_quantity")


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)
    )
)
def test_any_json_gives_an_invoice_or_a_clean_error(value: object) -> None:
    body = sample() | (value if isinstance(value, dict) else {"seller": value})
    with contextlib.suppress(UserError):
        READER.read_json(json.dumps(body).encode())


def test_a_byte_order_mark_is_read() -> None:
    assert READER.read_json(b"\xef\xbb\xbf" + WRITER.write_json(complete_invoice())) == complete_invoice()


@pytest.mark.parametrize(
    ("stated", "profile"),
    [
        ("EN_16931", Profile.EN16931),
        ("BASIC_WL", Profile.BASIC_WL),
        (str(Profile.EXTENDED), Profile.EXTENDED),
        ("", Profile.EN16931),
    ],
)
def test_a_profile_may_be_asked_for_by_any_of_its_names(stated: str, profile: Profile) -> None:
    assert READER.read_json(json.dumps(sample() | {"specification_identifier": stated}).encode()).profile == profile


def test_a_body_that_says_more_than_en16931_and_names_no_profile_is_an_extended_one() -> None:
    body = sample()
    body["invoice_lines"][0]["purchase_order_reference"] = "PO-1"
    assert READER.read_json(json.dumps(body).encode()).profile == Profile.EN16931, "as it says"
    del body["specification_identifier"]
    assert READER.read_json(json.dumps(body).encode()).profile == Profile.EXTENDED_CTC_FR
