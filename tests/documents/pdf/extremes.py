"""Documents at the limits: what must still be readable, and one that holds every business term."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from einvoice_desktop.domain import vat
from einvoice_desktop.domain.invoice import Attachment, Invoice, Note, PartyRole, Profile, TaxPoint, ThirdParty
from einvoice_desktop.domain.lines import Allowance, Classification
from einvoice_desktop.domain.parties import Address, Contact, Identifier, Party
from einvoice_desktop.domain.references import Delivery, Period, PrecedingInvoice
from tests.documents.pdf import samples

WORDS = "Étude d’exécution et plans d’atelier de la charpente en chêne massif assemblée à tenons et mortaises "
RATES = ("20", "10", "5.5", "2.1", "8.5", "1.75", "1.05", "0.9")
EXEMPT = vat.VatTreatment("E", Decimal(0), "Exonération de TVA, art. 261-4-4° du CGI", "VATEX-FR-CGI261-4")


def extremes() -> dict[str, Invoice]:
    """Each limit a page must bear."""
    long_name = (WORDS * 6)[:500].strip()
    return {
        "long_name": samples.invoice(
            [samples.line(long_name, "1", "10", description=(WORDS * 30)[:1800]), samples.line("Court", "2", "5")],
            seller=replace(samples.COMPANY.as_party(), name=long_name[:240], trading_name=long_name[:120]),
            buyer=replace(samples.BUYER, name=long_name[:200], trading_name=long_name[:150]),
        ),
        "long_note": samples.invoice(notes=(*samples.NOTES, Note((WORDS * 25)[:2000]), Note(WORDS, "PAI"))),
        "right_to_left": samples.invoice(
            [samples.line("خدمات استشارية", "1", "100"), samples.line("שירותי ייעוץ 🎉", "1", "50")],
            buyer=replace(samples.BUYER, name="شركة المثال للتجارة"),
        ),
        "largest": samples.invoice(
            [
                samples.line("Barrage hydroélectrique", "1", "123456789012345.67", unit="LS"),
                samples.line("Turbines", "99999.9999", "1234567.891234", unit="H87"),
                samples.line("Remise exceptionnelle", "-1", "999999999999.99", unit="LS"),
            ],
            allowances=(
                Allowance(
                    Decimal("888888888888.88"),
                    Decimal("1777777777777.76"),
                    Decimal(50),
                    "Remise",
                    vat=vat.standard("20"),
                ),
            ),
        ),
        "eight_rates": samples.invoice(
            [samples.line(f"Article à {rate} %", "3", "1234.5", rate) for rate in RATES]
            + [samples.line("Formation", "1", "400", EXEMPT)],
            business_process="M1",
        ),
        "every_discount": samples.invoice(
            [
                samples.line(
                    "Panneaux",
                    "40",
                    "99.99",
                    allowances=(
                        Allowance(Decimal("199.98"), Decimal("3999.60"), Decimal(5), "Remise de quantité"),
                        Allowance(Decimal(20), reason="Geste commercial"),
                    ),
                    charges=(Allowance(Decimal(15), reason="Découpe"),),
                )
            ],
            allowances=(
                Allowance(Decimal(100), reason="Remise de fin d’année", vat=vat.standard("20")),
                Allowance(Decimal(50), Decimal(1000), Decimal(5), "Remise fidélité", vat=vat.standard("20")),
            ),
            charges=(
                Allowance(Decimal(30), reason="Transport", vat=vat.standard("20")),
                Allowance(Decimal(12), reason="Emballage", vat=vat.standard("20")),
            ),
            paid=Decimal(1000),
            rounding=Decimal("-0.01"),
        ),
        "everything": everything(),
    }


def everything() -> Invoice:
    """A document that holds every business term of EN 16931 a page can show, and those of the French extension."""
    company = samples.COMPANY.as_party()
    item = samples.line(
        "Panneau de chêne",
        "2500",
        "3.215",
        "20",
        unit="H87",
        description="Épaisseur 27 mm, séché",
        note="Livré sur palette",
        base_quantity=Decimal(100),
        base_quantity_unit="H87",
        gross_price=Decimal("3.5"),
        price_discount=Decimal("0.285"),
        allowances=(Allowance(Decimal("8.04"), Decimal("80.38"), Decimal(10), "Remise de gros"),),
        charges=(Allowance(Decimal("4.50"), reason="Coupe"),),
        period=Period(date(2026, 11, 2), date(2026, 11, 13)),
        object_id=Identifier("COMPTEUR-9", "AFL"),
        order_line_reference="L-44",
        accounting_reference="6022",
        seller_item_id="PAN-27",
        buyer_item_id="CH-0027",
        standard_item_id=Identifier("3456789012340", "0160"),
        classifications=(Classification("44191000", "STI", "19"),),
        origin_country="SE",
        attributes=(("Essence", "Quercus robur"),),
        order_reference="BC-2292",
        despatch_advice_reference="BL-7782",
        delivery=Delivery(
            "Chantier Nord",
            date=date(2026, 11, 12),
            address=Address("8 quai Neuf", postal_code="59140", city="Dunkerque"),
        ),
        preceding=PrecedingInvoice("FA2026-0098", date(2026, 10, 2), "386"),
        parent_id="1",
    )
    training = vat.VatTreatment("E", Decimal(0), "Art. 261-4-4° du CGI", "VATEX-FR-CGI261-4")
    return samples.invoice(
        [item, samples.line("Formation", "2", "400", training, unit="DAY")],
        number="FA2026-0130",
        profile=Profile.EXTENDED_CTC_FR,
        business_process="M4",
        tax_point=TaxPoint.INVOICE,
        tax_point_date=None,
        buyer_reference="SERVICE-ACHATS-7",
        project_reference="Rénovation du siège",
        contract_reference="CT-2026-12",
        sales_order_reference="CV-1180",
        receiving_advice_reference="REC-55",
        despatch_advice_reference="BL-7781",
        tender_or_lot_reference="LOT 3",
        invoiced_object=Identifier("LIGNE-0102030405", "ABT"),
        buyer_accounting_reference="6068",
        payment_terms="30 jours fin de mois",
        preceding=(PrecedingInvoice("FA2026-0098", date(2026, 10, 2), "386"),),
        seller=replace(
            company,
            trading_name="Brossard & Fils",
            contact=Contact("Anne Brossard", "02 40 00 00 00", "anne@atelier-brossard.fr"),
        ),
        buyer=replace(
            samples.BUYER,
            trading_name="Globex Bois",
            identifiers=(*samples.BUYER.identifiers, Identifier("ACHATS_7", "0224"), Identifier("GLX-77", "0088")),
            electronic_address=Identifier("732829320_ACHATS7", "0225"),
            contact=Contact("Paul Martin", "01 40 00 00 00", "paul@globex.fr"),
            address=Address("10 place Vendôme", "Bâtiment C", "Étage 4", "75001", "Paris", "Île-de-France"),
        ),
        payee=Party(
            "Factor & Cie", legal_id=Identifier("552081317", "0002"), identifiers=(Identifier("FAC-9", "0088"),)
        ),
        tax_representative=Party(
            "Fiscalis", Address("1 rue X", postal_code="75002", city="Paris"), vat_number="FR83552100554"
        ),
        delivery=Delivery(
            "Dépôt Globex",
            Identifier("3456780000016", "0088"),
            date(2026, 11, 16),
            Period(date(2026, 11, 1), date(2026, 11, 30)),
            Address("ZI des Six Chemins", "Quai 4", "Portail B", "59000", "Lille"),
        ),
        payment=replace(samples.TRANSFER, remittance="RF18 5390 0754 7034", means_text="Virement"),
        allowances=(Allowance(Decimal(50), Decimal(1000), Decimal(5), "Remise fidélité", "95", vat.standard("20")),),
        charges=(Allowance(Decimal(15), reason="Frais de port", vat=vat.standard("20")),),
        paid=Decimal(360),
        rounding=Decimal("0.01"),
        notes=(*samples.NOTES, Note("Merci de votre confiance."), Note("Eco-contribution DEEE : 0,40 €", "BLU")),
        attachments=(
            Attachment("BL-7781", "BON_LIVRAISON", filename="bl-7781.pdf"),
            Attachment("PLAN-3", "DOCUMENT_ANNEXE", url="https://globex.fr/plan-3"),
        ),
        third_parties=(ThirdParty(PartyRole.PAYER, Party("Groupe Globex", legal_id=Identifier("552081317", "0002"))),),
    )
