"""Invoices to write and read back: one that uses every term of the domain, and random ones of moderate size."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from einvoice_desktop.domain.invoice import (
    Account,
    Attachment,
    Invoice,
    Note,
    PartyRole,
    PaymentInstructions,
    Profile,
    TaxPoint,
    ThirdParty,
)
from einvoice_desktop.domain.lines import Allowance, Classification, Line
from einvoice_desktop.domain.parties import Address, Contact, Identifier, Party
from einvoice_desktop.domain.references import Delivery, Period, PrecedingInvoice
from einvoice_desktop.domain.totals import compute_totals, with_net_amounts
from einvoice_desktop.domain.vat import VatTreatment, reverse_charge, small_business_exemption, standard

SELLER = Party(
    name="Atelier Lefèvre EI",
    address=Address("12 rue des Lilas", "Bâtiment B", "Appt 4", "69003", "Lyon", "Rhône", "FR"),
    trading_name="Studio Lilas",
    identifiers=(Identifier("S-12"), Identifier("10000000900017", "0009")),
    legal_id=Identifier("100000009", "0002"),
    vat_number="FR88100000009",
    legal_information="EI – dispensée d'immatriculation",
    electronic_address=Identifier("100000009_STATUTS", "0225"),
    contact=Contact("Claire Lefèvre", "+33 4 78 00 00 00", "claire@lilas.example"),
)
BUYER = Party(
    name="Le Client & Fils",
    address=Address("1 rue du client", "", "", "06000", "Nice", "", "FR"),
    trading_name="Client Nice",
    identifiers=(Identifier("20000000800012", "0009"),),
    legal_id=Identifier("200000008", "0002"),
    vat_number="FR37200000008",
    electronic_address=Identifier("200000008", "0225"),
    contact=Contact("Comptabilité", "", "compta@client.example"),
)


def complete_invoice() -> Invoice:
    """A document with a value in every term both syntaxes can carry."""
    line = Line(
        id="1",
        name="Conseil",
        quantity=Decimal("7.5"),
        unit="HUR",
        net_price=Decimal("80.123456"),
        vat=standard("20"),
        net_amount=Decimal(0),
        description="Accompagnement « reprise »",
        note="Deux séances\nen visio",
        base_quantity=Decimal(2),
        base_quantity_unit="HUR",
        gross_price=Decimal("85.123456"),
        price_discount=Decimal(5),
        allowances=(Allowance(Decimal(10), Decimal(100), Decimal(10), "Remise fidélité", "95"),),
        charges=(Allowance(Decimal("2.5"), reason="Dossier", reason_code="AAA"),),
        period=Period(date(2026, 10, 1), date(2026, 10, 31)),
        object_id=Identifier("OBJ-1", "AFL"),
        order_line_reference="10",
        accounting_reference="604",
        seller_item_id="ART-1",
        buyer_item_id="CLI-9",
        standard_item_id=Identifier("3760000000017", "0160"),
        classifications=(Classification("80101500", "TST", "24"), Classification("4567", "HS")),
        origin_country="FR",
        attributes=(("Couleur", "Rouge"), ("Poids", "2 kg")),
    )
    other = replace(line, id="2", name="Livre", vat=standard("5.5"), allowances=(), charges=(), object_id=None)
    exempt = Line("3", "Formation", Decimal(1), "C62", Decimal("99.99"), small_business_exemption(), Decimal(0))
    lines = with_net_amounts((line, other, exempt))
    allowances = (Allowance(Decimal(20), Decimal(200), Decimal(10), "Remise", "95", standard("20")),)
    charges = (Allowance(Decimal(15), reason="Port", reason_code="FC", vat=standard("20")),)
    totals = compute_totals(lines, allowances=allowances, charges=charges, paid=Decimal(50), rounding=Decimal("0.01"))
    return Invoice(
        number="F2026-0001",
        issue_date=date(2026, 11, 2),
        type_code="380",
        currency="EUR",
        seller=SELLER,
        buyer=BUYER,
        lines=lines,
        totals=totals,
        business_process="M1",
        tax_point=TaxPoint.INVOICE,
        due_date=date(2026, 12, 2),
        buyer_reference="SERVICE-7",
        project_reference="PRJ",
        contract_reference="CT-9",
        purchase_order_reference="PO-4711",
        sales_order_reference="CMD-3",
        receiving_advice_reference="BR-1",
        despatch_advice_reference="BL-1",
        tender_or_lot_reference="LOT-2",
        invoiced_object=Identifier("CPT-77", "AFL"),
        buyer_accounting_reference="ANALYTIQUE",
        payment_terms="Paiement à 30 jours nets",
        notes=(Note("Indemnité … 40 €.", "PMT"), Note("B2B", "BAR"), Note("#Merci# de votre confiance")),
        preceding=(PrecedingInvoice("F2026-0000", date(2026, 10, 1)),),
        payee=Party("Factor SA", identifiers=(Identifier("123", "0088"),), legal_id=Identifier("300000007", "0002")),
        tax_representative=Party(
            "Représentant", Address("2 av. X", "", "", "75001", "Paris"), vat_number="FR00300000007"
        ),
        delivery=Delivery(
            "Entrepôt",
            Identifier("4000001", "0088"),
            date(2026, 10, 30),
            Period(date(2026, 10, 1), date(2026, 10, 31)),
            Address("2 quai du port", "", "", "06300", "Nice"),
        ),
        payment=PaymentInstructions(
            means_code="58",
            means_text="Virement",
            remittance="F2026-0001",
            iban="FR7630006000011234567890189",
            account_name="Lefèvre",
            bic="AGRIFRPP",
            mandate="MANDAT-1",
            creditor_id="FR12ZZZ123456",
            debited_account="FR7630006000011234567890189",
            card_number="1234",
            card_holder="C. LEFEVRE",
            other_accounts=(Account("DE89370400440532013000", "COBADEFF", "Lefèvre GmbH"),),
        ),
        allowances=allowances,
        charges=charges,
        attachments=(
            Attachment(
                "BL-77", "BON_LIVRAISON", content=b"%PDF-1.4 x", media_type="application/pdf", filename="bl.pdf"
            ),
            Attachment("LIEN", "DOCUMENT_ANNEXE", url="https://exemple.fr/doc"),
        ),
    )


def compliant_invoice() -> Invoice:
    """The same, as France accepts it in every profile that may be an invoice: no official rule fires."""
    invoice = complete_invoice()
    subjects = {"PMT": "Indemnité de 40 €", "PMD": "Trois fois le taux légal", "AAB": "Pas d’escompte", "BAR": "B2B"}
    totals = compute_totals(
        invoice.lines, allowances=invoice.allowances, charges=invoice.charges, paid=invoice.totals.paid
    )
    return replace(
        invoice,
        seller=replace(invoice.seller, identifiers=invoice.seller.identifiers[1:]),
        notes=tuple(Note(text, subject) for subject, text in subjects.items()),
        totals=totals,
        attachments=invoice.attachments[:1],
    )


# What XML keeps: no control character, and blanks at either end are trimmed on reading (as on writing).
_ALPHABET = st.characters(
    min_codepoint=32,
    max_codepoint=0x2FFF,
    blacklist_characters="\u2063",
    blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cn"),
)
texts = st.text(_ALPHABET, min_size=1, max_size=12)
maybe_text = st.one_of(st.just(""), texts)
tokens = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", min_size=1, max_size=10)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
quantities = st.decimals(Decimal(-9999), Decimal(9999), places=4)
prices = st.decimals(Decimal(0), Decimal(99999), places=6)
amounts = st.decimals(Decimal(0), Decimal(9999), places=2)
treatments = st.sampled_from(
    [*(standard(rate) for rate in ("20", "10", "5.5", "2.1")), small_business_exemption(), reverse_charge()]
)
identifiers = st.builds(Identifier, tokens, st.sampled_from(["", "0002", "0009", "0088"]))
schemed = st.builds(Identifier, tokens, st.sampled_from(["0002", "0225", "0088"]))
# Classifications of one list stand together in the dictionary of the library: one version each keeps their order.
classifications = st.builds(Classification, texts, st.sampled_from(["TST", "HS", "STI"]), st.just("24"))
attachments = st.one_of(
    st.builds(Attachment, texts, maybe_text, maybe_text),
    st.builds(
        Attachment,
        texts,
        maybe_text,
        maybe_text,
        content=st.binary(min_size=1, max_size=30),
        media_type=st.just("application/pdf"),
        filename=st.just("bl.pdf"),
    ),
)
periods = st.one_of(
    st.none(),
    st.builds(Period, days, days),
    st.builds(Period, days, st.none()),
    st.builds(Period, st.none(), days),
)
addresses = st.builds(Address, *[maybe_text] * 6, country=st.sampled_from(["FR", "DE", "US", "GF"]))


@st.composite
def parties(draw: st.DrawFn, *, is_seller: bool = False) -> Party:
    contact = draw(st.one_of(st.none(), st.builds(Contact, texts, maybe_text, maybe_text)))
    return Party(
        name=draw(texts),
        address=draw(st.one_of(st.none(), addresses)),
        trading_name=draw(maybe_text),
        # A CII lists identifiers without a scheme first; repeated schemes come last (tested apart).
        identifiers=tuple(
            sorted(draw(st.lists(identifiers, max_size=3, unique_by=lambda i: i.scheme)), key=lambda i: bool(i.scheme))
        ),
        legal_id=draw(st.one_of(st.none(), identifiers)),
        vat_number=draw(st.one_of(st.just(""), st.just("FR88100000009"))),
        tax_registration=draw(st.one_of(st.just(""), tokens)) if is_seller else "",
        legal_information=draw(maybe_text) if is_seller else "",
        electronic_address=draw(st.one_of(st.none(), schemed)),
        contact=contact,
    )


def _allowances(vat: st.SearchStrategy[VatTreatment | None]) -> st.SearchStrategy[list[Allowance]]:
    return st.lists(
        st.builds(
            Allowance, amounts, st.one_of(st.none(), amounts), st.one_of(st.none(), amounts), texts, maybe_text, vat
        ),
        max_size=2,
    )


@st.composite
def lines(draw: st.DrawFn) -> Line:
    unit = draw(st.sampled_from(["C62", "HUR", "KGM"]))
    base = draw(st.one_of(st.none(), st.decimals(Decimal(1), Decimal(100), places=0)))
    net, discount = draw(prices), draw(st.one_of(st.none(), st.decimals(Decimal("0.01"), Decimal(9), places=2)))
    return Line(
        id=draw(tokens),
        name=draw(texts),
        quantity=draw(quantities),
        unit=unit,
        net_price=net,
        vat=draw(treatments),
        net_amount=Decimal(0),
        description=draw(maybe_text),
        note=draw(maybe_text),
        base_quantity=base,
        base_quantity_unit="" if base is None else draw(st.sampled_from([unit, "TNE"])),
        gross_price=None if discount is None else net + discount,
        price_discount=discount,
        allowances=tuple(draw(_allowances(st.none()))),
        charges=tuple(draw(_allowances(st.none()))),
        period=draw(periods),
        object_id=draw(st.one_of(st.none(), identifiers)),
        order_line_reference=draw(maybe_text),
        accounting_reference=draw(maybe_text),
        seller_item_id=draw(maybe_text),
        buyer_item_id=draw(maybe_text),
        standard_item_id=draw(st.one_of(st.none(), schemed)),
        classifications=tuple(
            draw(st.lists(classifications, max_size=3, unique_by=lambda code: (code.list_id, code.list_version)))
        ),
        origin_country=draw(st.sampled_from(["", "FR"])),
        attributes=tuple(draw(st.lists(st.tuples(texts, texts), max_size=2))),
    )


@st.composite
def _payees(draw: st.DrawFn) -> Party:
    whole = draw(parties())
    return Party(whole.name, identifiers=whole.identifiers, legal_id=whole.legal_id)


_representatives = st.builds(Party, texts, addresses, vat_number=st.sampled_from(["", "FR88100000009"]))


@st.composite
def payments(draw: st.DrawFn) -> PaymentInstructions:
    iban = draw(st.sampled_from(["", "FR7630006000011234567890189", "NOT-AN-IBAN"])).replace("-", "")
    other = st.builds(
        Account, st.sampled_from(["DE89370400440532013000", "123 45"]), st.sampled_from(["", "COBADEFF"]), maybe_text
    )
    others = draw(st.lists(other, max_size=2))
    card = draw(st.one_of(st.just(""), tokens))
    return PaymentInstructions(
        means_code=draw(st.sampled_from(["30", "58", "59", "48"])),
        means_text=draw(maybe_text),
        remittance=draw(maybe_text),
        iban=iban,
        account_name=draw(maybe_text) if iban else "",
        bic="AGRIFRPP" if iban else "",
        card_number=card,
        card_holder=draw(maybe_text) if card else "",
        mandate=draw(st.one_of(st.just(""), tokens)),
        creditor_id=draw(st.one_of(st.just(""), tokens)),
        debited_account=draw(st.sampled_from(["", "FR7630006000011234567890189"])),
        other_accounts=tuple(others) if iban else (),
    )


@st.composite
def deliveries(draw: st.DrawFn) -> Delivery | None:
    address = draw(st.one_of(st.none(), addresses))
    place = draw(st.one_of(st.none(), identifiers)) if address else None
    delivery = Delivery(draw(maybe_text), place, draw(st.one_of(st.none(), days)), draw(periods), address)
    return delivery if delivery != Delivery() else None


@st.composite
def invoices(draw: st.DrawFn) -> Invoice:
    """Invoices as the forms can make them: totals computed, exemptions the same for all lines of a group."""
    type_code = draw(st.sampled_from(["380", "381", "386", "384", "389", "261"]))
    all_lines = with_net_amounts(draw(st.lists(lines(), min_size=1, max_size=4)))
    allowances, charges = tuple(draw(_allowances(_document_vat))), tuple(draw(_allowances(_document_vat)))
    currency, accounting = draw(st.sampled_from([("EUR", ""), ("USD", "EUR"), ("JPY", "EUR")]))
    payment = draw(st.one_of(st.none(), payments()))
    is_credit_note = type_code in {"381", "261"}
    return Invoice(
        number=draw(tokens),
        issue_date=draw(days),
        type_code=type_code,
        currency=currency,
        accounting_currency=accounting,
        seller=draw(parties(is_seller=True)),
        buyer=draw(parties()),
        lines=all_lines,
        totals=compute_totals(
            all_lines,
            allowances=allowances,
            charges=charges,
            currency=currency,
            paid=draw(amounts),
            rounding=draw(st.sampled_from([Decimal(0), Decimal("0.01"), Decimal(-1)])),
            vat_in_accounting_currency=draw(amounts) if accounting else None,
        ),
        business_process=draw(st.sampled_from(["", "S1", "B2"])),
        tax_point_date=draw(st.one_of(st.none(), days)),
        tax_point=draw(st.one_of(st.none(), st.sampled_from(TaxPoint))),
        due_date=None if is_credit_note and payment is None else draw(st.one_of(st.none(), days)),
        buyer_reference=draw(maybe_text),
        project_reference=draw(maybe_text),
        contract_reference=draw(maybe_text),
        purchase_order_reference=draw(st.one_of(st.just(""), tokens.filter(lambda text: text != "NA"))),
        sales_order_reference=draw(maybe_text),
        receiving_advice_reference=draw(maybe_text),
        despatch_advice_reference=draw(maybe_text),
        tender_or_lot_reference=draw(maybe_text),
        invoiced_object=draw(st.one_of(st.none(), identifiers)),
        buyer_accounting_reference=draw(maybe_text),
        payment_terms=draw(maybe_text),
        notes=tuple(draw(st.lists(st.builds(Note, texts, st.sampled_from(["", "PMT", "AAB"])), max_size=3))),
        preceding=tuple(draw(st.lists(st.builds(PrecedingInvoice, tokens, st.one_of(st.none(), days)), max_size=2))),
        payee=draw(st.one_of(st.none(), _payees())),
        tax_representative=draw(st.one_of(st.none(), _representatives)),
        delivery=draw(deliveries()),
        payment=payment,
        allowances=allowances,
        charges=charges,
        attachments=tuple(draw(st.lists(attachments, max_size=2))),
    )


_document_vat = treatments


@st.composite
def extended_invoices(draw: st.DrawFn) -> Invoice:
    """The same, with what only extended profiles hold in some of the lines and some third parties."""
    invoice = draw(invoices())
    before = st.builds(PrecedingInvoice, tokens, st.one_of(st.none(), days), st.sampled_from(["", "386"]))
    # A document does not precede itself; in UBL such a reference says how its lines stand to each other.
    before = before.filter(lambda earlier: earlier.number != invoice.number)
    some_lines = tuple(
        replace(
            line,
            order_reference=draw(maybe_text),
            despatch_advice_reference=draw(maybe_text),
            delivery=draw(_line_deliveries()),
            preceding=draw(st.one_of(st.none(), before)),
            parent_id=draw(st.one_of(st.just(""), tokens)),
            status=draw(st.sampled_from(["", "GROUP", "DETAIL", "INFORMATION"])),
        )
        for line in invoice.lines
    )
    roles = draw(st.sets(st.sampled_from(PartyRole), max_size=2)) if invoice.payment else set()
    return replace(
        invoice,
        profile=draw(st.sampled_from([Profile.EXTENDED, Profile.EXTENDED_CTC_FR])),
        lines=some_lines,
        preceding=tuple(draw(st.lists(before, max_size=2))),
        third_parties=tuple(ThirdParty(role, draw(parties())) for role in sorted(roles)),
    )


@st.composite
def _line_deliveries(draw: st.DrawFn) -> Delivery | None:
    delivery = draw(deliveries())
    if delivery is None or replace(delivery, period=None) == Delivery():
        return None
    return replace(delivery, period=None)
