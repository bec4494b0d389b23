"""A fault the official rules find in a form, and the button that mends it: then the document conforms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from einvoice_desktop.documents.rules import RulesWorker
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.compose import ComposeContext
from einvoice_desktop.domain.draft import DraftForm, DraftNote
from einvoice_desktop.ports.rules import Verdict
from einvoice_desktop.services.check_draft import CheckDraft, DraftVerdict
from einvoice_desktop.services.prove_page import ProvePage
from einvoice_desktop.ui.screens.editor.presenter import is_mendable, mended
from einvoice_desktop.ui.screens.editor.words import panel_words
from tests.fakes.office import BUYER, SELLER, Office, form


@pytest.fixture(scope="module")
def engine() -> Iterator[RulesWorker]:
    with RulesWorker() as worker:
        worker.warm_up()
        yield worker


@pytest.fixture
def check(engine: RulesWorker) -> CheckDraft:
    """The check of a form with the official rules; only the store is in memory."""
    office = Office()
    page = ProvePage(office.papers, office.prover)
    return CheckDraft(office.store, DocumentWriter(), office.papers, engine, office.clock, office.bonding, page)


def judged(check: CheckDraft, typed: DraftForm, **company: Any) -> tuple[DraftVerdict, ComposeContext]:
    seller = replace(SELLER, **company)
    context = replace(check.context_for(SELLER.id, typed), company=seller)
    return check.check(context, typed), context


def row(**changes: str) -> DraftForm:
    typed = form()
    return replace(typed, lines=(replace(typed.lines[0], **changes), *typed.lines[1:]))


@pytest.mark.parametrize(
    ("typed", "company", "code", "place"),
    [
        pytest.param(form(), {"recovery_note": ""}, "BR-FR-05_BT-22_PMT", "notes.PMT", id="no mention of the 40 €"),
        pytest.param(form(), {"late_penalty_note": ""}, "BR-FR-05_BT-22_PMD", "notes.PMD", id="no penalties"),
        pytest.param(form(), {"discount_note": ""}, "BR-FR-05_BT-22_AAB", "notes.AAB", id="no discount mention"),
        pytest.param(form(notes=(DraftNote("BAR", "PRO"),)), {}, "BR-FR-20", "notes.0.text", id="no such treatment"),
        pytest.param(form(process="Z9"), {}, "BR-FR-08", "process", id="no such frame"),
        pytest.param(form(due_date="2026-11-01"), {}, "BR-FR-CO-07", "due_date", id="due before its date"),
        pytest.param(form(currency="eur"), {}, "ED-CURRENCY", "currency", id="a currency in small letters"),
        pytest.param(form(payment_means="virement"), {}, "ED-PAYMENT-MEANS", "payment_means", id="a means in words"),
        pytest.param(row(unit="PCE"), {}, "ED-UNIT", "lines.0.unit", id="a unit of another list"),
        pytest.param(
            form(type_code="386", payment_state="final", deal_total="9000"),
            {},
            "BR-FR-CO-08",
            "payment_state",
            id="a deposit that balances",
        ),
    ],
)
def test_the_button_mends_the_form(
    check: CheckDraft, typed: DraftForm, company: dict[str, str], code: str, place: str
) -> None:
    verdict, _ = judged(check, typed, **company)
    finding = next(f for f in verdict.findings if f.code.startswith(code))
    assert finding.place == place
    assert is_mendable(place)
    shown = next(p for p in panel_words(verdict).problems if p.place == place and p.cure is not None)
    assert shown.cure_words
    after, _ = judged(check, mended(typed, shown.place, shown.cure or ""), **company)
    assert [f.code for f in after.findings if f.code.startswith(code)] == []
    assert after.verdict is Verdict.CONFORMING, [(f.code, f.place) for f in after.findings]


def test_a_customer_is_never_typed_over(check: CheckDraft) -> None:
    """The SIREN that mends a customer belongs to his card: it is told, and no button writes it in the form."""
    buyer = replace(BUYER, siren="", vat_number="FR83552100554")
    context = replace(check.context_for(SELLER.id, form()), buyer=buyer)
    verdict = check.check(context, form())
    finding = next(f for f in verdict.findings if f.code == "BR-FR-11")
    assert (finding.place, finding.suggested_value) == ("buyer_id", "552100554")
    problem = next(p for p in panel_words(verdict).problems if p.badge == "BR-FR-11")
    assert problem.cure is None
    assert "552100554" in problem.detail
