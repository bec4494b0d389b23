"""Deals paid by deposits: kept under their total, ended once, their VAT due once (10 000 € at 20 %, 30 % at the order)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from einvoice_desktop.domain.deposit import DepositKind
from einvoice_desktop.domain.draft import DraftChange, DraftLine
from einvoice_desktop.ports.errors import NotIssuableError, UserError
from einvoice_desktop.ports.records import DepositRole, IssuedDocument, Relation
from tests.fakes.office import BUYER, SELLER, Office, form
from tests.fakes.queries import FakeQueries
from tests.fakes.store import FakeStore

DEAL = Decimal("10000.00")


@pytest.fixture
def office() -> Office:
    return Office()


def first(office: Office, amount: str = "3000.00") -> IssuedDocument:
    """The first deposit of the deal, issued."""
    draft = office.deposits.first(
        SELLER.id, BUYER.id, deal_total=DEAL, amount=Decimal(amount), vat="S20", reference="Cuisine, devis 12"
    )
    return office.issue.issue_draft(draft.id, send=False)


def test_the_first_deposit_opens_the_deal(office: Office) -> None:
    deposit = first(office)
    assert (deposit.summary.type_code, deposit.summary.with_vat) == ("386", Decimal("3600.00"))
    deal = office.deposits.deal(deposit.id)
    assert deal.group.id == deposit.id
    assert (deal.progress.percent, deal.progress.remaining) == (Decimal("30.00"), Decimal("7000.00"))
    assert deal.documents == (deposit.id,)
    assert office.deposits.deals(SELLER.id, BUYER.id) == (deal,)
    assert office.deposits.deals(SELLER.id, "buyer-2") == ()
    assert office.deposits.deal_of(deposit.id) == deal
    content = office.view.issued(deposit.id).invoice
    assert content.lines[0].name == "Acompte de 30 % – Cuisine, devis 12"
    assert content.business_process == "S1"


def test_a_deposit_without_the_total_of_its_deal_is_refused(office: Office) -> None:
    with pytest.raises(NotIssuableError) as refused:
        office.issued(send=False, type_code="386")
    assert ("ED-REQUIRED", "deal_total") in [(f.code, f.place) for f in refused.value.findings]
    with pytest.raises(NotIssuableError) as refused:
        office.issued(send=False, type_code="386", deal_total="dix mille")
    assert ("ED-NUMBER", "deal_total") in [(f.code, f.place) for f in refused.value.findings]
    with pytest.raises(UserError, match="ED-DEAL-TOTAL"):
        office.deposits.plan(Decimal(10))


def test_deposits_stay_under_the_deal_to_the_cent(office: Office) -> None:
    group_id = first(office).id
    assert office.deposits.plan(Decimal("6999.99"), group_id=group_id).kind is DepositKind.DEPOSIT
    assert office.deposits.plan(Decimal("7000.00"), group_id=group_id).kind is DepositKind.BALANCE
    with pytest.raises(UserError, match="ED-DEPOSIT-ABOVE"):
        office.deposits.plan(Decimal("7000.01"), group_id=group_id)
    with pytest.raises(UserError, match="ED-DEPOSIT-AMOUNT"):
        office.deposits.plan(Decimal(0), group_id=group_id)
    with pytest.raises(UserError, match="ED-DEPOSIT-WHOLE"):
        office.deposits.further(group_id, Decimal("7000.00"))
    draft = office.deposits.further(group_id, Decimal("2000.00"))
    office.drafts.save(draft.id, replace(draft.form, lines=(replace(draft.form.lines[0], unit_price="7000,01"),)))
    with pytest.raises(NotIssuableError) as refused:
        office.issue.issue_draft(draft.id, send=False)
    assert refused.value.findings[0].code == "ED-DEPOSIT-ABOVE"
    assert refused.value.findings[0].suggested_value == "7000.00"
    office.drafts.save(draft.id, replace(draft.form, lines=(replace(draft.form.lines[0], unit_price="6999,99"),)))
    office.issue.issue_draft(draft.id, send=False)
    assert office.deposits.deal(group_id).progress.remaining == Decimal("0.01")


def test_two_drafts_of_one_deal_cannot_exceed_it_together(office: Office) -> None:
    group_id = first(office).id
    drafts = [office.deposits.further(group_id, Decimal("3000.00")) for _ in range(2)]
    with pytest.raises(UserError, match="ED-DEPOSIT-ABOVE"):
        office.deposits.further(group_id, Decimal("1000.01"))
    for draft in drafts:
        office.drafts.save(draft.id, replace(draft.form, lines=(replace(draft.form.lines[0], unit_price="4000"),)))
    office.issue.issue_draft(drafts[0].id, send=False)
    with pytest.raises(NotIssuableError) as refused:
        office.issue.issue_draft(drafts[1].id, send=False)
    assert refused.value.findings[0].code == "ED-DEPOSIT-ABOVE"


def test_a_deposit_of_the_whole_deal_is_a_plain_invoice(office: Office) -> None:
    plan = office.deposits.plan(DEAL, deal_total=DEAL)
    assert plan.kind is DepositKind.INVOICE
    document = first(office, "10000.00")
    assert document.summary.type_code == "380"
    assert office.deposits.deals(SELLER.id) == ()


def test_typing_a_deposit_of_the_whole_deal_says_it_is_an_invoice(office: Office) -> None:
    with pytest.raises(NotIssuableError) as refused:
        office.issued(send=False, type_code="386", deal_total="1000")
    (finding,) = refused.value.findings
    assert (finding.code, finding.place, finding.suggested_value) == ("ED-DEPOSIT-INVOICE", "type_code", "380")


def balance_of(office: Office, group_id: str) -> IssuedDocument:
    return office.issue.issue_draft(office.balances.make(group_id).id, send=False)


def test_the_balance_lists_the_deal_and_deducts_its_deposits(office: Office) -> None:
    deposit = first(office)
    office.clock.advance(86400 * 40)
    balance = balance_of(office, deposit.id)
    summary = balance.summary
    assert (summary.type_code, summary.without_vat, summary.vat, summary.due) == (
        "380",
        Decimal("7000.00"),
        Decimal("1400.00"),
        Decimal("8400.00"),
    )
    content = office.view.issued(balance.id).invoice
    assert content.business_process == "S4"
    assert content.totals.paid == 0
    assert [(line.quantity, line.net_amount) for line in content.lines] == [
        (Decimal(1), DEAL),
        (Decimal(-1), Decimal("-3000.00")),
    ]
    assert [(b.number, b.issue_date) for b in content.preceding] == [("F2026-0001", deposit.summary.issue_date)]
    deal = office.deposits.deal(deposit.id)
    assert (deal.balance_id, deal.progress.has_balance) == (balance.id, True)
    assert office.deposits.deals(SELLER.id) == ()
    assert office.deposits.deals(SELLER.id, only_open=False) == (deal,)
    with office.store.reading() as work:
        assert [(link.target_id, link.relation) for link in work.links.of(balance.id)] == [
            (deposit.id, Relation.BALANCES)
        ]
        assert [member.role for member in work.deposits.members(deposit.id)] == [
            DepositRole.DEPOSIT,
            DepositRole.BALANCE,
        ]


def test_a_deal_has_one_balance(office: Office) -> None:
    group_id = first(office).id
    draft = office.balances.make(group_id)
    with pytest.raises(UserError, match="ED-BALANCE-DRAFTED"):
        office.balances.make(group_id)
    twin = office.drafts.duplicate(draft.id)
    office.drafts.save(twin.id, draft.form)
    office.issue.issue_draft(draft.id, send=False)
    with pytest.raises(UserError, match="ED-BALANCE-DONE"):
        office.balances.make(group_id)
    with pytest.raises(NotIssuableError) as refused:
        office.issue.issue_draft(twin.id, send=False)
    assert refused.value.findings[0].code == "ED-BALANCE-DONE"
    with pytest.raises(UserError, match="ED-DEPOSIT-ENDED"):
        office.deposits.plan(Decimal(10), group_id=group_id)


def test_a_balance_waits_for_the_deposits_being_typed(office: Office) -> None:
    group_id = first(office).id
    draft = office.deposits.further(group_id, Decimal(1000))
    with pytest.raises(UserError, match="ED-BALANCE-DRAFTS"):
        office.balances.make(group_id)
    office.drafts.delete(draft.id)
    assert office.balances.make(group_id).form.payment_state == "final"


def test_a_balance_made_before_the_last_deposit_is_stale(office: Office) -> None:
    group_id = first(office).id
    balance = office.balances.make(group_id)
    later = office.issue.issue_draft(office.deposits.further(group_id, Decimal(1000)).id, send=False)
    with pytest.raises(NotIssuableError) as refused:
        office.issue.issue_draft(balance.id, send=False)
    assert [(f.code, f.params["number"]) for f in refused.value.findings] == [
        ("ED-BALANCE-STALE", later.summary.number)
    ]


def test_a_balance_deducts_each_deposit_whole(office: Office) -> None:
    group_id = first(office).id
    draft = office.balances.make(group_id)
    rows = (draft.form.lines[0], replace(draft.form.lines[1], unit_price="2999,99"))
    office.drafts.save(draft.id, replace(draft.form, lines=rows))
    with pytest.raises(NotIssuableError) as refused:
        office.issue.issue_draft(draft.id, send=False)
    assert refused.value.findings[0].code == "ED-BALANCE-AMOUNT"


def test_a_credited_deposit_is_deducted_for_the_rest_alone(office: Office) -> None:
    from einvoice_desktop.services.make_credit_note import CreditedLine

    deposit = first(office)
    part = (CreditedLine(0, amount=Decimal("1000.00")),)
    note = office.issue.issue_draft(office.credit_notes.partial(deposit.id, part).id, send=False)
    assert note.summary.type_code == "503"
    assert office.deposits.deal(deposit.id).progress.deposited == Decimal("2000.00")
    balance = balance_of(office, deposit.id)
    assert balance.summary.without_vat == Decimal("8000.00")
    with pytest.raises(UserError, match="ED-CREDIT-DEDUCTED"):
        office.credit_notes.total(deposit.id)


def test_a_deal_with_nothing_left_has_no_balance(office: Office) -> None:
    deposit = first(office)
    office.issue.issue_draft(office.credit_notes.total(deposit.id).id, send=False)
    with pytest.raises(UserError, match="ED-BALANCE-NONE"):
        office.balances.make(deposit.id)


TWO_RATES = (
    DraftLine("Pose", "10", "HUR", "450", "S10"),
    DraftLine("Meubles", "1", "C62", "5500", "S20"),
)


@pytest.mark.parametrize(
    ("changes", "deal"),
    [
        ({"global_discount": "5"}, "1140.00"),
        ({"changes": (DraftChange("charge", "", "2,5", "Frais de dossier", "ABL", "S20"),)}, "1230.00"),
        ({"changes": (DraftChange("allowance", "100,00", "", "Remise", "95", "S20"),)}, "1080.00"),
        ({"prices_include_vat": "yes"}, "1000.00"),
        (
            {"lines": (DraftLine("Pose", "1", "C62", "1000", "S20"), DraftLine("Reprise", "-1", "C62", "100", "S10"))},
            "1090.00",
        ),
        (
            {
                "global_discount": "10",
                "lines": (
                    DraftLine("Pose", "1", "C62", "1000", "S20"),
                    DraftLine("Reprise", "-1", "C62", "100", "S10"),
                ),
            },
            "981.00",
        ),
        ({"prices_include_vat": "yes", "global_discount": "5"}, "950.00"),
        (
            {"prices_include_vat": "yes", "changes": (DraftChange("charge", "25,00", "", "Port", "FC", "S20"),)},
            "1025.00",
        ),
    ],
)
def test_deposits_and_balance_make_the_deal_whatever_its_discounts(
    office: Office, changes: dict[str, object], deal: str
) -> None:
    described = office.drafts.new(SELLER.id)
    office.drafts.save(described.id, form(**changes))
    deposit = office.issue.issue_draft(office.deposits.of_draft(described.id, Decimal(30)).id, send=False)
    balance = office.issue.issue_draft(office.balances.of_draft(deposit.id, described.id).id, send=False)
    assert deposit.summary.due + balance.summary.due == Decimal(deal)


def test_a_deal_of_two_rates_is_deducted_at_each(office: Office) -> None:
    source = office.drafts.new(SELLER.id)
    office.drafts.save(source.id, replace(source.form, buyer_id=BUYER.id, lines=TWO_RATES, purchase_order="BC-9"))
    draft = office.deposits.of_draft(source.id, Decimal(30))
    assert [(row.vat, row.unit_price) for row in draft.form.lines] == [("S20", "1650"), ("S10", "1350")]
    deposit = office.issue.issue_draft(draft.id, send=False)
    assert office.deposits.deal(deposit.id).progress.percent == Decimal("30.00")
    office.balances.of_draft(deposit.id, source.id)
    balance = office.issue.issue_draft(source.id, send=False)
    assert [(g.rate, g.base) for g in balance.breakdown] == [(Decimal(20), Decimal(3850)), (Decimal(10), Decimal(3150))]
    assert balance.summary.vat == Decimal("770.00") + Decimal("315.00")


def test_turnover_counts_a_deal_once_and_vat_when_it_is_due(office: Office) -> None:
    assert isinstance(office.store, FakeStore)
    queries = FakeQueries(office.store)
    deposit = first(office)
    assert queries.turnover(SELLER.id, 2026)[10].without_vat == 0
    assert queries.vat(SELLER.id, 2026, 11).tax == Decimal("600.00")
    office.clock.advance(86400 * 20)
    balance_of(office, deposit.id)
    assert queries.turnover(SELLER.id, 2026)[11].without_vat == DEAL
    assert queries.vat(SELLER.id, 2026, 12).tax == Decimal("1400.00")
    assert queries.vat(SELLER.id, 2026, 11).tax == Decimal("600.00")


def test_a_balance_credited_whole_is_made_again_and_the_deal_counts_once(office: Office) -> None:
    assert isinstance(office.store, FakeStore)
    deposit = first(office)
    wrong = balance_of(office, deposit.id)
    office.issue.issue_draft(office.credit_notes.total(wrong.id, "Erreur").id, send=False)
    assert office.deposits.deal(deposit.id).balance_id == ""
    right = balance_of(office, deposit.id)
    assert right.summary.without_vat == wrong.summary.without_vat
    assert FakeQueries(office.store).turnover(SELLER.id, 2026)[10].without_vat == DEAL
    assert FakeQueries(office.store).vat(SELLER.id, 2026, 11).tax == Decimal("2000.00")
    with pytest.raises(UserError, match="ED-BALANCE-DONE"):
        office.balances.make(deposit.id)
    office.issue.issue_draft(office.credit_notes.total(right.id).id, send=False)
    assert office.credit_notes.state(deposit.id).is_allowed


def test_a_deposit_is_never_corrected_nor_its_balance(office: Office) -> None:
    deposit = first(office)
    with pytest.raises(UserError, match="ED-CORRECT-TYPE"):
        office.corrections.start(deposit.id)
    balance = balance_of(office, deposit.id)
    with pytest.raises(UserError, match="ED-CORRECT-DEAL"):
        office.corrections.start(balance.id)
