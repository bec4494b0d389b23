"""Life-cycle messages we write pass the official schema and rules, and read back as what was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import resources

import pytest
from lxml import etree

from einvoice_desktop.documents.cdar import CdarWriter
from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.domain.lifecycle import REASONS_FOR, CashedAmount
from einvoice_desktop.ports.documents import LifecycleRequest
from einvoice_desktop.ports.errors import UserError

WRITER, READER = CdarWriter(), DocumentReader()
REASONS = {"206": "QTE_ERR", "207": "TX_TVA_ERR", "208": "JUSTIF_ABS", "210": "NON_CONFORME"}
STATUSES = ("204", "205", "206", "207", "208", "209", "210", "211", "212", "220")
BY_SELLER = {"209", "212", "220"}


def request(code: str, **changes: object) -> LifecycleRequest:
    cashed = (CashedAmount("720.00", "EUR", "20"), CashedAmount("440", "EUR", "5.5"))
    paid = (CashedAmount("1160.00", "EUR", ""),)
    base = LifecycleRequest(
        code=code,
        at=datetime(2026, 10, 15, 7, 0, tzinfo=UTC),
        invoice_number="F2026-0042",
        invoice_date=date(2026, 9, 15),
        invoice_type="380",
        seller_siren="732829320",
        seller_name="VENDEUR SARL",
        buyer_siren="552100554",
        buyer_name="ACHETEUR SA",
        is_from_seller=code in BY_SELLER,
        recipient_address="552100554" if code in BY_SELLER else "732829320_STATUTS",
        received_at=datetime(2026, 9, 15, 14, 10, tzinfo=UTC),
        reason_code=REASONS.get(code, ""),
        comment="Voir le bon de livraison & l'annexe <2>" if code in REASONS or code == "209" else "",
        action="NIN" if code == "207" else "",
        amounts=cashed if code == "212" else paid if code == "211" else (),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def official_failures() -> Callable[[bytes], list[str]]:
    """Failed assertions of the BR-FR-CDV rules (flags ``fatal`` and ``warning`` alike)."""
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    rules = resources.files("pyfrctc") / "cdar-schematron" / "BR-FR-CDV-Schematron-CDAR.xslt"
    stylesheet = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(rules))

    def check(xml: bytes) -> list[str]:
        svrl = stylesheet.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode()))
        failed = etree.fromstring(svrl.encode()).iter("{http://purl.oclc.org/dsdl/svrl}failed-assert")
        return [f"{element.get('flag')} {element.get('id')}" for element in failed]

    return check


@pytest.mark.parametrize("code", STATUSES)
def test_each_status_passes_the_schema_and_the_official_rules(
    code: str, official_failures: Callable[[bytes], list[str]]
) -> None:
    from pyfrctc import check_cdar_xsd

    xml = WRITER.write_cdar(request(code))
    check_cdar_xsd(xml)
    assert official_failures(xml) == []


def test_every_admitted_reason_passes_the_official_rules(official_failures: Callable[[bytes], list[str]]) -> None:
    for code in REASONS:
        for reason in REASONS_FOR[code]:
            assert official_failures(WRITER.write_cdar(request(code, reason_code=reason))) == [], (code, reason)


def test_a_partial_and_a_reversed_payment_pass(official_failures: Callable[[bytes], list[str]]) -> None:
    back = request("212", amounts=(CashedAmount("-720", "EUR", "20"),), comment="Chèque impayé")
    assert official_failures(WRITER.write_cdar(back)) == []
    assert READER.read_lifecycle(WRITER.write_cdar(back)).event.amounts == (CashedAmount("-720.00", "EUR", "20"),)


def test_without_percentages_the_official_rules_would_refuse(official_failures: Callable[[bytes], list[str]]) -> None:
    xml = WRITER.write_cdar(request("212"))
    without = b"".join(line for line in xml.splitlines(keepends=True) if b"ValuePercent" not in line)
    assert any("BR-FR-CDV-14" in failure for failure in official_failures(without))


@pytest.mark.parametrize("code", STATUSES)
def test_what_was_asked_is_read_back(code: str) -> None:
    asked = request(code)
    message = READER.read_lifecycle(WRITER.write_cdar(asked))
    event = message.event
    assert (event.code, event.at, event.reason_code, event.comment, event.action) == (
        code,
        asked.at,
        asked.reason_code,
        asked.comment,
        asked.action,
    )
    assert event.actor == ("VENDEUR SARL" if asked.is_from_seller else "ACHETEUR SA")
    assert (message.invoice_number, message.invoice_date, message.invoice_type) == (
        "F2026-0042",
        date(2026, 9, 15),
        "380",
    )
    assert message.seller_siren == "732829320"
    assert len(message.message_id) <= 50
    assert [(amount.amount, amount.rate) for amount in event.amounts] == {
        "212": [("720.00", "20"), ("440.00", "5.5")],
        "211": [("1160.00", "")],
    }.get(code, [])


def test_the_same_request_gives_the_same_bytes() -> None:
    assert WRITER.write_cdar(request("212")) == WRITER.write_cdar(request("212"))


def test_paris_time_is_written_summer_and_winter() -> None:
    for at, written in (
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), b">20260702003000<"),
        (datetime(2026, 1, 1, tzinfo=UTC), b">20260101010000<"),
    ):
        xml = WRITER.write_cdar(request("204", at=at))
        assert written in xml
        assert READER.read_lifecycle(xml).event.at == at


@pytest.mark.parametrize(
    ("changes", "code", "error"),
    [
        ({"reason_code": ""}, "210", "ED-CDAR-REASON-MISSING"),
        ({"reason_code": "QTE_ERR"}, "210", "ED-CDAR-REASON-REFUSED"),
        ({"reason_code": "AUTRE"}, "205", "ED-CDAR-REASON-REFUSED"),
        ({"action": "XYZ"}, "207", "ED-CDAR-ACTION"),
        ({"amounts": ()}, "212", "ED-CDAR-AMOUNT"),
        ({"amounts": (CashedAmount("1", "EUR", ""),)}, "212", "ED-CDAR-AMOUNT"),
        ({"amounts": (CashedAmount("NaN", "EUR", "20"),)}, "212", "ED-CDAR-AMOUNT"),
        ({"is_from_seller": False}, "212", "ED-CDAR-ACTOR"),
        ({}, "200", "ED-CDAR-STATUS"),
        ({}, "999", "ED-CDAR-STATUS"),
    ],
)
def test_what_the_rules_would_refuse_is_refused_before(changes: dict[str, object], code: str, error: str) -> None:
    with pytest.raises(UserError) as caught:
        WRITER.write_cdar(request(code, **changes))
    assert caught.value.code == error


@pytest.mark.parametrize("content", [b"", b"<a/>", b"%PDF-1.7", b"not xml", b"<!DOCTYPE a><a/>"])
def test_what_is_no_message_is_refused(content: bytes) -> None:
    with pytest.raises(UserError) as caught:
        READER.read_lifecycle(content)
    assert caught.value.code == "ED-READ-CDAR"


@pytest.mark.parametrize("stamp", [b"", b"tomorrow", b"20261399999999"])
def test_a_message_without_a_time_is_refused(stamp: bytes) -> None:
    xml = WRITER.write_cdar(request("204")).replace(b">20261015090000<", b">" + stamp + b"<")
    with pytest.raises(UserError):
        READER.read_lifecycle(xml)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20261015090000", datetime(2026, 10, 15, 7, tzinfo=UTC)),
        ("202610150900", datetime(2026, 10, 15, 7, tzinfo=UTC)),
        ("20261015090000+0000", datetime(2026, 10, 15, 9, tzinfo=UTC)),
        ("2026-10-15T09:00:00Z", datetime(2026, 10, 15, 9, tzinfo=UTC)),
        ("2026-10-15T09:00:00.123+02:00", datetime(2026, 10, 15, 7, tzinfo=UTC)),
        ("20261015", datetime(2026, 10, 14, 22, tzinfo=UTC)),
    ],
)
def test_times_without_a_zone_are_paris_times(text: str, expected: datetime) -> None:
    xml = WRITER.write_cdar(request("204")).replace(b">20261015090000<", f">{text}<".encode())
    assert READER.read_lifecycle(xml).event.at == expected


def test_an_unknown_status_is_kept() -> None:
    xml = WRITER.write_cdar(request("204")).replace(b">204<", b">777<")
    assert READER.read_lifecycle(xml).event.label == "Statut 777"
