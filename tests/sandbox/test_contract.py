"""Connector and practice platform speak AFNOR XP Z12-013 1.3.0: every request and answer against the published documents."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from einvoice_desktop.connectors.afnor import AfnorPlatform
from einvoice_desktop.connectors.http import HttpClient
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.ports.errors import PlatformError
from einvoice_desktop.sandbox import SCENARIOS, Resident
from tests.fakes.platform import FakeSecrets
from tests.sandbox.afnor_schema import DEFECTS, Exchange, Judge, Recorder, accepts, mended
from tests.sandbox.world import BUYER, World, an_invoice, cii, submission


@dataclass
class Court:
    """A world whose whole traffic is recorded, and the judges of it."""

    world: World
    recorder: Recorder
    raw: httpx.Client
    flow: Judge
    directory: Judge

    def problems(self) -> list[str]:
        """Departures of everything recorded so far."""
        found: list[str] = []
        for exchange in self.recorder.exchanges:
            path = exchange.request.url.path
            judge = next((j for j in (self.flow, self.directory) if path.startswith(j.prefix)), None)
            found += judge.problems(exchange) if judge else []
        return found


@pytest.fixture
def court(open_worlds: Callable[..., World], shared: Path) -> Iterator[Court]:
    """The connector over a real line that remembers."""
    world = open_worlds(pace=2.0, directory=[Resident("443061841", "Fermée", "Disabled")])
    world.platform.close()
    recorder = Recorder()
    secrets = FakeSecrets()
    secrets.put("platform:sandbox:client_secret", world.server.CLIENT_SECRET)
    profile = replace(world.server.profile(), organization_id="org-1")
    world.platform = AfnorPlatform(profile, secrets, HttpClient(transport=recorder))
    contracts = shared / "contracts"
    raw = httpx.Client(transport=recorder, base_url=world.server.base_url)
    yield Court(
        world,
        recorder,
        raw,
        Judge("flow", contracts / "afnor-flow-1.3.0.json"),
        Judge("directory", contracts / "afnor-directory-1.3.0.json"),
    )
    raw.close()


def bearer(court: Court) -> dict[str, str]:
    """A token, asked by hand."""
    server = court.world.server
    form = {"grant_type": "client_credentials", "client_id": server.CLIENT_ID, "client_secret": server.CLIENT_SECRET}
    return {"Authorization": f"Bearer {court.raw.post('/oauth/token', data=form).json()['access_token']}"}


def test_a_whole_life_of_traffic_is_as_published(court: Court) -> None:
    """Every scenario, our own statuses, a supplier's invoice, refusals, downloads, the annuaire."""
    world = court.world
    world.platform.health()
    invoices = {}
    for number, scenario in enumerate(SCENARIOS, start=1):
        buyer = f"73282932{number}"
        world.server.set_scenario(buyer, scenario)
        invoices[scenario] = an_invoice(f"F-{number}", buyer)
        sent = world.send(invoices[scenario])
        world.platform.get(sent.flow_id)
    world.pass_time()
    world.set("212", invoices["approve_and_pay"])
    world.set("209", invoices["suspend"])
    world.set("205", invoices["silent"], is_from_seller=False)
    world.server.deliver(cii(an_invoice("S-1", "552100554")), "CII")
    world.server.deliver(b"%PDF-1.7 unreadable", "Factur-X")
    world.rules.findings = (
        Finding("XSD", message="schéma"),
        Finding("BR-CO-10", "totals"),
        Finding("BR-FR-1", severity=Severity.WARNING),
    )
    world.send(an_invoice("F-bad"))
    world.pass_time()
    for flow in world.flows():
        world.platform.get(flow.flow_id)
        world.platform.download(flow.flow_id)
    for siren in ("552100554", BUYER, "443061841", "000000000"):
        world.platform.directory_lines(siren)

    assert len(court.recorder.exchanges) > 100
    assert court.problems() == []
    assert {"createFlow", "searchFlows", "getFlow", "getHealth"} <= court.flow.operations
    assert court.directory.operations == {"searchDirectoryLine"}


def test_refusals_are_as_published(court: Court) -> None:
    world, good = court.world, submission(cii(an_invoice()))
    world.platform.submit(good)
    wrong = [
        good,
        replace(good, tracking_id="t2", sha256="0" * 64),
        replace(good, tracking_id="t3", content=b""),
        replace(good, tracking_id="t4", syntax="EDIFACT"),
    ]
    for submitted in wrong:
        with pytest.raises(PlatformError):
            world.platform.submit(submitted)
    for ask in (lambda: world.platform.get("nowhere"), lambda: world.platform.download("nowhere")):
        with pytest.raises(PlatformError):
            ask()
    for fault in ("status_429", "status_500", "status_503", "status_403", "status_401", "status_422", "status_413"):
        world.server.order_fault(kind=fault, on="submit", times=2 if fault == "status_401" else 1)
        with pytest.raises(PlatformError):
            world.platform.submit(replace(good, tracking_id=fault))
    for kind in ("Bogus",):
        court.raw.get("/flow-service/v1/flows/x", params={"docType": kind}, headers=bearer(court))
    court.raw.post("/flow-service/v1/flows/search", json={"where": {}}, headers=bearer(court))
    court.raw.get("/flow-service/v1/healthcheck")
    refused = [exchange for exchange in court.recorder.exchanges if exchange.response.status_code >= 400]
    assert {exchange.response.status_code for exchange in refused} == {400, 401, 403, 404, 413, 422, 429, 500, 503}
    # What was sent wrong on purpose is not to blame; what answered is.
    answers = [problem for problem in court.problems() if "docType" not in problem and "Bogus" not in problem]
    assert [problem for problem in answers if "is not foreseen" not in problem] == []
    assert [problem for problem in answers if "is not foreseen" in problem] == ["getHealth: status 401 is not foreseen"]


def test_operations_only_other_clients_use_are_as_published(court: Court) -> None:
    token = bearer(court)
    hook = {"callbackUrl": "https://client.example/hook", "flowDirection": "In", "flowTypes": ["SupplierInvoice"]}
    created = court.raw.post("/flow-service/v1/webhooks", json=hook, headers=token).json()
    listed = court.raw.get("/flow-service/v1/webhooks", headers=token).json()
    assert listed["webhookIds"] == [created["webhookId"]]
    assert listed["webhooks"][0]["callbackUrl"] == hook["callbackUrl"]
    for status in (204, 404):
        gone = court.raw.delete(f"/flow-service/v1/webhooks/{created['webhookId']}", headers=token)
        assert gone.status_code == status
    for wrong in ({}, {"callbackUrl": "ftp://x"}):
        assert court.raw.post("/flow-service/v1/webhooks", json=wrong, headers=token).status_code == 400

    directory = "/directory-service/v1"
    statuses = {
        court.raw.get(f"{directory}/healthcheck", headers=token).status_code,
        court.raw.get(f"{directory}/siren/code-insee:552100554", headers=token).status_code,
        court.raw.get(f"{directory}/siren/code-insee:000000000", headers=token).status_code,
        court.raw.get(f"{directory}/directory-line/code:552100554_ACHATS?include=siren", headers=token).status_code,
        court.raw.post(f"{directory}/siren/search", json=_filter("siren", "552100554"), headers=token).status_code,
        court.raw.post(f"{directory}/siret/search", json=_filter("siret", "55210055400013"), headers=token).status_code,
        court.raw.get(f"{directory}/routing-code/siret:55210055400013/code:X", headers=token).status_code,
        court.raw.post(f"{directory}/directory-line/search", json=_filter("siret", "1"), headers=token).status_code,
    }
    assert statuses == {200, 404, 422, 501}
    assert court.problems() == []
    assert {"createWebhook", "listWebhooks", "deleteWebhook"} <= court.flow.operations
    assert court.directory.operations >= {
        "getCompanyBySiren",
        "searchCompanyBySiren",
        "getDirectoryLineById",
        "searchDirectoryLine",
        "searchFacilityBySiret",
        "getRoutingCodeBySiretAndId",
        "getHealth",
    }


def _filter(name: str, value: str) -> dict[str, Any]:
    return {"filters": {name: {"op": "strict", "value": value}}, "include": ["siren"], "limit": 10, "ignore": 0}


# --- the judge is no rubber stamp ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body | {"flowSyntax": "EDIFACT"},
        lambda body: body | {"submittedAt": "hier"},
        lambda body: body | {"flowDirection": "Sideways"},
        lambda body: {name: value for name, value in body.items() if name != "processingRuleSource"},
        lambda body: body | {"acknowledgement": {"status": "Ok", "details": []}},
        lambda body: body | {"acknowledgement": {"status": "Perhaps"}},
    ],
)
def test_the_judge_sees_a_wrong_answer(court: Court, spoil: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    sent = court.world.send(an_invoice())
    court.world.platform.get(sent.flow_id)
    exchange = court.recorder.exchanges[-1]
    assert court.flow.problems(exchange) == []
    spoilt = httpx.Response(200, json=spoil(copy.deepcopy(exchange.response.json())))
    assert court.flow.problems(Exchange(exchange.request, spoilt))


def test_the_judge_sees_a_wrong_request(court: Court) -> None:
    token = bearer(court)
    court.raw.get("/flow-service/v1/healthcheck", headers=token | {"Request-Id": "not a uuid"})
    assert court.flow.problems(court.recorder.exchanges[-1])
    court.raw.post("/flow-service/v1/flows/search", json={"where": {"trackingId": "x"}, "limit": 500}, headers=token)
    assert court.flow.problems(court.recorder.exchanges[-1])
    court.raw.get("/flow-service/v1/nothing", headers=token)
    assert court.flow.problems(court.recorder.exchanges[-1])


@pytest.mark.parametrize("service", ["flow", "directory"])
def test_what_is_mended_was_really_broken(shared: Path, service: str) -> None:
    published = json.loads((shared / "contracts" / f"afnor-{service}-1.3.0.json").read_text())
    assert mended(service, published) != published
    assert DEFECTS[service]

    name, value = ("ReasonCode", "EmptyFlow") if service == "flow" else ("directoryLineStatus", "Disabled")
    assert not accepts(published, name, value)
    assert accepts(mended(service, published), name, value)
