"""What the official files let pass, caught by checks of our own: each named, at its field, with the weight it deserves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.domain.amount_doubts import find_amount_doubts
from einvoice_desktop.domain.blind_spots import find_doubts
from einvoice_desktop.domain.findings import Severity
from einvoice_desktop.domain.invoice import Invoice, Note
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.money import ZERO, to_amount
from einvoice_desktop.domain.parties import Address, Identifier, Party
from einvoice_desktop.domain.totals import compute_totals, line_net_amount, with_net_amounts
from einvoice_desktop.domain.vat import VatBreakdown, VatTreatment, small_business_exemption, standard
from tests.domain.strategies import invoices, party

LINE = Line("1", "Conseil", Decimal(2), "HUR", Decimal("80.50"), standard("20"), ZERO)
NOTES = (
    Note("Indemnité forfaitaire : 40 €.", "PMT"),
    Note("Trois fois le taux légal.", "PMD"),
    Note("Pas d’escompte.", "AAB"),
    Note("B2B", "BAR"),
)


def document(**changes: object) -> Invoice:
    lines = with_net_amounts((LINE,))
    whole = Invoice(
        number="F2026-0001",
        issue_date=date(2026, 11, 20),
        type_code="380",
        currency="EUR",
        seller=replace(party("Atelier", "732829320"), vat_number="FR44732829320"),
        buyer=replace(party("Globex", "552100554"), vat_number="FR96552100554"),
        lines=lines,
        totals=compute_totals(lines),
        due_date=date(2026, 12, 20),
        business_process="S1",
        notes=NOTES,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def doubts(invoice: Invoice) -> list[tuple[str, str, str]]:
    return [(f.code, f.place, f.severity.value) for f in (*find_doubts(invoice), *find_amount_doubts(invoice))]


def test_nothing_is_doubted_in_a_good_document() -> None:
    assert doubts(document()) == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [("", "error"), (".", "error"), ("   ", "error"), ("…", "error"), ("n/a", "warning"), ("Néant", "warning")],
)
def test_a_legal_mention_says_something(text: str, severity: str) -> None:
    whole = document(notes=(Note(text, "PMT"), *NOTES[1:]))
    assert doubts(whole) == [("ED-NOTE-EMPTY", "notes.0", severity)]


def test_a_consumer_may_be_told_that_a_mention_does_not_apply() -> None:
    texts = tuple(Note("Sans objet (client non professionnel).", code) for code in ("PMT", "PMD", "AAB"))
    assert doubts(document(notes=(*texts, NOTES[3]))) == []


def seller(**changes: object) -> Party:
    return replace(document().seller, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("siren", ["123456789", "732829321"])
def test_the_key_of_a_siren_is_looked_at(siren: str) -> None:
    whole = document(seller=seller(legal_id=Identifier(siren, "0002"), vat_number=""))
    assert doubts(whole) == [("ED-SIREN-KEY", "seller.siren", "warning")]


@pytest.mark.parametrize("siren", ["12345678", "AAAAAAAAA", "1234567890", "12345678٩"])
def test_a_siren_is_nine_digits(siren: str) -> None:
    whole = document(seller=seller(legal_id=Identifier(siren, "0002"), vat_number=""))
    assert doubts(whole) == [("ED-SIREN-SHAPE", "seller.siren", "error")]


def test_nobody_bills_itself() -> None:
    assert doubts(document(buyer=document().seller)) == [("ED-SAME-SIREN", "buyer.siren", "warning")]


GERMANY, GREECE = Address(country="DE"), Address(country="GR")


@pytest.mark.parametrize(
    ("number", "address", "found"),
    [
        ("DE37", GERMANY, [("ED-VAT-NUMBER-KEY", "warning")]),
        ("NL1", Address(country="NL"), [("ED-VAT-NUMBER-KEY", "warning")]),
        ("A", GERMANY, [("ED-VAT-NUMBER-PREFIX", "error")]),
        ("136695976", GERMANY, [("ED-VAT-NUMBER-PREFIX", "error")]),
        ("DE136695976", GERMANY, []),
        ("de 136 695 976", GERMANY, []),
        ("DE136695976", Address(country="NL"), [("ED-VAT-NUMBER-COUNTRY", "warning")]),
        ("EL094259216", GREECE, []),
        ("GB980780684", Address(country="GB"), []),
        ("GB", Address(country="GB"), [("ED-VAT-NUMBER-KEY", "warning")]),
        ("FR96552100554", Address(country="MC"), []),
    ],
)
def test_a_vat_number_is_one(number: str, address: Address, found: list[tuple[str, str]]) -> None:
    buyer = Party("Kunde", address, legal_id=Identifier("HRB 12345"), vat_number=number)
    assert doubts(document(buyer=buyer)) == [(code, "buyer.vat_number", severity) for code, severity in found]


def test_a_french_vat_number_is_that_of_the_siren() -> None:
    wrong_key = document(seller=seller(vat_number="FR45732829320"))
    assert doubts(wrong_key) == [("ED-VAT-NUMBER-KEY", "seller.vat_number", "warning")]
    of_another = document(seller=seller(vat_number="FR96552100554"))
    assert doubts(of_another) == [("ED-VAT-NUMBER-SIREN", "seller.vat_number", "warning")]


@pytest.mark.parametrize(("value", "is_wrong"), [("1", True), ("587451236587", True), ("5790000436101", False)])
def test_the_key_of_a_gln_is_looked_at(value: str, *, is_wrong: bool) -> None:
    whole = document(seller=seller(identifiers=(Identifier(value, "0088"),)))
    assert doubts(whole) == [("ED-GLN-KEY", "seller.identifiers.0", "warning")] * is_wrong


def test_an_identifier_of_one_letter_is_none() -> None:
    buyer = replace(document().buyer, identifiers=(Identifier("X"), Identifier("2"), Identifier("X", "0060")))
    places = [("ED-IDENTIFIER-SHORT", f"buyer.identifiers.{index}", "warning") for index in (0, 2)]
    assert doubts(document(buyer=buyer)) == places, "a customer number may be « 2 »"
    foreign = Party("Kunde", GERMANY, legal_id=Identifier("X"))
    assert doubts(document(buyer=foreign)) == [("ED-IDENTIFIER-SHORT", "buyer.legal_id", "warning")]


@pytest.mark.parametrize(("value", "is_wrong"), [("XX", True), ("DGFIP", True), ("732829320", False)])
def test_the_tax_registration_of_a_french_seller_is_its_siren(value: str, *, is_wrong: bool) -> None:
    whole = document(seller=seller(tax_registration=value))
    assert doubts(whole) == [("ED-TAX-REGISTRATION", "seller.tax_registration", "warning")] * is_wrong


def test_the_day_to_pay_is_known() -> None:
    assert doubts(document(due_date=None)) == [("ED-DUE-MISSING", "due_date", "warning")]
    assert doubts(document(due_date=None, payment_terms="30 jours")) == []
    credit = document(due_date=None, type_code="381")
    assert doubts(credit) == [], "nobody pays a credit note"


def test_a_deposit_to_be_paid_is_not_due_before_it_exists() -> None:
    early = document(type_code="386", due_date=date(2026, 11, 1))
    assert doubts(early) == [("ED-DUE-BEFORE-ISSUE", "due_date", "warning")]
    assert doubts(replace(early, business_process="S2")) == [], "already paid: the day of payment"


@pytest.mark.parametrize(
    ("treatment", "is_wrong"),
    [
        (VatTreatment("Z", Decimal("20.00")), True),
        (VatTreatment("E", Decimal("5.5"), "Article 261"), True),
        (VatTreatment("O", Decimal(20)), True),
        (VatTreatment("S", Decimal("0.00")), True),
        (VatTreatment("Z", Decimal("0.00")), False),
        (small_business_exemption(), False),
        (VatTreatment("O", None, "Débours"), False),
    ],
)
def test_a_category_goes_with_its_rate(treatment: VatTreatment, *, is_wrong: bool) -> None:
    lines = with_net_amounts((replace(LINE, vat=treatment),))
    found = doubts(document(lines=lines, totals=compute_totals(lines)))
    places = ["lines.0.vat", f"totals.breakdown.{treatment.category}"]
    assert found == [("ED-VAT-RATE-CATEGORY", place, "error") for place in places] * is_wrong


def test_an_exemption_gives_its_reason() -> None:
    lines = with_net_amounts((replace(LINE, vat=VatTreatment("E", ZERO)),))
    whole = document(lines=lines, totals=compute_totals(lines))
    assert doubts(whole) == [("ED-EXEMPTION-REASON", "totals.breakdown.E", "error")]


def test_net_of_tax_is_for_credit_notes() -> None:
    lines = with_net_amounts((replace(LINE, vat=VatTreatment("E", ZERO, "Avoir net de taxe", "VATEX-FR-CNWVAT")),))
    whole = document(lines=lines, totals=compute_totals(lines))
    assert doubts(whole) == [("ED-VATEX-CREDIT-ONLY", "type_code", "error")]
    assert doubts(replace(whole, type_code="381")) == []


def test_a_specification_is_known() -> None:
    assert doubts(document(profile="urn:factur-x.eu:2p0:ultimate")) == [("ED-PROFILE-UNKNOWN", "", "error")]
    peppol = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
    assert doubts(document(profile=peppol)) == []


def test_two_french_companies_say_that_they_are() -> None:
    assert doubts(document(notes=NOTES[:3])) == [("ED-TREATMENT-MISSING", "notes", "info")]


@pytest.mark.parametrize(
    ("stated", "severity"), [("161.00", None), ("161.01", "warning"), ("160.98", "warning"), ("162.00", "error")]
)
def test_a_line_is_its_quantity_by_its_price(stated: str, severity: str | None) -> None:
    line = replace(LINE, net_amount=Decimal(stated))
    found = doubts(document(lines=(line,), totals=compute_totals((line,))))
    assert found == ([("ED-LINE-AMOUNT", "lines.0.net_amount", severity)] if severity else [])


def test_the_vat_of_a_rate_is_right_to_the_cent() -> None:
    """BR-CO-17 tolerates a euro; rounding each line moves it by half a cent a line at most."""

    def found(vat: str) -> list[tuple[str, str, str]]:
        group = VatBreakdown("S", Decimal(20), Decimal("161.00"), Decimal(vat))
        return doubts(document(totals=replace(document().totals, breakdown=(group,))))

    assert found("32.20") == []
    assert found("32.21") == [("ED-VAT-AMOUNT", "totals.breakdown.S-20", "warning")]
    assert found("33.10") == [("ED-VAT-AMOUNT", "totals.breakdown.S-20", "error")]


def test_a_credit_note_gives_money_back() -> None:
    lines = with_net_amounts((replace(LINE, quantity=Decimal(-2)),))
    credit = document(type_code="381", lines=lines, totals=compute_totals(lines))
    assert doubts(credit) == [("ED-CREDIT-NEGATIVE", "totals.with_vat", "error")]
    mixed = with_net_amounts((replace(LINE, quantity=Decimal(5)), replace(LINE, quantity=Decimal(-1))))
    assert doubts(document(type_code="381", lines=mixed, totals=compute_totals(mixed))) == []


@given(invoices())
def test_no_amount_that_we_compute_is_ever_doubted(invoice: Invoice) -> None:
    found = find_amount_doubts(replace(invoice, type_code="380"))
    assert found == ()


HUGE = st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e30"), max_value=Decimal("1e30"))


@given(HUGE, HUGE, st.none() | HUGE, HUGE, st.none() | HUGE, st.text(max_size=20))
def test_whatever_was_read_can_be_doubted(
    quantity: Decimal, price: Decimal, base: Decimal | None, amount: Decimal, rate: Decimal | None, text: str
) -> None:
    line = Line(
        "1", text, quantity, text, price, VatTreatment(text, rate), amount, base_quantity=base,
        allowances=(Allowance(amount),),
    )  # fmt: skip
    totals = replace(document().totals, breakdown=(VatBreakdown(text, rate, amount, price),), with_vat=amount)
    odd = Party(text, identifiers=(Identifier(text, "0088"),), legal_id=Identifier(text, "0002"), vat_number=text)
    whole = document(lines=(line,), totals=totals, seller=odd, buyer=odd, notes=(Note(text, "PMT"),), currency=text)
    assert all(finding.code.startswith(("ED-", "BR-FR-09")) for finding in find_doubts(whole))
    assert all(finding.severity in set(Severity) for finding in find_amount_doubts(whole))


def test_the_gap_is_told_with_what_it_should_be() -> None:
    line = replace(LINE, net_amount=Decimal("162.00"))
    (found,) = find_amount_doubts(document(lines=(line,)))
    assert found.suggested_value == "161.00" == f"{to_amount(line_net_amount(line, 'EUR')):f}"
    assert found.params == {"stated": "162.00", "computed": "161.00"}
