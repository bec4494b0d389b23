"""The console: what a teacher, or a test, orders."""

from __future__ import annotations

import re

import pytest

from einvoice_desktop.documents.reading.reader import DocumentReader
from einvoice_desktop.domain.findings import Finding
from tests.sandbox.world import BUYER, World, an_invoice, cii


def test_the_page_says_in_french_what_is_there_and_loads_nothing_from_elsewhere(world: World) -> None:
    assert "Aucun flux pour l'instant" in world.console.get("/", follow_redirects=True).text
    world.send(an_invoice("F-<script>alert(1)</script>"))
    world.rules.findings = (Finding("BR-CO-10", message="<b>faux</b>"),)
    world.send(an_invoice("F-2"))
    world.pass_time()
    page = world.console.get("/console")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for words in ("Plateforme d'entraînement", "Facture de vente", "Refusée", "211 Paiement transmis", "BR-CO-10"):
        assert words in page.text
    assert "<script" not in page.text
    assert "<b>faux" not in page.text
    assert not re.findall(r"(?:src|href)\s*=|url\(|@import", page.text)


def test_a_button_makes_the_other_side_act(world: World) -> None:
    world.server.set_scenario(BUYER, "silent")
    sent = world.send(an_invoice())
    world.pass_time()
    answer = world.console.post("/console/events", data={"flowId": sent.flow_id, "code": "207"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/console")
    last = world.statuses()[-1].event
    assert (last.code, last.reason_code) == ("207", "TX_TVA_ERR")


def test_a_refusal_by_hand_ends_what_was_planned(world: World) -> None:
    sent = world.send(an_invoice())
    world.pass_time(5)
    order = {"flowId": sent.flow_id, "code": "210", "reason": "DOUBLON", "comment": "Déjà reçue"}
    assert world.console.post("/console/events", json=order).json() == {"flowId": sent.flow_id, "code": "210"}
    world.pass_time()
    assert world.codes() == ["200", "201", "210"]
    assert world.statuses()[-1].event.comment == "Déjà reçue"


@pytest.mark.parametrize(
    ("flow_id", "code", "status"), [("nowhere", "205", 404), ("nowhere", "999", 400), ("", "", 400)]
)
def test_an_order_that_makes_no_sense_is_refused(world: World, flow_id: str, code: str, status: int) -> None:
    assert world.console.post("/console/events", json={"flowId": flow_id, "code": code}).status_code == status


def test_a_status_that_cannot_be_written_stops_nothing_else(world: World) -> None:
    """212 is the seller's: nobody else may write it."""
    sent = world.send(an_invoice())
    world.console.post("/console/events", json={"flowId": sent.flow_id, "code": "212"})
    world.pass_time()
    assert world.codes() == ["200", "201", "202", "203", "204", "205", "211"]


def test_a_customers_behaviour_is_chosen_at_the_console(world: World) -> None:
    assert world.console.post("/console/scenarios", data={"siren": BUYER, "scenario": "reject"}).status_code == 303
    world.console.post("/console/scenarios", json={"784671695": "silent", "542051180": "suspend"})
    chosen = world.console.get("/console/scenarios").json()
    assert chosen == {BUYER: "reject", "784671695": "silent", "542051180": "suspend"}
    assert "Rejetée par la plateforme" in world.console.get("/console").text
    world.send(an_invoice())
    world.pass_time()
    assert world.codes()[-1] == "213"


@pytest.mark.parametrize("order", [{"siren": BUYER, "scenario": "dance"}, {"siren": "12", "scenario": "silent"}, {"siren": BUYER}])  # fmt: skip
def test_a_behaviour_nobody_knows_is_refused(world: World, order: dict[str, str]) -> None:
    assert world.console.post("/console/scenarios", json=order).status_code == 400
    assert world.console.get("/console/scenarios").json() == {}


def test_a_suppliers_file_is_sent_from_the_page_or_by_a_program(world: World) -> None:
    content = cii(an_invoice("S-1"))
    assert world.console.post("/console/incoming", files={"file": ("été.xml", content)}).status_code == 303
    flow = world.console.post("/console/incoming?syntax=UBL&name=x.xml", content=b"\x00 unreadable").json()
    assert (flow["flowSyntax"], flow["flowType"], flow["name"]) == ("UBL", "SupplierInvoice", "x.xml")
    received = [f for f in world.flows() if f.direction == "In"]
    assert [(f.name, f.syntax) for f in received] == [("été.xml", "CII"), ("x.xml", "UBL")]
    document = DocumentReader().read(world.platform.download(received[0].flow_id))
    assert document.invoice is not None
    assert document.invoice.number == "S-1"


@pytest.mark.parametrize("path", ["events", "scenarios", "faults", "incoming"])
def test_a_page_of_elsewhere_orders_nothing(world: World, path: str) -> None:
    elsewhere = {"Origin": "https://evil.example"}
    assert world.console.post(f"/console/{path}", json={}, headers=elsewhere).status_code == 403
    null = {"Origin": "null"}
    assert world.console.post(f"/console/{path}", json={}, headers=null).status_code == 403


def test_a_body_without_its_file_or_shape_is_refused(world: World) -> None:
    assert world.console.post("/console/incoming", files={"other": ("x", b"x")}).status_code == 400
    assert world.console.post("/console/incoming?syntax=EDIFACT", content=b"x").status_code == 400
    assert world.console.post("/console/events", content=b"[]").status_code == 400
