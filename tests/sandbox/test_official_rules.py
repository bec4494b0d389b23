"""With the official rules instead of ours: what the practice platform writes passes them, what is wrong is refused by them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from einvoice_desktop.connectors.afnor import AfnorPlatform
from einvoice_desktop.documents.cdar import CdarWriter
from einvoice_desktop.documents.reading.reader import DocumentReader
from einvoice_desktop.documents.rules.engine import RulesWorker
from einvoice_desktop.domain.lifecycle import STATUSES
from einvoice_desktop.ports.pdp import AckStatus
from einvoice_desktop.ports.rules import Verdict
from einvoice_desktop.sandbox import SCENARIOS, SandboxServer
from tests.fakes.platform import FakeSecrets
from tests.sandbox.world import BUYER, LONG_AGO, an_invoice, cii, our_status, submission

pytestmark = pytest.mark.conformance


@pytest.fixture
def no_thread_is_left() -> None:
    """Here the worker and the platform outlive each test."""


@pytest.fixture(scope="module")
def rules() -> Iterator[RulesWorker]:
    """The warm worker."""
    worker = RulesWorker()
    yield worker
    worker.close()


@pytest.fixture(scope="module")
def server(rules: RulesWorker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    """A practice platform that asks it."""
    file = tmp_path_factory.mktemp("practice") / "state.sqlite3"
    with SandboxServer(file, rules, DocumentReader(), CdarWriter(), pace=0) as running:
        yield running


@pytest.fixture
def platform(server: SandboxServer) -> Iterator[AfnorPlatform]:
    """A client of it."""
    secrets = FakeSecrets()
    secrets.put("platform:sandbox:client_secret", server.CLIENT_SECRET)
    connected = AfnorPlatform(server.profile(), secrets)
    yield connected
    connected.close()


def test_every_status_of_every_scenario_and_every_pushed_one_is_officially_right(
    rules: RulesWorker, server: SandboxServer, platform: AfnorPlatform
) -> None:
    for number, scenario in enumerate(SCENARIOS, start=1):
        server.set_scenario(f"73282932{number}", scenario)
        platform.submit(submission(cii(an_invoice(f"O-{number}", f"73282932{number}")), f"o-{number}"))
    sent = platform.submit(submission(cii(an_invoice("O-pushed")), "o-pushed"))
    for code in sorted(set(STATUSES) - {"212"}):
        server.push(sent.flow_id, code)
    written = [flow for flow in platform.changes(LONG_AGO).flows if flow.syntax == "CDAR"]
    page = platform.changes(LONG_AGO)
    while page.next_cursor:
        page = platform.changes(LONG_AGO, page.next_cursor)
        written += [flow for flow in page.flows if flow.syntax == "CDAR"]
    codes = set()
    for flow in written:
        xml = platform.download(flow.flow_id)
        report = rules.check(xml)
        assert report.verdict is Verdict.CONFORMING, (flow.name, report)
        codes.add(DocumentReader().read_lifecycle(xml).event.code)
    assert codes == set(STATUSES) - {"212"}


def test_our_212_passes_and_a_wrong_invoice_does_not(platform: AfnorPlatform, server: SandboxServer) -> None:
    server.set_scenario(BUYER, "silent")
    invoice = an_invoice("O-cashed")
    platform.submit(submission(cii(invoice), "o-cashed"))
    platform.find("o-cashed")
    at = platform.get(platform.submit(submission(cii(an_invoice("O-x")), "o-x")).flow_id).updated_at
    taken = platform.submit(submission(our_status("212", invoice, at), "o-212", "CDAR"))
    assert platform.get(taken.flow_id).ack is AckStatus.OK

    wrong = replace(an_invoice("O-wrong"), totals=replace(invoice.totals, with_vat=invoice.totals.with_vat + 1))
    platform.submit(submission(cii(wrong), "o-wrong"))
    refused = platform.find("o-wrong")
    assert refused is not None
    assert refused.ack is AckStatus.ERROR
    assert "BR-CO-15" in {detail.code for detail in refused.details}


def test_official_samples_are_taken_in_their_three_syntaxes(platform: AfnorPlatform, corpus: Path) -> None:
    folder = corpus / "PDP-Libre_PA_Communautaire" / "XP_Z12-012_Annexe_B_V1.2" / "Factures" / "F202500003"
    for name, syntax, ack in (
        ("UC1_F202500003_00-INV_20250701.pdf", "Factur-X", AckStatus.OK),
        ("UC1_F202500003_00-INV_20250701_CII.xml", "CII", AckStatus.ERROR),
        ("UC1_F202500003_00-INV_20250701_UBL.xml", "UBL", AckStatus.ERROR),
    ):
        taken = platform.submit(submission((folder / name).read_bytes(), f"sample-{syntax}", syntax))
        read = platform.get(taken.flow_id)
        assert read.ack is ack, read.details
        errors = [detail.code for detail in read.details if detail.level == "Error"]
        assert errors == ([] if ack is AckStatus.OK else ["AlreadyExistingFlow"])
