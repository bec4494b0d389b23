"""The mentions the law wants on a page, one test for each row of the list (CGI ann. II art. 242 nonies A, C. com.…).

Each document is also proven against its own XML: what the page says and what is sent agree.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from einvoice_desktop.documents.pdf import ReportlabPdf
from einvoice_desktop.documents.pdf.proof import PypdfProver
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain import vat
from einvoice_desktop.domain.invoice import Invoice, Note, Profile, TaxPoint
from einvoice_desktop.domain.lines import Allowance
from einvoice_desktop.domain.parties import Address, Identifier, Party
from einvoice_desktop.domain.references import Delivery, Period, PrecedingInvoice
from einvoice_desktop.ports.documents import Appearance
from tests.documents.pdf import samples
from tests.documents.pdf.reading import flat_text

SELLER = samples.COMPANY.as_party()
EARLIER = PrecedingInvoice("FA2026-0100", date(2026, 10, 10))
DEPOSIT = PrecedingInvoice("FA2026-0098", date(2026, 10, 2), "386")


@dataclass(frozen=True)
class Case:
    """A row of the list, a document it concerns, and what its page says and does not say."""

    row: str
    invoice: Invoice
    says: tuple[str, ...]
    never: tuple[str, ...] = ()
    look: Appearance = samples.PLAIN


def _exempt(reason: str | None, code: str) -> vat.VatTreatment:
    return vat.VatTreatment("E", Decimal(0), reason, code)


def _sold(name: str, treatment: vat.VatTreatment, **fields: object) -> Invoice:
    return samples.invoice([samples.line(name, "1", "1000", treatment)], **fields)


def _seller(**fields: object) -> Party:
    return replace(SELLER, **fields)  # type: ignore[arg-type]  # fields of a party, checked by the class


CASES = [
    Case(
        "1 parties",
        samples.invoice(),
        (
            "Atelier Brossard 12 rue des Lilas 44000 Nantes SIREN 552 100 554",
            "Globex SAS",
            "10 place Vendôme 75001 Paris",
        ),
    ),
    Case("2 SIREN of the buyer", samples.invoice(), ("SIREN 732 829 320",)),
    Case(
        "3 delivery address",
        samples.invoice(
            business_process="B1",
            delivery=Delivery(
                "Dépôt", date=date(2026, 11, 16), address=Address("ZI Nord", postal_code="59000", city="Lille")
            ),
        ),
        ("Adresse de livraison Dépôt ZI Nord 59000 Lille", "Date de livraison 16/11/2026"),
    ),
    Case("4 goods", samples.invoice(business_process="B1"), ("Nature de l’opération Livraison de biens",)),
    Case("4 services", samples.invoice(business_process="S1"), ("Nature de l’opération Prestation de services",)),
    Case(
        "4 both",
        samples.invoice(business_process="M1"),
        ("Nature de l’opération Livraison de biens et prestation de services",),
    ),
    Case(
        "5 debits",
        samples.invoice(tax_point=TaxPoint.INVOICE),
        ("Option pour le paiement de la taxe d’après les débits",),
    ),
    Case("6 VAT numbers", samples.invoice(), ("TVA FR83 552 100 554", "TVA FR44 732 829 320")),
    Case(
        "7 tax representative",
        samples.invoice(
            tax_representative=Party(
                "Fiscalis", Address("1 rue X", postal_code="75002", city="Paris"), vat_number="FR83552100554"
            )
        ),
        ("Représentant fiscal : Fiscalis, 1 rue X, 75002 Paris, TVA FR83 552 100 554",),
    ),
    Case(
        "7 VAT group",
        samples.invoice(
            seller=_seller(identifiers=(*SELLER.identifiers, Identifier("732829320", "0231"))),
            notes=(*samples.NOTES, Note("MEMBRE_ASSUJETTI_UNIQUE", "TXD")),
        ),
        ("Membre d’un assujetti unique", "SIREN de l’assujetti unique : 732 829 320"),
        ("MEMBRE_",),
    ),
    Case("8 date and number", samples.invoice(), ("n° FA2026-0122", "Date d’émission 18/11/2026")),
    Case(
        "9 lines",
        samples.invoice([samples.line("Câble", "12.5", "3.215", "5.5", unit="MTR")]),
        ("Câble 12,5 m 3,215 5,5 % 40,19",),
    ),
    Case(
        "10 discounts",
        samples.invoice(
            [
                samples.line(
                    "Étagère",
                    "10",
                    "84.9",
                    allowances=(Allowance(Decimal("84.90"), Decimal(849), Decimal(10), "Remise de gros"),),
                )
            ],
            allowances=(Allowance(Decimal(50), reason="Remise fidélité", vat=vat.standard("20")),),
        ),
        ("Remise de gros (10 % de 849,00 €) : − 84,90 €", "Remise fidélité (TVA 20 %) −50,00 €"),
    ),
    Case("11 end of service", samples.invoice(), ("Date de prestation 16/11/2026",)),
    Case(
        "11 subscription",
        samples.invoice(delivery=Delivery(period=Period(date(2026, 11, 1), date(2026, 11, 30)))),
        ("Période du 01/11/2026 au 30/11/2026",),
    ),
    Case(
        "12 totals by rate",
        samples.invoice([samples.line("A", "1", "100", "20"), samples.line("B", "1", "100", "5.5")]),
        (
            "Total HT 200,00 €",
            "TVA 20 % sur 100,00 € 20,00 €",
            "TVA 5,5 % sur 100,00 € 5,50 €",
            "Total TVA 25,50 €",
            "Total TTC 225,50 €",
        ),
    ),
    Case(
        "13 franchise",
        samples.invoice([samples.line("Séance", "1", "60", samples.FRANCHISE)], seller=samples.SOLE_TRADER.as_party()),
        ("TVA non applicable, art. 293 B du CGI", "Désignation Quantité PU HT Total HT", "Net à payer 60,00 €"),
        ("Total TTC", "TVA 0 %", "Exonéré"),
    ),
    Case(
        "13 exempt",
        _sold("Formation", _exempt("Exonération de TVA, art. 261-4-4° du CGI", "VATEX-FR-CGI261-4")),
        ("art. 261-4-4° du CGI", "Exonéré de TVA sur 1 000,00 €"),
    ),
    Case(
        "13 export",
        _sold("Machine", vat.export(), business_process="B1"),
        ("Exonération de TVA, art. 262, I du CGI", "Exportation exonérée sur 1 000,00 €"),
    ),
    Case(
        "13 services outside the Union",
        _sold(
            "Conseil",
            replace(vat.export(), exemption_reason="TVA non applicable, art. 259-1 du CGI"),
            business_process="S1",
        ),
        ("TVA non applicable, art. 259-1 du CGI", "Prestation hors de l’Union européenne sur 1 000,00 €"),
    ),
    Case(
        "13 goods to another member state",
        _sold("Table", vat.intra_community(), buyer=samples.GERMAN, business_process="B1"),
        ("Exonération de TVA, art. 262 ter, I du CGI", "TVA DE136695976", "Livraison intracommunautaire exonérée"),
    ),
    Case("13 out of scope", _sold("Débours", vat.out_of_scope()), ("Hors champ de la TVA sur 1 000,00 €",)),
    Case(
        "13 net of tax",
        _sold("Ristourne", _exempt(None, "VATEX-FR-CNWVAT"), type_code="381", preceding=(EARLIER,)),
        ("Avoir net de taxe",),
    ),
    Case(
        "13 several reasons",
        samples.invoice(
            [
                samples.line("Formation", "1", "100", _exempt("Art. 261-4-4° du CGI", "VATEX-FR-CGI261-4")),
                samples.line("Assurance", "1", "100", _exempt("Art. 261 C-2° du CGI", "VATEX-FR-CGI261C-2")),
            ],
            profile=Profile.EXTENDED,
        ),
        ("Art. 261-4-4° du CGI", "Art. 261 C-2° du CGI"),
    ),
    Case(
        "14 reverse charge",
        _sold("Gros œuvre", vat.reverse_charge()),
        ("Autoliquidation sur 1 000,00 €", "Mention fiscale Autoliquidation"),
    ),
    Case(
        "14 services to another member state",
        _sold("Conseil", vat.VatTreatment("AE", Decimal(0), "Art. 283-2 du CGI", "VATEX-EU-AE"), buyer=samples.GERMAN),
        ("Autoliquidation – Art. 283-2 du CGI",),
    ),
    Case("15 self-billing", samples.invoice(type_code="389"), ("AUTOFACTURE", "Autofacturation"), ("scannez",)),
    *(
        Case(
            f"16 {code}",
            _sold("Pièce", _exempt(None, code), business_process="B1"),
            (text, "Régime de la marge sur 1 000,00 €"),
            ("TVA 0 %", "Total TTC"),
        )
        for code, text in (
            ("VATEX-EU-D", "Régime particulier – Agences de voyages"),
            ("VATEX-EU-F", "Régime particulier – Biens d’occasion"),
            ("VATEX-EU-I", "Régime particulier – Objets d’art"),
            ("VATEX-EU-J", "Régime particulier – Objets de collection et d’antiquité"),
        )
    ),
    Case(
        "17 terms between businesses",
        samples.invoice(payment_terms="30 jours fin de mois"),
        ("Échéance 18/12/2026", "30 jours fin de mois", "40 €", "trois fois le taux d'intérêt légal", "escompte"),
    ),
    Case("18 order", samples.invoice(purchase_order_reference="BC-77"), ("Commande BC-77",)),
    Case("19 form, capital, register", samples.invoice(), ("SARL au capital de 10 000 €, RCS Nantes",)),
    Case(
        "19 as notes",
        samples.invoice(
            seller=_seller(legal_information=""),
            notes=(*samples.NOTES, Note("SAS au capital de 5 000 €", "REG"), Note("RCS Rennes 552 100 554", "ABL")),
        ),
        ("SAS au capital de 5 000 €", "RCS Rennes 552 100 554"),
    ),
    Case("20 sole trader", samples.invoice(seller=samples.SOLE_TRADER.as_party()), ("Claire Martin EI",)),
    Case(
        "20 sole trader said otherwise",
        samples.invoice(seller=_seller(name="Claire Martin", legal_information="Entrepreneur individuel")),
        ("Claire Martin EI",),
    ),
    Case(
        "22 insurance of craftsmen",
        samples.invoice(),
        ("Décennale n° 12, Mutuelle des Artisans, 5 rue X, 75015 Paris, France métropolitaine",),
        look=Appearance(footer="Décennale n° 12, Mutuelle des Artisans, 5 rue X, 75015 Paris, France métropolitaine"),
    ),
    Case(
        "23 éco-participation",
        samples.invoice(
            [samples.line("Lampe", "1", "40", note="dont éco-participation DEEE : 0,12 €")],
            notes=(*samples.NOTES, Note("Eco-participation (L. 541-10 du code de l’environnement) : 0,12 €", "BLU")),
        ),
        ("dont éco-participation DEEE : 0,12 €", "Éco-participation : Eco-participation (L. 541-10"),
    ),
    Case(
        "24 corrective",
        samples.invoice(type_code="384", preceding=(EARLIER,)),
        ("FACTURE RECTIFICATIVE", "Annule et remplace la facture n° FA2026-0100 du 10/10/2026"),
    ),
    Case(
        "24 credit note",
        samples.invoice(type_code="381", preceding=(EARLIER,)),
        ("AVOIR", "Avoir sur facture n° FA2026-0100 du 10/10/2026", "Net de l’avoir"),
        ("Net à payer", "scannez"),
    ),
    Case("24 deposit", samples.invoice(type_code="386"), ("FACTURE D’ACOMPTE", "Date de versement 16/11/2026")),
    Case(
        "24 credit of a deposit",
        samples.invoice(type_code="503", preceding=(DEPOSIT,)),
        ("AVOIR SUR FACTURE D’ACOMPTE", "Avoir sur facture d’acompte n° FA2026-0098 du 02/10/2026"),
    ),
    Case(
        "24 balance",
        samples.invoice(business_process="S4", preceding=(DEPOSIT,), paid=Decimal(360)),
        (
            "FACTURE DE SOLDE",
            "Facture d’acompte n° FA2026-0098 du 02/10/2026",
            "Acompte déjà versé −360,00 €",
            "Net à payer 840,00 €",
        ),
    ),
    Case(
        "25 private customer",
        samples.invoice(buyer=samples.PERSON, notes=samples.B2C_NOTES),
        ("Total TTC 1 200,00 € dont total HT 1 000,00 € dont TVA 20 % sur 1 000,00 € 200,00 €",),
        ("Indemnité", "pénalité", "Sans objet", "SIREN 732"),
    ),
    Case(
        "26 VAT of another country",
        samples.invoice([samples.line("Billet", "1", "100", "10")], seller=_seller(vat_number="DE136695976")),
        ("TVA (Allemagne) 10 % sur 100,00 € 10,00 €",),
    ),
    Case(
        "foreign currency",
        samples.invoice(currency="USD", accounting_currency="EUR", vat_in_accounting_currency=Decimal("170.12")),
        ("Montants en USD", "Montant de la TVA en euros : 170,12 €", "1 USD = 0,8506 €", "Net à payer 1 200,00 USD"),
        ("scannez",),
    ),
    Case("rounding", samples.invoice(rounding=Decimal("-0.01")), ("Arrondi −0,01 €", "Net à payer 1 199,99 €")),
    Case("partly paid", samples.invoice(paid=Decimal(200)), ("Déjà payé −200,00 €", "Net à payer 1 000,00 €")),
    Case(
        "paid",
        samples.invoice(business_process="S2", paid=Decimal(1200), due_date=date(2026, 11, 18)),
        ("Date de paiement 18/11/2026", "Facture déjà réglée", "Réglé le 18/11/2026", "Net à payer 0,00 €"),
        ("scannez", "À régler"),
    ),
    Case(
        "retention",
        samples.invoice(notes=(*samples.NOTES, Note("5 % retenus jusqu’au 18/11/2027", "ABU"))),
        ("Retenue de garantie : 5 % retenus",),
    ),
    Case(
        "factoring",
        samples.invoice(
            type_code="393",
            notes=(*samples.NOTES, Note("Créance cédée à Factor & Cie", "ACC")),
            payee=Party("Factor & Cie"),
        ),
        ("FACTURE AFFACTURÉE", "Affacturage : Créance cédée", "Bénéficiaire Factor & Cie"),
    ),
    Case(
        "price for 100",
        samples.invoice([samples.line("Vis", "2500", "3.215", base_quantity=Decimal(100))]),
        ("Prix pour 100 unités", "80,38"),
    ),
    Case(
        "VAT on payment", samples.invoice(tax_point=TaxPoint.PAYMENT), ("TVA exigible à l’encaissement",), ("débits",)
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.row for case in CASES])
def test_the_mentions_of_the_row_are_on_the_page(maker: ReportlabPdf, case: Case) -> None:
    xml = DocumentWriter().write_cii(case.invoice)
    made = maker.make(case.invoice, case.look, xml, made_at=samples.MADE_AT)
    page = flat_text(made)
    assert [text for text in case.says if text not in page] == []
    assert [text for text in case.never if text in page] == []
    proof = PypdfProver().prove(made, xml, case.invoice)
    assert proof.is_proven, proof
