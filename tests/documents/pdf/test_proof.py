"""The finished file looked at again: each check is made to fail by a real file that lies."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from einvoice_desktop.documents.pdf import ReportlabPdf
from einvoice_desktop.documents.pdf.page import payment_code
from einvoice_desktop.documents.pdf.proof import PypdfProver
from einvoice_desktop.documents.pdf.proof.printed import Presence, Printed, amount, fold
from einvoice_desktop.documents.pdf.proof.scanning import Font, Piece, UnreadableError, pieces_of, unicode_map
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain import vat
from einvoice_desktop.domain.invoice import Invoice, Note, Profile
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.parties import Address, Identifier
from einvoice_desktop.domain.references import Delivery, PrecedingInvoice
from einvoice_desktop.ports.documents import COLUMNS, LANGUAGES, Appearance, PdfProver
from tests.documents.pdf import samples

WRITER = DocumentWriter()
EVERY = {name: invoice for name, invoice in samples.all_samples().items() if invoice.number and invoice.lines}


@pytest.fixture(scope="session")
def prover() -> PypdfProver:
    return PypdfProver()


@pytest.fixture(scope="module")
def file(maker: ReportlabPdf) -> bytes:
    return _made(maker, samples.invoice())


def _made(
    maker: ReportlabPdf, invoice: Invoice, xml_of: Invoice | None = None, look: Appearance = samples.RICH
) -> bytes:
    xml = WRITER.write_cii(xml_of or invoice)
    return maker.make(invoice, look, xml, made_at=samples.MADE_AT)


def test_the_prover_keeps_its_promise(prover: PypdfProver, file: bytes) -> None:
    port: PdfProver = prover
    proof = port.prove(file, WRITER.write_cii(samples.invoice()), samples.invoice())
    assert proof.is_proven
    assert proof.findings == ()


@pytest.mark.parametrize("name", sorted(EVERY))
@pytest.mark.parametrize("look", [samples.PLAIN, samples.RICH], ids=["plain", "rich"])
def test_every_kind_of_document_is_proven(
    maker: ReportlabPdf, prover: PypdfProver, name: str, look: Appearance
) -> None:
    invoice = EVERY[name]
    xml = WRITER.write_cii(invoice)
    proof = prover.prove(maker.make(invoice, look, xml, made_at=samples.MADE_AT), xml, invoice)
    assert proof.is_proven, proof
    assert {finding.code for finding in proof.findings} <= {"ED-PDF-GLYPH"}


@pytest.mark.parametrize("profile", [Profile.MINIMUM, Profile.BASIC_WL, Profile.BASIC, Profile.EXTENDED])
@pytest.mark.parametrize("name", ["references", "discounts", "final_paid", "dollars", "franchise", "direct_debit"])
def test_every_profile_is_proven(maker: ReportlabPdf, prover: PypdfProver, name: str, profile: Profile) -> None:
    invoice = replace(EVERY[name], profile=profile)
    xml = WRITER.write_cii(invoice)
    proof = prover.prove(maker.make(invoice, samples.RICH, xml, made_at=samples.MADE_AT), xml, invoice)
    assert proof.is_proven, proof


LINES = samples.invoice().lines
BUYER, SELLER = samples.BUYER, samples.COMPANY.as_party()
EARLIER = (PrecedingInvoice("F-1", date(2026, 1, 2)),)


def _total(**fields: Any) -> Callable[[Invoice], Invoice]:
    return lambda invoice: replace(invoice, totals=replace(invoice.totals, **fields))


def _line(**fields: Any) -> Callable[[Invoice], Invoice]:
    return lambda invoice: replace(invoice, lines=(replace(invoice.lines[0], **fields), *invoice.lines[1:]))


def _vat(**fields: Any) -> Callable[[Invoice], Invoice]:
    def change(invoice: Invoice) -> Invoice:
        first, *rest = invoice.totals.breakdown
        return replace(invoice, totals=replace(invoice.totals, breakdown=(replace(first, **fields), *rest)))

    return change


def _reason(text: str) -> Callable[[Invoice], Invoice]:
    def change(invoice: Invoice) -> Invoice:
        lines = tuple(replace(line, vat=replace(line.vat, exemption_reason=text)) for line in invoice.lines)
        return replace(_vat(exemption_reason=text)(invoice), lines=lines)

    return change


def _set(**fields: Any) -> Callable[[Invoice], Invoice]:
    return lambda invoice: replace(invoice, **fields)


LIES: list[tuple[str, str, Callable[[Invoice], Invoice]]] = [
    ("simple", "BT-1", _set(number="FA2026-0123")),
    ("simple", "BT-1", _set(number="FA2026-01225")),
    ("simple", "BT-2", _set(issue_date=date(2026, 11, 17))),
    ("simple", "BT-9", _set(due_date=date(2026, 12, 19))),
    ("simple", "BT-9", _set(due_date=None)),
    ("simple", "BT-72", _set(delivery=Delivery(date=date(2026, 11, 15)))),
    ("simple", "BT-27", _set(seller=replace(SELLER, name="Atelier Broussard", contact=None))),
    ("simple", "BT-30", _set(seller=replace(SELLER, legal_id=Identifier("552100555", "0002")))),
    ("simple", "BT-31", _set(seller=replace(SELLER, vat_number="FR83552100555"))),
    ("simple", "BT-44", _set(buyer=replace(BUYER, name="Globex"))),
    ("simple", "BT-44", _set(buyer=replace(BUYER, name="Globex SASU"))),
    ("simple", "BT-47", _set(buyer=replace(BUYER, legal_id=None))),
    ("simple", "BT-48", _set(buyer=replace(BUYER, vat_number="FR44732829321"))),
    ("simple", "BT-13", _set(purchase_order_reference="BC-22910")),
    ("simple", "BT-84", _set(payment=replace(samples.TRANSFER, iban="FR7630006000011234567890188"))),
    ("simple", "BT-84", _set(payment=None)),
    ("simple", "BT-86", _set(payment=replace(samples.TRANSFER, bic="AGRIFRPX"))),
    ("simple", "BT-109", _total(without_vat=Decimal("1000.01"))),
    ("simple", "BT-112", _total(with_vat=Decimal("1200.01"))),
    ("simple", "BT-115", _total(due=Decimal("1200.01"))),
    ("simple", "BT-116", _vat(taxable_amount=Decimal("999.99"))),
    ("simple", "BT-117", _vat(tax_amount=Decimal("200.01"))),
    ("simple", "BT-117", _vat(rate=Decimal(10))),
    ("mixed", "BT-110", _total(vat=Decimal(55))),
    ("discounts", "BT-106", _total(line_net=Decimal("844.49"))),
    ("discounts", "BT-114", _total(rounding=Decimal("0.02"))),
    ("final_paid", "BT-113", _total(paid=Decimal(361))),
    ("dollars", "BT-111", _total(vat_in_accounting_currency=Decimal("170.13"))),
    ("dollars", "BT-109", _set(currency="CAD")),
    ("simple", "BT-131 (1)", _line(net_amount=Decimal(240))),
    ("simple", "BT-153 (1)", _line(name="Rayonnage hêtre sur mesure")),
    ("many_pages", "BT-131 (1)", _line(net_amount=Decimal("7.01"))),
    ("credit_note", "BT-25", _set(preceding=EARLIER)),
    ("reverse_charge", "BT-116", _vat(taxable_amount=Decimal(4201))),
]


@pytest.mark.parametrize(("name", "term", "lie"), LIES, ids=[f"{n}-{t}" for n, t, _ in LIES])
def test_a_page_that_says_something_else_than_its_xml_is_refused(
    maker: ReportlabPdf, prover: PypdfProver, name: str, term: str, lie: Callable[[Invoice], Invoice]
) -> None:
    invoice = EVERY[name]
    xml = WRITER.write_cii(invoice)
    proof = prover.prove(_made(maker, lie(invoice), invoice), xml, invoice)
    assert not proof.is_proven
    told = [finding for finding in proof.findings if finding.params.get("term") == term]
    assert told, proof.findings
    assert all(finding.code in {"ED-PDF-AMOUNT", "ED-PDF-VALUE", "ED-PDF-CODE"} for finding in told)
    assert told[0].params["printed"] != told[0].params["xml"]


@pytest.mark.parametrize(
    ("name", "mention", "lie"),
    [
        ("simple", "Prestation de services", _set(business_process="B1")),
        ("simple", "trois fois le taux", _set(notes=samples.NOTES[:1] + samples.NOTES[2:])),
        ("mixed", "d’après les débits", _set(tax_point=None)),
        ("mixed", "Art. 261-4-4°", _reason("Art. 261")),
        ("corrected", "Annule et remplace la facture n° FA2026-0100", _set(preceding=EARLIER)),
        ("credit_note", "AVOIR", _set(type_code="380")),
        ("self_billed", "Autofacturation", _set(type_code="380")),
        ("franchise", "TVA non applicable, art. 293 B du CGI", _reason("TVA non applicable")),
    ],
)
def test_a_missing_mention_is_named(
    maker: ReportlabPdf, prover: PypdfProver, name: str, mention: str, lie: Callable[[Invoice], Invoice]
) -> None:
    invoice = EVERY[name]
    proof = prover.prove(_made(maker, lie(invoice), invoice), WRITER.write_cii(invoice), invoice)
    missing = [f.params["text"] for f in proof.findings if f.code == "ED-PDF-MENTION"]
    assert any(mention in text for text in missing), proof.findings


def test_what_a_smaller_profile_leaves_to_the_page_contradicts_nothing(
    maker: ReportlabPdf, prover: PypdfProver
) -> None:
    invoice = samples.invoice()
    assert invoice.payment is not None
    small = replace(
        invoice,
        profile=Profile.BASIC,
        tax_point_date=invoice.issue_date,
        payment=replace(invoice.payment, bic="AGRIFRPP"),
    )
    xml = WRITER.write_cii(small)
    assert b"AGRIFRPP" not in xml
    made = maker.make(small, samples.PLAIN, xml, made_at=samples.MADE_AT)
    assert prover.prove(made, xml, small).findings == ()


def test_a_line_too_many_or_too_few_is_counted(maker: ReportlabPdf, prover: PypdfProver) -> None:
    invoice = samples.invoice()
    for lines in (invoice.lines[:1], (*invoice.lines, invoice.lines[0])):
        made = _made(maker, replace(invoice, lines=lines), invoice)
        (found,) = [f for f in prover.prove(made, WRITER.write_cii(invoice), invoice).findings if "LINES" in f.code]
        assert found.params == {"printed": str(len(lines)), "xml": "2"}


def test_a_vat_row_the_xml_does_not_know_is_refused(maker: ReportlabPdf, prover: PypdfProver) -> None:
    invoice = samples.invoice()
    more = replace(invoice.totals.breakdown[0], rate=Decimal(10))
    page = replace(invoice, totals=replace(invoice.totals, breakdown=(*invoice.totals.breakdown, more)))
    proof = prover.prove(_made(maker, page, invoice), WRITER.write_cii(invoice), invoice)
    assert [f.params["xml"] for f in proof.findings if f.params.get("term") == "BT-116"] == ["—"]


def test_an_xml_of_another_document_is_refused(maker: ReportlabPdf, prover: PypdfProver) -> None:
    other = samples.invoice(number="FA2026-0001")
    proof = prover.prove(_made(maker, other), WRITER.write_cii(other), samples.invoice())
    assert [(f.code, f.params["term"]) for f in proof.findings] == [("ED-PDF-OTHER", "BT-1")]


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ("BT-84", _set(payment=replace(samples.TRANSFER, iban="DE89370400440532013000"))),
        ("BT-85", _set(payment=replace(samples.TRANSFER, account_name="Quelqu’un d’autre"))),
        ("BT-86", _set(payment=replace(samples.TRANSFER, bic="BNPAFRPP"))),
        ("BT-83", _set(payment=replace(samples.TRANSFER, remittance="F-9"))),
        ("BT-115", _total(due=Decimal("1200.10"))),
    ],
)
def test_a_code_to_scan_that_says_another_payment_is_refused(
    maker: ReportlabPdf,
    prover: PypdfProver,
    monkeypatch: pytest.MonkeyPatch,
    term: str,
    code: Callable[[Invoice], Invoice],
) -> None:
    """Nobody can see where a code sends the money: only reading it tells."""
    invoice, other = samples.invoice(), payment_code.payment_text(code(samples.invoice()))
    monkeypatch.setattr(payment_code, "payment_text", lambda _: other)
    proof = prover.prove(_made(maker, invoice), WRITER.write_cii(invoice), invoice)
    assert [(f.code, f.params["term"]) for f in proof.findings] == [("ED-PDF-CODE", term)]


@pytest.mark.parametrize(
    ("change", "term"),
    [
        (_set(notes=(*samples.NOTES, Note("Merci 谢谢"))), "BT-22"),
        (_line(description="Bois 木 massif"), "page 1"),
        (_set(buyer=replace(BUYER, address=replace(BUYER.address or Address(), line1="丸の内 1"))), "page 1"),
    ],
    ids=["note", "description", "address"],
)
def test_no_character_is_replaced_in_silence(
    maker: ReportlabPdf, prover: PypdfProver, change: Callable[[Invoice], Invoice], term: str
) -> None:
    invoice = change(samples.invoice())
    proof = prover.prove(_made(maker, invoice), WRITER.write_cii(invoice), invoice)
    assert proof.is_proven
    assert [(f.code, f.params["term"]) for f in proof.findings] == [("ED-PDF-GLYPH", term)]


@pytest.mark.parametrize(
    "lie",
    [
        _set(notes=(*samples.NOTES, Note("Merci de votre visite."))),
        _set(seller=replace(SELLER, legal_information="SARL au capital de 1 000 €, RCS Nantes")),
        _set(notes=(*samples.NOTES, Note("RCS Rennes 1", "ABL"))),
    ],
    ids=["note", "capital", "register"],
)
def test_a_note_or_a_legal_form_that_differs_is_named(
    maker: ReportlabPdf, prover: PypdfProver, lie: Callable[[Invoice], Invoice]
) -> None:
    right = samples.invoice(notes=(*samples.NOTES, Note("Merci de votre confiance."), Note("RCS Rennes 2", "ABL")))
    proof = prover.prove(_made(maker, lie(right), right), WRITER.write_cii(right), right)
    assert {f.code for f in proof.findings} == {"ED-PDF-MENTION"}


def test_a_code_that_cannot_be_read_is_refused(
    maker: ReportlabPdf, prover: PypdfProver, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoice = samples.invoice()
    right = payment_code.matrix(payment_code.payment_text(invoice))
    broken = tuple(tuple(1 - cell for cell in row) if 9 < n < 20 else row for n, row in enumerate(right))
    monkeypatch.setattr(payment_code, "matrix", lambda _: broken)
    proof = prover.prove(_made(maker, invoice), WRITER.write_cii(invoice), invoice)
    assert [f.code for f in proof.findings] == ["ED-PDF-CODE"]
    assert not proof.is_proven


def test_what_the_faces_lack_is_said_without_blocking(maker: ReportlabPdf, prover: PypdfProver) -> None:
    invoice = EVERY["foreign_names"]
    proof = prover.prove(_made(maker, invoice), WRITER.write_cii(invoice), invoice)
    assert proof.is_proven
    assert [(f.code, f.place) for f in proof.findings] == [("ED-PDF-GLYPH", "buyer.name"), ("ED-PDF-GLYPH", "notes")]
    assert proof.findings[0].params["text"] == invoice.buyer.name


# The container


def _edited(content: bytes, edit: Callable[[pypdf.PdfWriter, Any], object]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.pdf_header = "%PDF-1.7"
    edit(writer, writer.root_object)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _fonts(root: Any) -> list[Any]:
    return [font.get_object() for font in root["/Pages"]["/Kids"][0]["/Resources"]["/Font"].values()]


def _with_xmp(root: Any, old: bytes, new: bytes) -> None:
    stream = DecodedStreamObject()
    data = root["/Metadata"].get_data()
    assert old in data
    stream.set_data(data.replace(old, new))
    root[NameObject("/Metadata")] = stream


def _external_page(writer: pypdf.PdfWriter, _: Any) -> None:
    contents: Any = writer.pages[0]["/Contents"]
    contents.get_object()[NameObject("/F")] = TextStringObject("http://example.test/page")


EDITS: dict[str, tuple[str, Callable[[pypdf.PdfWriter, Any], object]]] = {
    "no face": ("ED-PDF-FONT", lambda w, r: [f["/FontDescriptor"].pop("/FontFile2", 0) for f in _fonts(r)[:1]]),
    "no text of a font": ("ED-PDF-FONT-TEXT", lambda w, r: _fonts(r)[0].pop("/ToUnicode")),
    "no intent": ("ED-PDF-INTENT", lambda w, r: r.pop("/OutputIntents")),
    "no profile": ("ED-PDF-INTENT", lambda w, r: r["/OutputIntents"][0].get_object().pop("/DestOutputProfile")),
    "no metadata": ("ED-PDF-XMP", lambda w, r: r.pop("/Metadata")),
    "part 2": ("ED-PDF-XMP", lambda w, r: _with_xmp(r, b"<pdfaid:part>3", b"<pdfaid:part>2")),
    "level A": ("ED-PDF-XMP", lambda w, r: _with_xmp(r, b"conformance>B", b"conformance>A")),
    "other level": ("ED-PDF-XMP", lambda w, r: _with_xmp(r, b"Level>EN 16931", b"Level>EXTENDED")),
    "other name": ("ED-PDF-XMP", lambda w, r: _with_xmp(r, b"FileName>factur-x.xml", b"FileName>xrechnung.xml")),
    "broken metadata": ("ED-PDF-XMP", lambda w, r: _with_xmp(r, b"</rdf:RDF>", b"")),
    "not associated": ("ED-PDF-RELATION", lambda w, r: r.pop("/AF")),
    "no relationship": ("ED-PDF-RELATION", lambda w, r: r["/AF"][0].get_object().pop("/AFRelationship")),
    "two files": ("ED-PDF-ATTACHED", lambda w, r: w.add_attachment("b.xml", b"<b/>")),
    "no file": ("ED-PDF-ATTACHED", lambda w, r: (r.pop("/AF"), r.pop("/Names"))),
    "not in the tree": ("ED-PDF-ATTACHED", lambda w, r: r.pop("/Names")),
    "script": (
        "ED-PDF-ACTIVE",
        lambda w, r: r["/Names"].__setitem__(NameObject("/JavaScript"), DictionaryObject()),
    ),
    "action": (
        "ED-PDF-ACTIVE",
        lambda w, r: r.__setitem__(NameObject("/OpenAction"), DictionaryObject({NameObject("/S"): NameObject("/URI")})),
    ),
    "form": ("ED-PDF-ACTIVE", lambda w, r: r.__setitem__(NameObject("/AcroForm"), DictionaryObject())),
    "outside": ("ED-PDF-ACTIVE", _external_page),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_container_that_is_not_factur_x_is_refused(prover: PypdfProver, file: bytes, name: str) -> None:
    code, edit = EDITS[name]
    xml = WRITER.write_cii(samples.invoice())
    assert prover.prove(_edited(file, lambda w, r: None), xml, samples.invoice()).is_proven
    proof = prover.prove(_edited(file, edit), xml, samples.invoice())
    assert code in {finding.code for finding in proof.findings}
    assert not proof.is_proven


def test_other_bytes_than_the_checked_ones_are_refused(prover: PypdfProver, file: bytes) -> None:
    xml = WRITER.write_cii(samples.invoice())
    proof = prover.prove(file, xml + b"\n", samples.invoice())
    assert [finding.code for finding in proof.findings] == ["ED-PDF-XML"]


def test_a_password_is_refused(prover: PypdfProver, file: bytes) -> None:
    protected = _edited(file, lambda writer, _: writer.encrypt("", "owner", algorithm="RC4-128"))
    proof = prover.prove(protected, WRITER.write_cii(samples.invoice()), samples.invoice())
    assert "ED-PDF-ENCRYPTED" in {finding.code for finding in proof.findings}


def test_another_version_is_refused(prover: PypdfProver, file: bytes) -> None:
    for start in (b"%PDF-2.0", b"%PDX-1.7"):
        proof = prover.prove(start + file[8:], WRITER.write_cii(samples.invoice()), samples.invoice())
        assert "ED-PDF-HEADER" in {finding.code for finding in proof.findings}


# What could not be looked at is never a pass


def test_what_cannot_be_opened_is_not_proven(prover: PypdfProver, file: bytes) -> None:
    xml = WRITER.write_cii(samples.invoice())
    for content in (b"", b"%PDF-1.7\n", file[: len(file) // 2], b"<xml/>"):
        proof = prover.prove(content, xml, samples.invoice())
        assert proof.why_not_checked.startswith("not_opened")
        assert not proof.is_proven


def test_an_xml_that_cannot_be_read_is_not_proven(maker: ReportlabPdf, prover: PypdfProver) -> None:
    made = maker.make(samples.invoice(), samples.PLAIN, b"<broken", made_at=samples.MADE_AT)
    proof = prover.prove(made, b"<broken", samples.invoice())
    assert proof.why_not_checked == "xml_not_read"


def test_text_inside_a_form_is_not_taken_for_read(prover: PypdfProver, file: bytes) -> None:
    def hide(writer: pypdf.PdfWriter, _: Any) -> None:
        form = DecodedStreamObject()
        form.set_data(b"")
        form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
        form[NameObject("/BBox")] = ArrayObject()
        resources: Any = writer.pages[0]["/Resources"]
        resources["/XObject"][NameObject("/Hidden")] = writer._add_object(form)

    proof = prover.prove(_edited(file, hide), WRITER.write_cii(samples.invoice()), samples.invoice())
    assert proof.why_not_checked.startswith("text_not_read")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_never_raises(file: bytes, prover: PypdfProver, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(file) - 1))
    damaged = (
        file[:place] + data.draw(st.binary(min_size=1, max_size=40)) + file[place + data.draw(st.integers(0, 40)) :]
    )
    prover.prove(damaged, WRITER.write_cii(samples.invoice()), samples.invoice())


# Reading what a page shows

FONT = {"/F": Font({bytes([n]): chr(n) for n in range(32, 127)}, dict.fromkeys(range(256), 500.0))}


def _texts(content: bytes) -> list[str]:
    return [piece.text for piece in pieces_of(content, 0, (600, 800), FONT)]


def test_every_way_of_showing_text_is_read() -> None:
    content = (
        b"q 1 0 0 1 10 10 cm BT /F 10 Tf 12 TL 5 700 Td (a\\(b\\)\\101) Tj T* [(c) -200 (d)] TJ (e) ' "
        b'0 0 1 rg 1 2 (f) " <67 68> Tj ET Q'
    )
    pieces = pieces_of(content, 3, (600, 800), FONT)
    assert [p.text for p in pieces] == ["a(b)A", "cd", "e", "fgh"]
    assert pieces[0] == Piece(3, 15, 15 + 5 * 5, 800 - 710, "a(b)A")
    assert pieces[1].right == pytest.approx(15 + 2 * 5 + 2)
    assert [p.baseline for p in pieces] == [90, 102, 114, 126]


def test_furniture_of_the_page_is_told_from_what_the_document_says() -> None:
    content = b"/Artifact BMC BT /F 9 Tf (foot) Tj ET EMC /P <</MCID 0>> BDC BT (told) Tj ET EMC BT (bare) Tj ET"
    assert [p.is_artifact for p in pieces_of(content, 0, (600, 800), FONT)] == [True, False, False]


def test_a_text_in_two_fonts_is_one_text() -> None:
    fonts = {**FONT, "/G": FONT["/F"]}
    content = b"BT 1 0 0 1 5 5 Tm /F 9 Tf (1 2) Tj /G 9 Tf (00) Tj ET BT /F 9 Tf 1 0 0 1 5 40 Tm (other) Tj ET"
    assert [p.text for p in pieces_of(content, 0, (600, 800), fonts)] == ["1 200", "other"]


def test_a_document_of_many_scripts_is_proven(maker: ReportlabPdf, prover: PypdfProver) -> None:
    """More characters than one font of the file can hold: texts go from one to the next in the middle of a word."""
    letters = "".join(chr(c) for c in (*range(0xC0, 0x17F), *range(0x391, 0x3C9), *range(0x410, 0x44F)))
    lines = [samples.line(letters[n : n + 30], "3", "1234.5") for n in range(0, len(letters), 30)]
    invoice = samples.invoice(lines, seller=replace(SELLER, name=letters[:120]))
    proof = prover.prove(_made(maker, invoice), WRITER.write_cii(invoice), invoice)
    assert proof.is_proven, proof


NAMES_OF_TOTALS = (
    "Arrondi",
    "Acompte",
    "Déjà payé",
    "Total HT",
    "Net à payer : 12,00 €",
    "Report",
    "Désignation",
    "TVA 20 %",
)


@pytest.mark.parametrize("word", NAMES_OF_TOTALS)
def test_a_text_that_sounds_like_a_total_is_no_total(maker: ReportlabPdf, prover: PypdfProver, word: str) -> None:
    twenty = vat.standard("20")
    invoice = samples.invoice(
        [samples.line(word, "1", "100"), samples.line("Autre", "2", "50", description=f"{word} : 7,00 €")],
        allowances=(Allowance(Decimal(5), reason=word, vat=twenty),),
        charges=(Allowance(Decimal(3), reason=f"{word} de mars", vat=twenty),),
        notes=(*samples.NOTES, Note(f"{word} : 9,00 €")),
        payment_terms=f"{word} 30 jours",
    )
    proof = prover.prove(_made(maker, invoice), WRITER.write_cii(invoice), invoice)
    assert proof.is_proven, proof


WORDS = st.lists(
    st.sampled_from(
        "abc déf 12 3,45 € / - — ’ « » & < ( \\ [ # % ½ ﬁ ß Ł 谢 ع 🎉 \u200b \u202f Total HT Client n° SIREN TVA Échéance : IBAN BIC "
        "Net à payer Report Désignation".split(" ")
    ),
    min_size=1,
    max_size=14,
).map(" ".join)
LINE = st.builds(
    lambda name, description, quantity, price, rate: samples.line(name, quantity, price, rate, description=description),
    WORDS,
    WORDS | st.just(""),
    st.sampled_from(["1", "2", "-1", "3.5", "1000"]),
    st.decimals(0, 99999, places=4).map(str),
    st.sampled_from(["20", "10", "5.5", "2.1"]),
)


@settings(max_examples=40, deadline=None)
@given(
    lines=st.lists(LINE, min_size=1, max_size=25),
    name=WORDS,
    note=WORDS,
    reason=WORDS,
    columns=st.lists(st.sampled_from(COLUMNS), unique=True),
    language=st.sampled_from(("", *LANGUAGES)),
)
def test_no_text_makes_a_right_page_look_wrong(
    maker: ReportlabPdf,
    prover: PypdfProver,
    lines: list[Line],
    name: str,
    note: str,
    reason: str,
    columns: list[str],
    language: str,
) -> None:
    """A check that cries wolf would keep a right invoice from being issued."""
    invoice = samples.invoice(
        lines,
        buyer=replace(BUYER, name=name),
        notes=(*samples.NOTES, Note(note)),
        allowances=(Allowance(Decimal("0.05"), reason=reason, vat=vat.standard("20")),),
        payment_terms=note,
    )
    look = Appearance(columns=tuple(columns), language=language)
    proof = prover.prove(_made(maker, invoice, look=look), WRITER.write_cii(invoice), invoice)
    assert proof.is_proven, proof


def test_what_no_reader_sees_is_not_printed() -> None:
    assert _texts(b"BT /F 9 Tf 3 Tr 1 0 0 1 5 5 Tm (hidden) Tj 0 Tr (seen) Tj 1 0 0 1 5 -40 Tm (below) Tj ET") == [
        "seen"
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"EMC",
        b"BT /G 9 Tf (x) Tj ET",
        b"BT /F 9 Tf (\\377) Tj ET",
        b"BI /W 1 ID x EI",
        b"Q",
        b"BT 1 0 Tm ET",
        b"BT (a (b) Tj",
    ],
    ids=["end of nothing", "unknown font", "code without text", "image", "restored twice", "matrix", "string"],
)
def test_what_is_not_understood_is_never_passed_over(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        pieces_of(content, 0, (600, 800), FONT)


def test_a_map_to_unicode_in_all_its_forms() -> None:
    texts, length = unicode_map(
        b"1 beginbfchar <01> <0041> endbfchar 2 beginbfrange <02> <04> <0061> <05> <06> [<0078> <0066006C>] endbfrange"
    )
    assert length == 1
    assert "".join(texts[bytes([n])] for n in range(1, 7)) == "Aabcxfl"


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("1\u202f234,56\u00a0€", "1234.56", "€"),
        ("\u22120,07", "-0.07", ""),
        ("180\u202f000\u00a0JPY", "180000", "JPY"),
        ("0,00 €", "0", "€"),
    ],
)
def test_amounts_are_read_as_numbers(text: str, value: str, currency: str) -> None:
    found = amount(text)
    assert found is not None
    assert (found.value, found.currency) == (Decimal(value), currency)


@pytest.mark.parametrize("text", ["", "Total", "12 %", "1 23,4", "18/11/2026", "F-12", "1.5"])
def test_other_texts_are_no_amounts(text: str) -> None:
    assert amount(text) is None


def _printed(*texts: str) -> Printed:
    return Printed([Piece(0, 10, 100, 10.0 * n, text) for n, text in enumerate(texts)])


@pytest.mark.parametrize(
    ("wanted", "presence"),
    [
        ("Globex SAS", Presence.WHOLE),
        ("Globex", Presence.WHOLE),
        ("lobex SAS", Presence.ABSENT),
        ("Globex SA", Presence.ABSENT),
        ("株式 Tokyo", Presence.REPLACED),
        ("Đạt", Presence.ABSENT),
        ("Tuyên Quang", Presence.WHOLE),
        ("Tuyến Quang", Presence.REPLACED),
        ("", Presence.WHOLE),
    ],
)
def test_a_text_is_found_whole_however_it_was_wrapped(wanted: str, presence: Presence) -> None:
    assert _printed("Client Globex", "SAS", "☐☐ Tokyo, Tuyên Quang").presence(wanted) is presence


def test_spaces_and_presentation_forms_do_not_matter() -> None:
    assert fold("ﬁn\u00a0 de\u200b l’œuvre\u2011\u2212") == "findel’œuvre--"


def test_a_note_that_only_starts_alike_is_not_the_note(maker: ReportlabPdf, prover: PypdfProver) -> None:
    invoice = samples.invoice()
    shorter = replace(invoice, notes=(Note(invoice.notes[0].text[:40], "PMT"), *invoice.notes[1:]))
    proof = prover.prove(_made(maker, shorter, invoice), WRITER.write_cii(invoice), invoice)
    assert re.match("Indemnité", next(f.params["text"] for f in proof.findings if f.code == "ED-PDF-MENTION"))


def test_a_text_cut_by_the_foot_of_a_page_is_read_on(maker: ReportlabPdf, prover: PypdfProver) -> None:
    """Wherever the page ends inside a note, a name or the totals, the file is proven."""
    penalty, remark = (" ".join(f"{word}{n}" for n in range(150)) for word in ("mot", "note"))
    for count in (3, 5, 6, 7, 8, 9, 12, 20, 28, 34, 35, 36, 37):
        notes = (Note(penalty, "PMD"), samples.NOTES[0], *samples.NOTES[2:], Note(remark))
        invoice = replace(samples.many_lines(count), notes=notes)
        xml = WRITER.write_cii(invoice)
        proof = prover.prove(maker.make(invoice, samples.RICH, xml, made_at=samples.MADE_AT), xml, invoice)
        assert proof.is_proven, (count, proof)


@pytest.mark.bench
@pytest.mark.parametrize(("count", "limit_ms"), [(1, 60), (300, 400)])
def test_a_file_is_proven_fast_enough(maker: ReportlabPdf, prover: PypdfProver, count: int, limit_ms: float) -> None:
    invoice = samples.many_lines(count)
    xml = WRITER.write_cii(invoice)
    made = maker.make(invoice, samples.RICH, xml, made_at=samples.MADE_AT)
    prover.prove(made, xml, invoice)
    times = []
    for _ in range(9):
        start = time.perf_counter()
        assert prover.prove(made, xml, invoice).is_proven
        times.append((time.perf_counter() - start) * 1000)
    print(f"{count} lines: median {sorted(times)[4]:.1f} ms")
    assert min(times) <= limit_ms
