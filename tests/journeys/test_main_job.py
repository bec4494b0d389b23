"""The main job on real parts: typed offline, issued, sent in one click, followed to « Encaissée », a supplier's invoice received."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from einvoice_desktop.bootstrap import Program
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.events import SyncPhase
from einvoice_desktop.ports.rules import Verdict
from einvoice_desktop.services.demonstration import COMPANY
from tests.fakes.office import BUYER, SELLER, form


def turns(program: Program, count: int = 8) -> None:
    for _ in range(count):
        assert program.turn().phase is SyncPhase.IDLE


def test_from_a_blank_form_to_cash(program: Program) -> None:
    services = program.services
    services.companies.save(SELLER)
    services.buyers.save(replace(BUYER, scenario="approve_and_pay"))
    draft = services.drafts.new(SELLER.id)
    typed = form(issue_date=draft.form.issue_date)
    services.drafts.save(draft.id, typed)

    # Offline: the verdict while typing, the page beside it.
    context = services.check.context(SELLER.id, BUYER.id)
    verdict = services.check.check(context, typed)
    assert verdict.verdict is Verdict.CONFORMING, verdict.findings
    page = services.preview.render(context, typed)
    assert page is not None
    assert page.startswith(b"%PDF")

    # One click.
    services.platform.use_sandbox()
    document = services.issue.issue_draft(draft.id, send=True)
    turns(program)
    view = services.view.issued(document.id)
    assert view.state == "211"
    assert [s.code for s in view.timeline if s.code and s.at] == ["200", "201", "202", "203", "204", "205", "211"]

    # Cash.
    services.payments.record(document.id, document.summary.issue_date, document.summary.due)
    turns(program)
    view = services.view.issued(document.id)
    assert view.state == "212"
    assert {e.state.value for e in view.outbox} == {"accepted"}
    (report,) = services.ledger.run()
    assert report.is_intact


@pytest.mark.parametrize(
    ("scenario", "state"),
    [
        ("refuse", "210"),
        ("dispute", "207"),
        ("reject", "213"),
        ("suspend", "208"),
        ("silent", "203"),
        ("inadmissible", "501"),
    ],
)
def test_the_other_side_does_what_its_scenario_says(program: Program, scenario: str, state: str) -> None:
    services = program.services
    services.companies.save(SELLER)
    services.buyers.save(replace(BUYER, scenario=scenario))
    services.platform.use_sandbox()
    draft = services.drafts.new(SELLER.id)
    services.drafts.save(draft.id, form(issue_date=draft.form.issue_date))
    document = services.issue.issue_draft(draft.id, send=True)
    turns(program)
    assert services.view.issued(document.id).state == state


@pytest.mark.parametrize(("profile", "told"), [("BASIC", "Basic"), ("EXTENDED", "Extended-CTC-FR")])
def test_the_platform_is_told_the_profile_of_the_file(program: Program, profile: str, told: str) -> None:
    services = program.services
    services.companies.save(SELLER)
    services.buyers.save(BUYER)
    services.platform.use_sandbox()
    draft = services.drafts.new(SELLER.id)
    services.drafts.save(draft.id, form(issue_date=draft.form.issue_date, profile=profile))
    document = services.issue.issue_draft(draft.id, send=True)
    turns(program, 2)
    (sent,) = services.view.issued(document.id).outbox
    assert sent.state.value in {"sent", "accepted"}
    practice = program.store_file.with_name(f"{program.store_file.stem}.plateforme.sqlite3")
    with closing(sqlite3.connect(practice)) as state:
        rows = state.execute("SELECT profile FROM flow WHERE tracking_id = ?", [sent.tracking_id]).fetchall()
    assert rows == [(told,)]


def test_a_supplier_invoice_with_a_wrong_total_keeps_the_right_one_beside_it(program: Program) -> None:
    services = program.services
    services.companies.save(SELLER)
    services.buyers.save(BUYER)
    draft = services.drafts.new(SELLER.id)
    services.drafts.save(draft.id, form(issue_date=draft.form.issue_date))
    xml = services.issue.issue_draft(draft.id, send=False).xml
    wrong = xml.replace(
        b'currencyID="EUR">200.00</ram:TaxTotalAmount>', b'currencyID="EUR">199.00</ram:TaxTotalAmount>'
    )
    assert wrong != xml
    kept = services.receive.receive(SELLER.id, wrong, "sans-extension").document
    found = {finding.code: finding for finding in services.view.received(kept.id).document.findings}
    assert (found["BR-CO-14"].suggested_value, found["BR-CO-14"].is_blocking) == ("200.00", True)
    assert found["BR-CO-14"].location


def test_the_demonstration_tells_the_whole_story(program: Program) -> None:
    result = program.services.demo.run()
    view = program.services.view.issued(result.cashed.id)
    assert view.state == "212"
    (received,) = program.services.queries.received(COMPANY.id).rows
    assert (received.supplier_name, received.verdict) == ("Papeterie Lenoir SARL", "conforme")
    rows = program.services.queries.invoices(COMPANY.id).rows
    assert sum(row.is_draft for row in rows) == 2
    issued = {row.number: row for row in rows if not row.is_draft}
    assert {row.state for row in issued.values()} == {"200", "203", "207", "211", "212", "213"}
    assert [row.type_code for row in issued.values()].count("386") == 1
    (deal,) = program.services.deposits.deals(COMPANY.id, only_open=False)
    assert (deal.progress.percent, deal.progress.has_balance) == (Decimal("30.00"), True)
    balance = program.services.view.issued(deal.balance_id)
    assert balance.document.summary.due == Decimal("5376.00")
    assert [(other.type_code, other.is_earlier) for other in balance.related] == [("386", True)]
    credited = program.services.view.issued(next(row.id for row in issued.values() if row.cleared))
    assert (credited.cleared, credited.remaining) == (Decimal("768.00"), Decimal("870.00"))
    assert {row.currency for row in issued.values()} == {"EUR", "CHF"}


def test_the_demonstration_never_mixes_with_anybody_s_papers(program: Program) -> None:
    program.services.companies.save(SELLER)
    with pytest.raises(UserError, match="ED-DEMO-NOT-EMPTY"):
        program.services.demo.fill()


def test_a_store_is_for_one_program_at_a_time(program: Program) -> None:
    with pytest.raises(UserError, match="ED-STORE-IN-USE"):
        Program(program.store_file)


def test_what_was_sent_survives_a_restart_of_everything(tmp_path: Path) -> None:
    store = tmp_path / "again.sqlite3"
    first = Program(store, pace=0)
    first.services.companies.save(SELLER)
    first.services.buyers.save(replace(BUYER, scenario="silent"))
    first.services.platform.use_sandbox()
    draft = first.services.drafts.new(SELLER.id)
    first.services.drafts.save(draft.id, form(issue_date=draft.form.issue_date))
    document = first.services.issue.issue_draft(draft.id, send=True)
    first.turn()
    first.close()
    second = Program(store, pace=0)
    try:
        turns(second, 3)
        assert second.services.view.issued(document.id).state == "203"
        assert second.services.view.issued(document.id).document == document
    finally:
        second.close()
