"""Documents of every kind, for the tests of the printed page."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from einvoice_desktop.domain import vat
from einvoice_desktop.domain.invoice import Attachment, Invoice, Note, PaymentInstructions, Profile, TaxPoint
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.parties import Address, Company, Contact, Identifier, Party
from einvoice_desktop.domain.references import Delivery, Period, PrecedingInvoice
from einvoice_desktop.domain.totals import compute_totals, with_net_amounts
from einvoice_desktop.ports.documents import Appearance

MADE_AT = datetime(2026, 11, 18, 9, 12, 30, tzinfo=UTC)
XML = b"<?xml version='1.0' encoding='UTF-8'?>\n<rsm:CrossIndustryInvoice xmlns:rsm='urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100'/>\n"
COMPANY = Company(
    id="c",
    name="Atelier Brossard",
    siren="552100554",
    siret="55210055400013",
    address=Address("12 rue des Lilas", postal_code="44000", city="Nantes"),
    vat_number="FR83552100554",
    legal_form="SARL",
    share_capital="10 000 €",
    registry_city="Nantes",
    email="bonjour@atelier-brossard.fr",
    phone="02 40 00 00 00",
    iban="FR7630006000011234567890189",
    bic="AGRIFRPP",
    account_name="Atelier Brossard SARL",
)
BUYER = Party(
    name="Globex SAS",
    address=Address("10 place Vendôme", postal_code="75001", city="Paris"),
    identifiers=(Identifier("73282932000074", "0009"),),
    legal_id=Identifier("732829320", "0002"),
    vat_number="FR44732829320",
    electronic_address=Identifier("732829320", "0225"),
    contact=Contact("Service comptabilité"),
)
NOTES = (
    Note(COMPANY.recovery_note, "PMT"),
    Note(COMPANY.late_penalty_note, "PMD"),
    Note(COMPANY.discount_note, "AAB"),
    Note("B2B", "BAR"),
)
TRANSFER = PaymentInstructions("58", iban=COMPANY.iban, bic=COMPANY.bic, account_name=COMPANY.account_name)


def line(name: str, quantity: str, price: str, rate: str | vat.VatTreatment = "20", **fields: Any) -> Line:
    treatment = vat.standard(rate) if isinstance(rate, str) else rate
    fields = {"unit": "C62", **fields}
    return Line("1", name, Decimal(quantity), net_price=Decimal(price), vat=treatment, net_amount=Decimal(0), **fields)


def invoice(lines: Iterable[Line] = (), **fields: Any) -> Invoice:
    """An invoice whose totals follow from its lines."""
    kept = tuple(lines) or (line("Rayonnage chêne sur mesure", "2", "380"), line("Pose (demi-journée)", "1", "240"))
    currency = fields.get("currency", "EUR")
    computed = with_net_amounts((replace(item, id=str(n)) for n, item in enumerate(kept, 1)), currency)
    given = {key: fields.pop(key) for key in ("paid", "rounding", "vat_in_accounting_currency") if key in fields}
    totals = compute_totals(
        computed,
        allowances=fields.get("allowances", ()),
        charges=fields.get("charges", ()),
        currency=currency,
        **given,
    )
    usual: dict[str, Any] = {
        "number": "FA2026-0122",
        "issue_date": date(2026, 11, 18),
        "due_date": date(2026, 12, 18),
        "type_code": "380",
        "currency": "EUR",
        "seller": COMPANY.as_party(),
        "buyer": BUYER,
        "business_process": "S1",
        "notes": NOTES,
        "payment": TRANSFER,
        "delivery": Delivery(date=date(2026, 11, 16)),
        "purchase_order_reference": "BC-2291",
    }
    return Invoice(lines=computed, totals=totals, **{**usual, **fields})


def many_lines(count: int) -> Invoice:
    """``count`` lines, one in seven with a description."""
    return invoice(
        [
            line(
                f"Article {n}",
                f"{n % 9 + 1}",
                f"{n * 3 + 0.5:.2f}",
                "20" if n % 3 else "5.5",
                unit="H87" if n % 2 else "HUR",
                description="Finition huilée, livré monté, notice en français." if n % 7 == 0 else "",
            )
            for n in range(1, count + 1)
        ]
    )


def png(width: int = 300, height: int = 90, mode: str = "RGBA") -> bytes:
    """A logo: two coloured shapes on a transparent ground."""
    from PIL import Image, ImageDraw

    grounds: dict[str, Any] = {"RGBA": (0, 0, 0, 0), "RGB": (255, 255, 255), "L": 255, "CMYK": (0, 0, 0, 0)}
    marks: dict[str, Any] = {"RGBA": (14, 124, 102, 255), "RGB": (14, 124, 102), "L": 90, "CMYK": (200, 20, 90, 10)}
    mark = marks[mode]
    image = Image.new(mode, (width, height), grounds[mode])
    drawing = ImageDraw.Draw(image)
    drawing.ellipse((4, 4, height - 4, height - 4), fill=mark)
    drawing.rectangle((height + 10, height // 3, width - 6, 2 * height // 3), fill=mark)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG" if mode == "CMYK" else "PNG")
    return buffer.getvalue()


def noise_jpeg() -> bytes:
    """A photograph-like picture, which does not compress."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.effect_noise((1200, 500), 90).convert("RGB").save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


SOLE_TRADER = replace(
    COMPANY,
    name="Claire Martin",
    legal_form="EI",
    share_capital="",
    registry_city="",
    vat_number="",
    vat_on_debits=False,
)
GERMAN = Party(
    name="Müller & Söhne GmbH",
    address=Address("Königstraße 12", postal_code="70173", city="Stuttgart", country="DE"),
    legal_id=Identifier("HRB 12345", ""),
    vat_number="DE136695976",
    electronic_address=Identifier("DE136695976", "9930"),
)
PERSON = Party("Zoé Lefèvre", Address("3 quai de la Fosse", postal_code="44000", city="Nantes"))
B2C_NOTES = (*(Note("Sans objet (client non professionnel).", s) for s in ("PMT", "PMD", "AAB")), Note("B2C", "BAR"))
FRANCHISE = vat.small_business_exemption()


def _deposit_and_final() -> dict[str, Invoice]:
    before = PrecedingInvoice("FA2026-0098", date(2026, 10, 2), "386")
    return {
        "deposit": invoice(
            [line("Acompte de 30 % sur devis DEV-2026-0031", "1", "300")],
            type_code="386",
            number="FA2026-0098",
            delivery=None,
        ),
        "final_line": invoice(
            [
                line("Rayonnage chêne sur mesure", "2", "380"),
                line("Pose", "1", "240"),
                line("Acompte FA2026-0098", "-1", "300"),
            ],
            business_process="S4",
            preceding=(before,),
        ),
        "final_paid": invoice(business_process="S4", preceding=(before,), paid=Decimal(360)),
        "deposit_credit": invoice(type_code="503", number="AV2026-0004", preceding=(before,), payment=None),
    }


def _corrections() -> dict[str, Invoice]:
    first = PrecedingInvoice("FA2026-0100", date(2026, 10, 10))
    return {
        "credit_note": invoice(type_code="381", number="AV2026-0003", preceding=(first,), due_date=None),
        "corrected": invoice(type_code="384", preceding=(first,)),
        "self_billed": invoice(type_code="389", number="GLX-2026-7"),
        "self_billed_credit": invoice(type_code="261", number="GLX-AV-2", preceding=(first,)),
        "rebate": invoice(
            type_code="262",
            number="AV2026-0009",
            contract_reference="CT-12",
            delivery=Delivery(period=Period(date(2026, 1, 1), date(2026, 12, 31))),
        ),
        "factored": invoice(type_code="393", payee=Party("Factor & Cie", legal_id=Identifier("552081317", "0002"))),
    }


def _tax_cases() -> dict[str, Invoice]:
    return {
        "franchise": invoice([line("Séance photo", "3.5", "60", FRANCHISE, unit="HUR")], seller=SOLE_TRADER.as_party()),
        "reverse_charge": invoice([line("Sous-traitance BTP", "1", "4200", vat.reverse_charge(), unit="LS")]),
        "intra_eu": invoice(
            [line("Table Ångström", "4", "1250", vat.intra_community())], buyer=GERMAN, business_process="B1"
        ),
        "export": invoice([line("Conception", "12", "650", vat.export(), unit="DAY")], business_process="S1"),
        "out_of_scope": invoice([line("Débours", "1", "85.20", vat.out_of_scope())]),
        "mixed": invoice(
            [
                line("Fournitures", "12.5", "18.40", "20", unit="KGM"),
                line("Livres", "7", "22.75", "5.5"),
                line("Transport", "1", "90", "10", unit="LS"),
                line(
                    "Formation",
                    "2",
                    "400",
                    vat.VatTreatment("E", Decimal(0), "Art. 261-4-4° du CGI", "VATEX-FR-CGI261-4"),
                ),
            ],
            tax_point=TaxPoint.INVOICE,
            business_process="M1",
        ),
        "margin": invoice(
            [line("Buffet ancien", "1", "1800", vat.VatTreatment("E", Decimal(0), None, "VATEX-EU-F"))],
            business_process="B1",
        ),
        "dollars": invoice(
            currency="USD", accounting_currency="EUR", vat_in_accounting_currency=Decimal("170.12"), payment=TRANSFER
        ),
        "yen": invoice([line("設計 Design", "1", "180000", vat.export())], currency="JPY"),
    }


def _other_cases() -> dict[str, Invoice]:
    vat20 = vat.standard("20")
    return {
        "simple": invoice(),
        "draft": invoice(number=""),
        "consumer": invoice(buyer=PERSON, notes=B2C_NOTES, business_process="M1", payment=PaymentInstructions("48")),
        "already_paid": invoice(
            business_process="B2", paid=Decimal(1200), due_date=date(2026, 11, 18), payment=PaymentInstructions("48")
        ),
        "direct_debit": invoice(
            payment=PaymentInstructions(
                "59", mandate="RUM-2026-88", creditor_id="FR12ZZZ123456", debited_account="FR7630006000011234567890189"
            )
        ),
        "discounts": invoice(
            [
                line(
                    "Étagère",
                    "10",
                    "84.9",
                    allowances=(Allowance(Decimal("84.90"), Decimal(849), Decimal(10)),),
                    description="Chêne massif, 120 × 30 cm",
                    seller_item_id="ETA-120",
                ),
                line(
                    "Vis inox",
                    "2500",
                    "3.215",
                    base_quantity=Decimal(100),
                    gross_price=Decimal("3.5"),
                    price_discount=Decimal("0.285"),
                ),
            ],
            allowances=(Allowance(Decimal(50), reason="Remise fidélité", percentage=Decimal(5), vat=vat20),),
            charges=(Allowance(Decimal(15), reason="Frais de port", vat=vat20),),
            rounding=Decimal("0.01"),
        ),
        "references": invoice(
            contract_reference="CT-2026-12",
            buyer_reference="SERVICE-ACHATS-7",
            project_reference="Rénovation du siège",
            despatch_advice_reference="BL-7781",
            tender_or_lot_reference="LOT 3",
            buyer_accounting_reference="6068",
            delivery=Delivery(
                name="Dépôt Globex",
                date=date(2026, 11, 16),
                address=Address("ZI des Six Chemins, quai 4", postal_code="59000", city="Lille"),
            ),
            notes=(*NOTES, Note("Merci de votre confiance."), Note("Eco-contribution DEEE incluse : 0,40 €", "BLU")),
            attachments=(Attachment("BL-7781", "BON_LIVRAISON", filename="bl-7781.pdf"),),
            payment_terms="30 jours fin de mois",
            tax_representative=Party(
                "Fiscalis", Address("1 rue X", postal_code="75002", city="Paris"), vat_number="FR83552100554"
            ),
        ),
        "long_texts": invoice(
            [
                line("A" * 120, "1", "10", description="Texte " * 80 + "fin."),
                line("Anticonstitutionnellement-" * 6, "99999.9999", "123456.789123", unit="E48"),
            ]
        ),
        "foreign_names": invoice(
            buyer=replace(BUYER, name="Łódź Übersetzungsbüro Ağrı d.o.o. — شركة 株式会社 🚀", address=GERMAN.address),
            notes=(*NOTES, Note("Ελληνικά, Русский, Türkçe, čeština, Tiếng Việt, ﬁn\u200b, tab\there, emoji 👩‍💻")),
        ),
        "two_pages": many_lines(40),
        "many_pages": many_lines(300),
        "no_lines": replace(invoice(), lines=(), profile=Profile.BASIC_WL),
    }


def all_samples() -> dict[str, Invoice]:
    """Every kind of document by name."""
    return _other_cases() | _deposit_and_final() | _corrections() | _tax_cases()


PLAIN = Appearance()
RICH = Appearance(
    logo=png(),
    colour="#B4322A",
    footer="Atelier ouvert du mardi au samedi · www.atelier-brossard.fr",
    watermark="SANDBOX",
)
