"""What a company chooses: colours, columns, foot of the pages, a second language; the law stays printed whatever it is."""

from __future__ import annotations

import socket
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from einvoice_desktop.documents.pdf import ReportlabPdf
from einvoice_desktop.documents.pdf.page.languages import WORDS, both, second
from einvoice_desktop.documents.pdf.page.markup import plain_text
from einvoice_desktop.documents.pdf.proof import PypdfProver
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.lines import Allowance
from einvoice_desktop.ports.documents import COLUMNS, LANGUAGES, Appearance
from tests.documents.pdf import samples
from tests.documents.pdf.reading import flat_text, open_pdf, text_of

EVERY = {name: found for name, found in samples.all_samples().items() if found.number and found.lines}
INSURANCE = (
    "Assurance responsabilité décennale n° 123456789 souscrite auprès de Mutuelle des Artisans, 5 rue des Bâtisseurs, "
    "75015 Paris, pour la France métropolitaine. " * 4
)


# Columns


def test_the_order_of_the_columns_is_the_chosen_one(maker: ReportlabPdf) -> None:
    chosen = ("amount", "reference", "name", "unit", "quantity", "vat", "unit_price")
    page = text_of(maker.render(EVERY["discounts"], Appearance(columns=chosen)))
    head = next(line for line in page.splitlines() if line.startswith("Total HT Référence"))
    assert head.split() == "Total HT Référence Désignation Unité Quantité TVA PU HT".split()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(COLUMNS), unique=True))
def test_what_the_law_wants_of_a_line_stands_whatever_the_columns(chosen: list[str]) -> None:
    """Quantity, designation, unit price, VAT rate, discount and amount (CGI ann. II art. 242 nonies A, I-8° and 9°)."""
    maker, invoice = ReportlabPdf(), EVERY["discounts"]
    page = flat_text(maker.render(invoice, Appearance(columns=tuple(chosen))))
    for text in ("Étagère", "10", "84,90", "20 %", "764,10", "Vis inox", "2 500", "3,215", "10 %", "ETA-120"):
        assert text in page


def test_any_choice_of_columns_is_proven(maker: ReportlabPdf) -> None:
    prover, writer = PypdfProver(), DocumentWriter()
    for name in ("discounts", "many_pages", "mixed", "franchise"):
        xml = writer.write_cii(EVERY[name])
        for chosen in (("name", "amount"), ("amount", "name"), COLUMNS, ("reference", "quantity", "name", "vat")):
            made = maker.make(EVERY[name], Appearance(columns=chosen), xml, made_at=samples.MADE_AT)
            proof = prover.prove(made, xml, EVERY[name])
            assert proof.is_proven, (name, chosen, proof)


def test_franchise_never_has_a_vat_column(maker: ReportlabPdf) -> None:
    page = flat_text(maker.render(EVERY["franchise"], Appearance(columns=("name", "vat", "amount"))))
    assert "Désignation Total HT" in page
    assert "TVA Exonéré" not in page


def test_a_discount_without_a_column_is_told_in_words(maker: ReportlabPdf) -> None:
    bare = samples.line("Étagère", "1", "100", allowances=(Allowance(Decimal(7)),))
    page = flat_text(maker.render(samples.invoice([bare]), Appearance(columns=("name", "amount"))))
    assert "Remise : − 7,00 €" in page


# Foot of the pages


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Ouvert le <b>samedi</b>", "Ouvert le samedi"),
        ("Un<br>deux<br/>trois", "Un\ndeux\ntrois"),
        ("<p>Un</p><p>deux &amp; trois</p>", "Un\ndeux & trois"),
        ('<a href="https://x.test/">notre site</a>', "notre site"),
        ('<script>alert("x")</script>Bonjour<style>p{}</style>', "Bonjour"),
        ('<img src="http://x.test/a.png" alt="vu">Bonjour', "Bonjour"),
        ("<iframe src='http://x.test/'>dedans</iframe>après", "après"),
        ("<svg><text>dessin</text></svg>texte", "texte"),
        ("3 < 4 et 5 > 2", "3 < 4 et 5 > 2"),
        ("Sans balise\net sur deux lignes", "Sans balise\net sur deux lignes"),
        ("<script>jamais fermé", ""),
        ("", ""),
    ],
)
def test_only_words_come_out_of_html(html: str, text: str) -> None:
    assert plain_text(html) == text


@given(st.text())
def test_no_markup_breaks_the_foot(html: str) -> None:
    plain_text(html)
    plain_text(f"<b>{html}</a><script")


def test_nothing_is_fetched_while_a_page_is_drawn(maker: ReportlabPdf, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    look = replace(
        samples.RICH, footer='<img src="http://x.test/a.png"><link rel="stylesheet" href="http://x.test/a.css">Ici'
    )
    assert "Ici" in flat_text(maker.render(samples.invoice(), look))


def test_a_long_text_of_the_company_is_printed_whole(maker: ReportlabPdf) -> None:
    """The insurance of craftsmen stands on each of their invoices (loi 96-603, art. 22-2): it is never cut."""
    content = maker.render(samples.invoice(), Appearance(footer=INSURANCE))
    page = flat_text(content)
    assert page.count("Assurance responsabilité décennale") == 4
    assert "Mentions de l’entreprise" in page
    assert "RCS Nantes" in page
    assert len(open_pdf(content).pages) == 1


# A second language


def test_each_word_is_in_each_language() -> None:
    for french, others in WORDS.items():
        assert len(others) == len(LANGUAGES), french
        assert all(word.strip() == word != "" for word in others), french
    assert both("Échéance", "en") == "Échéance / Due date"
    assert both("Échéance", "") == "Échéance"
    assert second("Contrat", "fr") == second("Inconnu", "en") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_french_comes_first_and_is_complete(maker: ReportlabPdf, language: str) -> None:
    alone = flat_text(maker.render(EVERY["references"], samples.PLAIN))
    page = flat_text(maker.render(EVERY["references"], Appearance(language=language)))
    for french in ("Échéance", "Client", "Nature de l’opération", "Total TTC", "Net à payer", "Désignation"):
        assert french in alone
        assert french in page
        assert second(french, language) in page
        assert page.index(french) <= page.index(second(french, language))
    assert "Tout retard de paiement engendre une pénalité" in page


@pytest.mark.parametrize(("number", "name"), list(enumerate(sorted(set(EVERY) - {"many_pages"}))))
def test_every_kind_in_two_languages_is_proven(maker: ReportlabPdf, number: int, name: str) -> None:
    """Each kind in two of the five languages."""
    invoice = EVERY[name]
    xml = DocumentWriter().write_cii(invoice)
    for language in (LANGUAGES[number % 5], LANGUAGES[(number + 2) % 5]):
        made = maker.make(invoice, replace(samples.RICH, language=language), xml, made_at=samples.MADE_AT)
        proof = PypdfProver().prove(made, xml, invoice)
        assert proof.is_proven, (language, proof)
