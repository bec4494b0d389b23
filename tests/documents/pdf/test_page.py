"""What a customer and an accountant read on the page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from einvoice_desktop.documents.pdf import ReportlabPdf
from einvoice_desktop.domain.invoice import Note, TaxPoint
from einvoice_desktop.domain.references import Delivery, PrecedingInvoice
from tests.documents.pdf import samples
from tests.documents.pdf.reading import flat_text, open_pdf, text_of

GOLDEN = Path(__file__).parent / "data"
EVERY = samples.all_samples()


@pytest.mark.parametrize("name", sorted(set(EVERY) - {"many_pages"}))
def test_the_text_of_each_kind_is_the_golden_one(maker: ReportlabPdf, update_golden: bool, name: str) -> None:
    found = text_of(maker.render(EVERY[name], samples.RICH))
    golden = GOLDEN / f"{name}.txt"
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("simple", ["FACTURE", "n° FA2026-0122", "18/11/2026", "Échéance 18/12/2026", "Date de prestation 16/11/2026"]),
        ("simple", ["SIREN 552 100 554", "TVA FR83 552 100 554", "SIREN 732 829 320", "SARL au capital de 10 000 €"]),
        ("simple", ["Nature de l’opération Prestation de services", "Commande BC-2291", "RCS Nantes"]),
        ("simple", ["TVA 20 % sur 1 000,00 €", "Net à payer 1 200,00 €", "IBAN FR76 3000 6000 0112 3456 7890 189"]),
        ("simple", ["Indemnité forfaitaire", "trois fois le taux d'intérêt légal", "escompte", "Page 1 / 1"]),
        ("franchise", ["TVA non applicable, art. 293 B du CGI", "Claire Martin EI", "Net à payer 210,00 €"]),
        ("credit_note", ["AVOIR", "Avoir sur facture n° FA2026-0100 du 10/10/2026", "Net de l’avoir"]),
        ("corrected", ["FACTURE RECTIFICATIVE", "Annule et remplace la facture n° FA2026-0100 du 10/10/2026"]),
        ("self_billed", ["AUTOFACTURE", "Autofacturation"]),
        ("self_billed_credit", ["AVOIR AUTOFACTURÉ", "Avoir sur facture n° FA2026-0100", "Autofacturation"]),
        ("deposit", ["FACTURE D’ACOMPTE"]),
        ("deposit_credit", ["AVOIR SUR FACTURE D’ACOMPTE", "Avoir sur facture d’acompte n° FA2026-0098"]),
        ("final_paid", ["Facture d’acompte n° FA2026-0098 du 02/10/2026", "Acompte déjà versé −360,00 €"]),
        ("final_line", ["−1 unité", "−300,00"]),
        ("reverse_charge", ["Autoliquidation", "Autoliquidation sur 4 200,00 €"]),
        ("intra_eu", ["art. 262 ter, I du CGI", "TVA DE136695976", "Allemagne", "Livraison de biens"]),
        ("export", ["art. 262, I du CGI"]),
        ("out_of_scope", ["Hors champ de la TVA"]),
        ("margin", ["Régime particulier – Biens d’occasion"]),
        ("mixed", ["Option pour le paiement de la taxe d’après les débits", "TVA 5,5 % sur 159,25 €", "Total TVA"]),
        ("mixed", ["Livraison de biens et prestation de services", "12,5 kg", "1 forfait"]),
        ("dollars", ["1 200,00 USD", "Montant de la TVA en euros : 170,12 €", "Montants en USD"]),
        ("yen", ["180 000 JPY"]),
        ("discounts", ["−10 %", "Remise fidélité 5 % (TVA 20 %) −50,00 €", "Frais de port", "Arrondi 0,01 €"]),
        ("discounts", ["Prix pour 100 unités", "Réf. ETA-120", "Total des lignes HT 844,48 €"]),
        (
            "references",
            ["Contrat CT-2026-12", "Adresse de livraison Dépôt Globex", "59000 Lille", "30 jours fin de mois"],
        ),
        (
            "references",
            ["Merci de votre confiance.", "Éco-participation : Eco-contribution DEEE", "Représentant fiscal"],
        ),
        (
            "already_paid",
            ["Date de paiement 18/11/2026", "Facture déjà réglée par carte bancaire", "Réglé le 18/11/2026"],
        ),
        ("direct_debit", ["Règlement par prélèvement SEPA", "RUM-2026-88", "FR12ZZZ123456"]),
        ("factored", ["FACTURE AFFACTURÉE", "Bénéficiaire Factor & Cie · SIREN 552 081 317"]),
        ("rebate", ["AVOIR DE REMISE GLOBALE", "du 01/01/2026 au 31/12/2026", "Contrat CT-12"]),
        ("draft", ["Numéro attribué à l’émission"]),
        ("no_lines", ["ne comporte pas le détail des lignes"]),
    ],
)
def test_the_mentions_of_each_kind_are_printed(maker: ReportlabPdf, name: str, expected: list[str]) -> None:
    page = flat_text(maker.render(EVERY[name], samples.PLAIN))
    assert [text for text in expected if text not in page] == []


def test_a_private_customer_reads_the_total_with_vat_first_and_no_late_payment_clause(maker: ReportlabPdf) -> None:
    page = flat_text(maker.render(EVERY["consumer"], samples.PLAIN))
    assert page.index("Total TTC") < page.index("dont total HT") < page.index("dont TVA 20 %")
    assert "Sans objet" not in page
    assert "Indemnité" not in page


def test_machine_values_are_not_printed(maker: ReportlabPdf) -> None:
    page = flat_text(maker.render(samples.invoice(notes=(*samples.NOTES, Note("X-SECRET", "BAR"))), samples.PLAIN))
    assert "B2B" not in page
    assert "X-SECRET" not in page


def test_a_tax_group_is_named_in_words(maker: ReportlabPdf) -> None:
    notes = (*samples.NOTES, Note("MEMBRE_ASSUJETTI_UNIQUE", "TXD"))
    page = flat_text(maker.render(samples.invoice(notes=notes), samples.PLAIN))
    assert "Membre d’un assujetti unique" in page
    assert "MEMBRE_" not in page


def test_the_delivery_address_is_printed_only_when_it_differs(maker: ReportlabPdf) -> None:
    same = samples.invoice(delivery=Delivery(date=date(2026, 11, 16), address=samples.BUYER.address))
    assert "Adresse de livraison" not in flat_text(maker.render(same, samples.PLAIN))


def test_three_hundred_lines_carry_their_sum_from_page_to_page(maker: ReportlabPdf) -> None:
    invoice = EVERY["many_pages"]
    content = maker.render(invoice, samples.RICH)
    pages = text_of(content).split("\f")
    assert len(pages) == len(open_pdf(content).pages) > 8
    carried = [
        line.removeprefix("À reporter").strip() for line in "\n".join(pages).splitlines() if "À reporter" in line
    ]
    reports = [
        line.removeprefix("Report").strip() for line in "\n".join(pages).splitlines() if line.startswith("Report")
    ]
    assert carried == reports
    assert len(carried) >= len(pages) - 2
    for number, page in enumerate(pages, 1):
        assert f"Page {number} / {len(pages)}" in page
        assert "SANDBOX" in page
    printed = "\n".join(pages)
    assert all(f"Article {n}" in printed for n in range(1, 301))
    first = [line for line in invoice.lines if re.search(rf"{line.name}\b", pages[0])]
    total = sum((line.net_amount for line in first), Decimal(0))
    assert carried[0].replace(" ", "").replace(",", ".") == str(total)


def test_the_last_line_stays_with_the_totals(maker: ReportlabPdf) -> None:
    for count in range(14, 34):
        pages = text_of(maker.render(samples.many_lines(count), samples.PLAIN)).split("\f")
        page = next(page for page in pages if "Total TTC" in page)
        assert f"Article {count}" in page


def test_long_words_and_long_texts_wrap_and_lose_nothing(maker: ReportlabPdf) -> None:
    page = text_of(maker.render(EVERY["long_texts"], samples.PLAIN))
    assert page.count("Texte") == 80
    assert page.replace("\n", "").count("A" * 120) == 1
    assert "12 345 678 899,95" in page


def test_an_endless_description_goes_over_several_pages(maker: ReportlabPdf) -> None:
    words = " ".join(f"mot{n}" for n in range(2500))
    content = maker.render(samples.invoice([samples.line("Étude", "1", "10", description=words)]), samples.PLAIN)
    page = text_of(content)
    assert len(open_pdf(content).pages) > 2
    assert all(f"mot{n}" in page for n in range(2500))
    assert "Net à payer" in page


def test_a_hostile_file_cannot_make_endless_pages(maker: ReportlabPdf) -> None:
    huge = "x" * 500_000
    party = replace(samples.BUYER, name=huge, trading_name=huge)
    invoice = samples.invoice([samples.line(huge, "1", "10")], buyer=party, notes=(Note(huge),), number=huge)
    assert len(open_pdf(maker.render_received(invoice)).pages) < 20


def test_what_no_face_can_draw_is_replaced_visibly(maker: ReportlabPdf) -> None:
    page = flat_text(maker.render(EVERY["foreign_names"], samples.PLAIN))
    assert "Łódź Übersetzungsbüro Ağrı d.o.o. — ☐☐☐☐" in page
    assert "Ελληνικά, Русский, Türkçe, čeština, Tiếng Việt" in page


def test_a_received_document_says_where_its_page_comes_from(maker: ReportlabPdf) -> None:
    page = flat_text(maker.render_received(EVERY["references"]))
    assert "Représentation lisible établie à partir du fichier XML reçu" in page
    assert "BL-7781 · BON_LIVRAISON · bl-7781.pdf" in page
    assert "scannez le code" not in page


def test_debits_are_printed_only_when_opted_for(maker: ReportlabPdf) -> None:
    page = flat_text(maker.render(samples.invoice(tax_point=TaxPoint.PAYMENT), samples.PLAIN))
    assert "débits" not in page


def test_a_credit_note_never_asks_for_money(maker: ReportlabPdf) -> None:
    note = samples.invoice(
        type_code="381", preceding=(PrecedingInvoice("F1", date(2026, 1, 2)),), payment_terms="30 jours"
    )
    page = flat_text(maker.render(note, samples.PLAIN))
    assert "scannez" not in page
    assert "À régler" not in page
