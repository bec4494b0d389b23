"""Four lights, honest: green is proven, amber says why it is not, red forbids issuing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.invoice import Profile
from einvoice_desktop.ports.documents import PdfProof
from einvoice_desktop.ports.errors import NotCheckedError, NotIssuableError
from einvoice_desktop.ports.pdp import DirectoryLine
from einvoice_desktop.services.check_draft import AMBER, GREEN, PENDING, RED, DraftVerdict
from tests.fakes.office import BUYER, SELLER, Office, form


@pytest.fixture
def office() -> Office:
    office = Office()
    office.platform.use_sandbox()
    return office


def verdict(office: Office, **changes: object) -> DraftVerdict:
    typed = form(**changes)
    context = office.check.context_for(SELLER.id, typed)
    return office.check.with_page(context, typed, office.check.check(context, typed))


def listed(office: Office, status: str, address: str = BUYER.siren) -> None:
    with office.store.unit_of_work() as work:
        lines = (DirectoryLine(address=address, status=status, siren=BUYER.siren),)
        work.directory.save(BUYER.siren, lines, office.clock.now())
        work.commit()


def test_the_page_is_pending_until_it_is_made(office: Office) -> None:
    typed = form()
    context = office.check.context_for(SELLER.id, typed)
    assert office.check.check(context, typed).lights.pdf.state == PENDING
    assert verdict(office).lights.pdf.state == GREEN
    assert verdict(office, buyer_id="").lights.pdf.state == PENDING


def test_a_page_that_could_not_be_looked_at_is_amber_and_is_not_issued(office: Office) -> None:
    office.prover.answer = PdfProof(why_not_checked="text_not_read")
    assert (verdict(office).lights.pdf.state, verdict(office).lights.pdf.reason) == (AMBER, "text_not_read")
    with pytest.raises(NotCheckedError, match="ED-PDF-NOT-PROVEN"):
        office.issued()
    with office.store.reading() as work:
        assert work.issued.by_number(SELLER.id, office.store.environment, "F2026-0001") is None


def test_a_page_that_contradicts_its_xml_is_red_and_is_not_issued(office: Office) -> None:
    office.prover.answer = PdfProof((Finding("ED-PDF-AMOUNT", params={"printed": "1", "xml": "2", "term": "BT-112"}),))
    found = verdict(office)
    assert (found.lights.pdf.state, found.lights.pdf.reason) == (RED, "ED-PDF-AMOUNT")
    assert found.lights.red == (found.lights.pdf,)
    assert "ED-PDF-AMOUNT" in [f.code for f in found.findings]
    with pytest.raises(NotIssuableError) as refused:
        office.issued()
    assert [f.code for f in refused.value.findings] == ["ED-PDF-AMOUNT"]


def test_the_proof_is_of_the_very_bytes_that_are_frozen(office: Office) -> None:
    document = office.issued()
    assert office.prover.proven[-1] == document.pdf


def test_the_summary_carries_the_four_lights(office: Office) -> None:
    listed(office, "Enabled")
    draft = office.drafts.new(SELLER.id)
    office.drafts.save(draft.id, form())
    lights = office.issue.summary(draft.id).lights
    assert [light.state for light in (lights.xml, lights.rules, lights.pdf, lights.address)] == [GREEN] * 4


def test_an_address_the_annuaire_denies_is_red_and_is_not_sent(office: Office) -> None:
    listed(office, "Disabled")
    assert verdict(office).lights.address.reason == "ED-ADDRESS-INACTIVE"
    with pytest.raises(NotIssuableError) as refused:
        office.issued(send=True)
    assert [(f.code, f.place) for f in refused.value.findings] == [("ED-ADDRESS-INACTIVE", "buyer_id")]
    assert office.issued(send=False).summary.number == "F2026-0001"


def test_the_french_extension_goes_as_cii_beside_a_readable_page(office: Office) -> None:
    document = office.issued(profile=str(Profile.EXTENDED_CTC_FR))
    assert document.pdf.startswith(b"page")
    with office.store.reading() as work:
        (entry,) = work.outbox.of(document.id)
    assert (entry.syntax, entry.name, entry.content) == ("CII", "F2026-0001.xml", document.xml)
    office.send.withdraw(entry.id)
    again = office.send.send(document.id)
    assert (again.syntax, again.sha256) == ("CII", document.xml_sha256)


def test_what_a_readable_page_lacks_of_factur_x_is_no_fault(office: Office) -> None:
    about_xml = (
        Finding("ED-PDF-ATTACHED"),
        Finding("ED-PDF-XMP", params={"name": "fx:ConformanceLevel"}),
    )
    office.prover.answer = PdfProof(about_xml)
    assert office.issued(profile=str(Profile.EXTENDED_CTC_FR)).summary.number == "F2026-0001"
    office.prover.answer = PdfProof((*about_xml, Finding("ED-PDF-FONT")))
    with pytest.raises(NotIssuableError) as refused:
        office.issued(profile=str(Profile.EXTENDED_CTC_FR))
    assert [f.code for f in refused.value.findings] == ["ED-PDF-FONT"]


def test_nobody_is_warned_of_what_only_the_syntax_demands(office: Office) -> None:
    group = "/*:CrossIndustryInvoice[1]/*:SupplyChainTradeTransaction[1]/*:ApplicableHeaderTradeDelivery[1]"
    empty = Finding("PEPPOL-EN16931-R008", severity=Severity.WARNING, location=group)
    typed_empty = replace(empty, location=f"{group}/*:ShipToTradeParty[1]/*:Name[1]")
    office.rules.answer = replace(office.rules.answer, findings=(empty, typed_empty))
    told = verdict(office)
    assert [finding.location for finding in told.findings] == [typed_empty.location]
    assert told.report.findings == (empty, typed_empty)
