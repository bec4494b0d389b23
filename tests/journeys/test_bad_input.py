"""Bad input, typed by the editor's own presenter in a real store: told in French at its field, nothing lost, no traceback."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from einvoice_desktop.bootstrap import Program
from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.parties import VatRegime
from einvoice_desktop.ports.errors import NotIssuableError, UserError
from einvoice_desktop.ports.records import IssuedDocument
from einvoice_desktop.ports.rules import Verdict
from einvoice_desktop.services.make_credit_note import CreditedLine
from einvoice_desktop.ui.errors.failures import explain
from einvoice_desktop.ui.errors.findings import place_words, sentence
from einvoice_desktop.ui.screens.editor.presenter import EditorPresenter, problem_places, shown_at_field
from tests.fakes.office import BUYER, PERSON, SELLER, form

FRANCHISE = replace(SELLER, id="franchise", siren="512345672", vat_regime=VatRegime.FRANCHISE, vat_number="")


@dataclass(frozen=True)
class Bad:
    """Something typed that cannot be issued: where it is told, and what the sentence must speak of."""

    name: str
    change: Callable[[DraftForm], DraftForm]
    place: str
    words: str
    company_id: str = SELLER.id


def _first_line(**changes: str) -> Callable[[DraftForm], DraftForm]:
    def change(typed: DraftForm) -> DraftForm:
        return replace(typed, lines=(replace(typed.lines[0], **changes), *typed.lines[1:]))

    return change


def _field(**changes: str) -> Callable[[DraftForm], DraftForm]:
    def change(typed: DraftForm) -> DraftForm:
        return replace(typed, **changes)  # type: ignore[arg-type]

    return change


def _euros_in_dollars(typed: DraftForm) -> DraftForm:
    return replace(_first_line(unit_price="380 €")(typed), currency="USD", exchange_rate="0,92")


CASES = (
    Bad("VAT charged in franchise", _first_line(vat="S20"), "lines.0.vat", "franchise", company_id=FRANCHISE.id),
    Bad("franchise claimed by a company that charges VAT", _first_line(vat="FRANCHISE"), "lines.0.vat", "franchise"),
    Bad("two currencies", _euros_in_dollars, "lines.0.unit_price", "devise"),
    Bad("an exempt line without a reason", _first_line(vat="E"), "lines.0.exemption_reason", "motif"),
    Bad("a discount of 101 %", _first_line(discount="101"), "lines.0.discount", "100"),
    Bad("a discount of 101 % on the whole", _field(global_discount="101 %"), "global_discount", "100"),
    Bad("a character XML forbids, in a name", _first_line(name="Chaise\x0bverte"), "lines.0.name", "caractère"),
    Bad("a character XML forbids, in a note", _field(note="Bonjour\x00"), "note", "caractère"),
    Bad("a lone half of an emoji", _first_line(description="\ud83d"), "lines.0.description", "caractère"),
    Bad("a note of 300 KB", _field(note="é" * 150_000), "note", r"2.?000"),
    Bad("a price that is no number", _first_line(unit_price="douze"), "lines.0.unit_price", "nombre"),
    Bad("31 February", _field(issue_date="31/02/2026"), "issue_date", "date"),
    Bad("a quantity of none", _first_line(quantity="0"), "lines.0.quantity", "quantité"),
    Bad("an amount beyond counting", _first_line(unit_price="9" * 14, quantity="999"), "lines.0.unit_price", "montant"),
    Bad("an IBAN with a wrong key", _field(iban="FR7630006000011234567890188"), "iban", "IBAN"),
    Bad("nothing at all", lambda _: DraftForm(), "lines.0.name", "ligne"),
)


@pytest.fixture
def editor(program: Program) -> EditorPresenter:
    """The editor of a store with a company in each regime and its customers."""
    for company in (SELLER, FRANCHISE):
        assert [f for f in program.services.companies.save(company) if f.is_blocking] == []
        for buyer in (BUYER, PERSON):
            program.services.buyers.save(replace(buyer, id=f"{company.id}-{buyer.id}", company_id=company.id))
    return EditorPresenter(program.services)


def typed_in(
    editor: EditorPresenter, company_id: str, change: Callable[[DraftForm], DraftForm]
) -> tuple[str, DraftForm]:
    """A draft in which a person typed; its identifier and what was typed."""
    opened = editor.open(company_id, "new:380")
    whole = form(buyer_id=f"{company_id}-{BUYER.id}", issue_date=opened.draft.form.issue_date)
    if company_id == FRANCHISE.id:
        whole = replace(whole, lines=tuple(replace(line, vat="FRANCHISE") for line in whole.lines))
    typed = change(whole)
    editor.save(opened.draft.id, typed)
    return opened.draft.id, typed


def told_at(editor: EditorPresenter, company_id: str, typed: DraftForm, place: str) -> list[Finding]:
    """Everything the editor says at ``place`` of a form."""
    verdict = editor.check(editor.context(company_id, typed), typed)
    assert verdict.verdict is not Verdict.CONFORMING
    assert place in problem_places(verdict.findings)
    shown = shown_at_field(verdict.findings, typed, visited=frozenset({place}), current_row=-1, shows_all=True)
    assert place in shown
    return [finding for finding in verdict.findings if finding.place == place and finding.is_blocking]


def assert_is_french(finding: Finding) -> str:
    """A whole sentence, nothing of the machine left in it."""
    said = sentence(finding)
    assert re.match(r"[A-ZÀÉ« ].*[.!»]$", said, re.DOTALL), said
    assert not re.search(r"[{}]|\?$|None|Decimal|Traceback|\bED-", said), said
    assert place_words(finding.place), finding.place
    return said


@pytest.mark.parametrize("bad", CASES, ids=lambda bad: bad.name)
def test_it_is_told_at_its_field_and_nothing_typed_is_lost(editor: EditorPresenter, bad: Bad) -> None:
    draft_id, typed = typed_in(editor, bad.company_id, bad.change)
    said = [assert_is_french(finding) for finding in told_at(editor, bad.company_id, typed, bad.place)]
    assert any(re.search(bad.words, one, re.IGNORECASE) for one in said), said

    editor.preview(editor.context(bad.company_id, typed), typed)  # whatever it shows, it never raises
    editor.summary(draft_id, typed)
    with pytest.raises(NotIssuableError) as refused:
        editor.issue(draft_id, send=False)
    for finding in refused.value.findings:
        assert_is_french(finding)
    assert editor.open(bad.company_id, draft_id).draft.form == typed


def issued(editor: EditorPresenter, change: Callable[[DraftForm], DraftForm]) -> IssuedDocument:
    """An invoice of 1 000,00 without VAT, its form changed."""
    draft_id, _ = typed_in(editor, SELLER.id, change)
    return editor.issue(draft_id, send=False)


def assert_refused(editor: EditorPresenter, draft_id: str, typed: DraftForm, place: str, words: str) -> None:
    """Told at its field while typing and when issuing; the draft is what was typed."""
    editor.save(draft_id, typed)
    said = [assert_is_french(finding) for finding in told_at(editor, SELLER.id, typed, place)]
    assert any(re.search(words, one, re.IGNORECASE) for one in said), said
    with pytest.raises(NotIssuableError) as refused:
        editor.issue(draft_id, send=False)
    assert place in {finding.place for finding in refused.value.findings}
    assert editor.open(SELLER.id, draft_id).draft.form == typed


def assert_is_explained(error: UserError, words: str) -> None:
    """A title, a reason and a way out, in French."""
    told = explain(error)
    for text in (told.title, told.sentence, told.advice):
        assert text
        assert not re.search(r"[{}]|None|Decimal|\bED-", text), text
    assert re.search(words, f"{told.title} {told.sentence} {told.advice}", re.IGNORECASE), told


def test_a_credit_above_the_invoice(editor: EditorPresenter, program: Program) -> None:
    services = program.services
    invoice = issued(editor, lambda one: one)
    draft = services.credit_notes.total(invoice.id)
    more = replace(draft.form, lines=(replace(draft.form.lines[0], quantity="99"), *draft.form.lines[1:]))
    assert_refused(editor, draft.id, more, "lines.0.unit_price", r"avoir dépasse.* 1.?000,00|avoir dépasse")
    services.drafts.delete(draft.id)
    with pytest.raises(UserError) as refused:
        services.credit_notes.partial(invoice.id, (CreditedLine(0, amount=Decimal("760.01")),))
    assert_is_explained(refused.value, "ligne")
    editor.issue(services.credit_notes.total(invoice.id).id, send=False)
    with pytest.raises(UserError) as refused:
        services.credit_notes.total(invoice.id)
    assert_is_explained(refused.value, "avoir")


def test_a_credit_note_in_another_currency_than_its_invoice(editor: EditorPresenter, program: Program) -> None:
    draft = program.services.credit_notes.total(issued(editor, lambda one: one).id)
    typed = replace(draft.form, currency="USD", exchange_rate="0,92")
    assert_refused(editor, draft.id, typed, "currency", "devises se mêlent")


def _deposit(total: str, amount: str) -> Callable[[DraftForm], DraftForm]:
    row = DraftLine("Acompte", "1", "LS", amount, "S20")
    return lambda one: replace(one, type_code="386", deal_total=total, deal_reference="Cuisine", lines=(row,))


@pytest.mark.parametrize(
    ("total", "amount", "words"),
    [("1000", "1000,01", "dépasseraient"), ("1000", "1000", "100 %"), ("", "300", ""), ("mille", "300", "nombre")],
)
def test_a_deposit_over_the_deal_or_of_all_of_it(editor: EditorPresenter, total: str, amount: str, words: str) -> None:
    draft_id, typed = typed_in(editor, SELLER.id, _deposit(total, amount))
    place = {"1000,01": "lines.0.unit_price", "1000": "type_code"}.get(amount, "deal_total")
    assert_refused(editor, draft_id, typed, place, words)


def test_a_deposit_of_100_percent_is_told_to_be_the_invoice(editor: EditorPresenter, program: Program) -> None:
    deposits = program.services.deposits
    draft_id, typed = typed_in(editor, SELLER.id, lambda one: one)
    assert deposits.of_draft(draft_id, Decimal(100)).form.type_code == "380"
    with pytest.raises(UserError) as refused:
        deposits.of_draft(draft_id, Decimal(101))
    assert_is_explained(refused.value, "acompte|marché")
    first = editor.issue(deposits.of_draft(draft_id, Decimal(30)).id, send=False)
    deal = deposits.deal_of(first.id)
    assert deal is not None
    for amount, words in (("700.01", "marché"), ("700.00", "solde"), ("0", "zéro")):
        with pytest.raises(UserError) as refused:
            deposits.further(deal.group.id, Decimal(amount))
        assert_is_explained(refused.value, words)
    assert editor.open(SELLER.id, draft_id).draft.form == typed


STRANGE = "מסעדת «L’Œuf» 🎨 עם قهوة & <Žluťoučký> Ñandú"


def test_right_to_left_text_and_emoji_are_issued_as_typed(editor: EditorPresenter, program: Program) -> None:
    services = program.services
    buyer = replace(BUYER, id="strange", name=STRANGE)
    services.buyers.save(buyer)
    draft_id, typed = typed_in(
        editor, SELLER.id, lambda one: replace(_first_line(name=STRANGE)(one), buyer_id=buyer.id, note=STRANGE)
    )
    context = editor.context(SELLER.id, typed)
    verdict = editor.check(context, typed)
    assert verdict.verdict is Verdict.CONFORMING, verdict.findings
    assert editor.preview(context, typed) is not None
    assert editor.open(SELLER.id, draft_id).draft.form == typed
    document = editor.issue(draft_id, send=False)
    invoice = program.tools.reader.read(document.pdf).invoice
    assert invoice is not None
    assert invoice.buyer.name == STRANGE
    assert invoice.lines[0].name == STRANGE
    assert STRANGE in {note.text for note in invoice.notes}


def test_a_blank_row_between_two_is_no_fault(editor: EditorPresenter) -> None:
    draft_id, typed = typed_in(
        editor, SELLER.id, lambda one: replace(one, lines=(one.lines[0], DraftLine(), one.lines[1]))
    )
    verdict = editor.check(editor.context(SELLER.id, typed), typed)
    assert verdict.verdict is Verdict.CONFORMING, verdict.findings
    assert editor.open(SELLER.id, draft_id).draft.form == typed
