"""The other side at play: what a customer does with what it receives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from einvoice_desktop.documents.reading.reader import DocumentReader
from einvoice_desktop.domain.lifecycle import REASONS_FOR, STATUSES, CashedAmount
from einvoice_desktop.ports.pdp import AckStatus
from einvoice_desktop.sandbox import SCENARIOS, Resident
from einvoice_desktop.sandbox.scenarios import REPORTED_ONLY, UNKNOWN_RECIPIENT, Step
from tests.sandbox.world import BUYER, SELLER, World, an_invoice, cii

PLAYS = {
    "approve_and_pay": "200 201 202 203 204 205 211",
    "refuse": "200 201 202 203 204 210",
    "dispute": "200 201 202 203 204 207",
    "reject": "200 201 202 213",
    "suspend": "200 201 202 203 204 208",
    "silent": "200 201 202 203",
    "inadmissible": "501",
}


def test_every_scenario_is_told_here() -> None:
    assert set(PLAYS) == set(SCENARIOS)


@pytest.mark.parametrize("name", PLAYS)
def test_a_customer_plays_its_scenario_in_order(world: World, name: str) -> None:
    world.server.set_scenario(BUYER, name)
    invoice = an_invoice()
    sent = world.send(invoice)
    assert sent.ack is AckStatus.PENDING
    assert world.platform.get(sent.flow_id).ack is AckStatus.PENDING
    assert world.codes() == []

    world.pass_time()
    assert world.platform.get(sent.flow_id).ack is AckStatus.OK
    received = world.statuses()
    assert " ".join(message.event.code for message in received) == PLAYS[name]
    assert {(message.invoice_number, message.seller_siren) for message in received} == {(invoice.number, SELLER)}
    moments = [message.event.at for message in received]
    assert moments == sorted(set(moments))


@pytest.mark.parametrize("steps", [*SCENARIOS.values(), UNKNOWN_RECIPIENT, REPORTED_ONLY])
def test_a_scenario_gives_an_admitted_reason_wherever_one_is_due(steps: tuple[Step, ...]) -> None:
    for step in steps:
        is_due = STATUSES[step.code].needs_reason
        assert step.reason_code in (REASONS_FOR[step.code] if is_due else {""})


def test_statuses_arrive_one_by_one_at_the_pace(world: World) -> None:
    world.send(an_invoice())
    seen = []
    for _ in range(9):
        seen.append(len(world.codes()))
        world.pass_time(2)
    assert seen == [0, 1, 2, 3, 4, 5, 6, 7, 7]


def test_without_pace_everything_is_there_at_once(open_worlds: Callable[..., World]) -> None:
    world = open_worlds(pace=0)
    sent = world.send(an_invoice())
    assert world.platform.get(sent.flow_id).ack is AckStatus.OK
    assert " ".join(world.codes()) == PLAYS["approve_and_pay"]


def test_a_reason_and_a_comment_come_with_a_refusal(world: World) -> None:
    world.server.set_scenario(BUYER, "refuse")
    world.send(an_invoice())
    world.pass_time()
    last = world.statuses()[-1].event
    assert (last.reason_code, last.reason) == ("TRANSAC_INC", "Transaction inconnue")
    assert "commande" in last.comment


def test_paid_amounts_are_told_per_rate(world: World) -> None:
    world.send(an_invoice())
    world.pass_time()
    assert world.statuses()[-1].event.amounts == (CashedAmount("312.60", "EUR", "20"),)


def test_our_212_is_taken_and_nothing_is_said_after_it(world: World) -> None:
    invoice = an_invoice()
    world.send(invoice)
    world.pass_time(9)
    assert world.codes() == ["200", "201", "202", "203"]
    cashed = world.set("212", invoice)
    world.pass_time()
    cashed = world.platform.get(cashed.flow_id)
    assert (cashed.flow_type, cashed.direction, cashed.ack) == ("CustomerInvoiceLC", "Out", AckStatus.OK)
    assert world.codes() == ["200", "201", "202", "203"]


def test_once_completed_a_suspended_invoice_is_approved_and_paid(world: World) -> None:
    world.server.set_scenario(BUYER, "suspend")
    invoice = an_invoice()
    world.send(invoice)
    world.pass_time()
    world.set("209", invoice)
    world.pass_time()
    assert " ".join(world.codes()) == f"{PLAYS['suspend']} 205 211"


@pytest.mark.parametrize(
    ("code", "rates", "reason"),
    [
        ("209", ("20",), "InvoiceLCInvalidStatus"),
        ("212", ("5.5",), "InvoiceLCAmountError"),
    ],
)
def test_a_status_of_ours_that_does_not_fit_is_refused(
    world: World, code: str, rates: tuple[str, ...], reason: str
) -> None:
    invoice = an_invoice()
    world.send(invoice)
    world.pass_time()
    world.set(code, invoice, rates=rates)
    world.pass_time()
    found = world.platform.find(f"cdar-{code}-{invoice.number}")
    assert found is not None
    assert (found.ack, found.details[0].code) == (AckStatus.ERROR, reason)


def test_a_status_before_the_invoice_was_deposited_is_refused(world: World) -> None:
    invoice = an_invoice()
    world.send(invoice)
    world.set("212", invoice)
    world.pass_time()
    found = world.platform.find("cdar-212-F-1")
    assert found is not None
    assert found.details[0].code == "InvoiceLCInvalidStatus"


def test_a_status_about_no_invoice_is_refused(world: World) -> None:
    world.set("212", an_invoice("F-unknown"))
    world.pass_time()
    found = world.platform.find("cdar-212-F-unknown")
    assert found is not None
    assert (found.ack, found.details[0].code) == (AckStatus.ERROR, "InvoiceLCRuleError")


def test_a_seller_may_not_speak_for_the_buyer(world: World) -> None:
    invoice = an_invoice()
    world.send(invoice)
    world.pass_time()
    world.set("205", invoice, is_from_seller=False)
    world.pass_time()
    found = world.platform.find("cdar-205-F-1")
    assert found is not None
    assert found.details[0].code == "InvoiceLCStatusError"


# --- the annuaire --------------------------------------------------------------------------------------------


def test_anybody_with_nine_digits_can_receive(world: World) -> None:
    (line,) = world.platform.directory_lines("784671695")
    assert (line.address, line.siren, line.status) == ("784671695", "784671695", "Enabled")
    assert world.platform.directory_lines("000000000") == ()
    assert world.platform.directory_lines("12") == ()


def test_names_are_learnt_from_documents_and_seeds(open_worlds: Callable[..., World]) -> None:
    world = open_worlds(
        directory=[Resident("542051180", "Librairie du Port"), Resident("443061841", "Fermée", "Disabled")],
        denied=["111111111"],
    )
    world.send(an_invoice())
    names = {siren: world.platform.directory_lines(siren) for siren in ("542051180", BUYER, "443061841", "111111111")}
    assert names["542051180"][0].name == "Librairie du Port"
    assert names[BUYER][0].name == "Globex SAS"
    assert names["443061841"][0].status == "Disabled"
    assert names["111111111"] == ()


def test_a_buyer_who_cannot_receive_gets_nothing_and_we_are_told(open_worlds: Callable[..., World]) -> None:
    world = open_worlds(directory=[Resident("443061841", status="Upcoming")], denied=["111111111"])
    world.send(an_invoice("F-1", "443061841"))
    world.send(an_invoice("F-2", "111111111"))
    world.pass_time()
    last = [message.event for message in world.statuses()]
    assert [event.code for event in last] == ["200", "200", "213", "213"]
    assert {event.reason_code for event in last} == {"", "DEST_INC"}


def test_sales_nobody_answers_are_only_deposited(world: World) -> None:
    world.send(an_invoice(), processing_rule="B2C")
    world.pass_time()
    assert world.codes() == ["200"]


def test_scenarios_may_be_chosen_before_the_start_and_by_the_annuaire(open_worlds: Callable[..., World]) -> None:
    world = open_worlds(scenarios={BUYER: "silent"}, directory=[Resident("784671695", scenario="reject")])
    world.send(an_invoice("F-1"))
    world.send(an_invoice("F-2", "784671695"))
    world.pass_time()
    by_number: dict[str, list[str]] = {}
    for message in world.statuses():
        by_number.setdefault(message.invoice_number, []).append(message.event.code)
    assert {number: codes[-1] for number, codes in by_number.items()} == {"F-1": "203", "F-2": "213"}


@pytest.mark.parametrize("wrong", [{"scenarios": {BUYER: "no such"}}, {"scenarios": {"12": "silent"}}])
def test_a_scenario_nobody_knows_is_refused_at_the_start(
    open_worlds: Callable[..., World], wrong: dict[str, dict[str, str]]
) -> None:
    with pytest.raises(ValueError, match=r"no scenario|not a SIREN"):
        open_worlds(**wrong)


# --- suppliers -----------------------------------------------------------------------------------------------


def test_a_suppliers_invoice_comes_byte_for_byte_and_takes_our_answers(world: World) -> None:
    theirs = an_invoice("S-77", buyer="552100554", name="Nous")
    content = cii(theirs)
    flow_id = world.server.deliver(content, "CII", "S-77.xml")
    (flow,) = world.flows()
    assert (flow.flow_id, flow.flow_type, flow.direction, flow.syntax) == (flow_id, "SupplierInvoice", "In", "CII")
    assert world.platform.download(flow_id) == content

    for code in ("204", "205"):
        world.set(code, theirs, is_from_seller=False)
    world.pass_time()
    answers = [world.platform.find(f"cdar-{code}-S-77") for code in ("204", "205")]
    assert [(a.flow_type, a.ack) for a in answers if a] == [("SupplierInvoiceLC", AckStatus.OK)] * 2

    world.set("210", theirs, is_from_seller=False, reason="TRANSAC_INC")
    world.pass_time()
    late = world.platform.find("cdar-210-S-77")
    assert late is not None
    assert (late.ack, late.details[0].code) == (AckStatus.ERROR, "InvoiceLCInvalidStatus")


def test_a_supplier_may_send_anything(world: World) -> None:
    flow_id = world.server.deliver(b"this is no invoice", "UBL")
    (flow,) = world.flows()
    assert (flow.syntax, flow.name) == ("UBL", "document.xml")
    assert DocumentReader().read(world.platform.download(flow_id)).invoice is None
