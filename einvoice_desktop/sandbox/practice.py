"""The practice platform without HTTP: takes flows, acknowledges them, plays the other side, answers searches.

Nothing runs between two requests: what was planned and is due happens at the start of the next one.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from einvoice_desktop.domain.lifecycle import STATUSES
from einvoice_desktop.ports.documents import InvoiceReader, LifecycleWriter
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.rules import RulesEngine
from einvoice_desktop.sandbox import answers
from einvoice_desktop.sandbox.annuaire import Annuaire
from einvoice_desktop.sandbox.facts import InvoiceFacts, facts_from_json, facts_of, request_for
from einvoice_desktop.sandbox.intake import (
    LARGEST_FLOW,
    RULES,
    SYNTAX_OF_FORMAT,
    Examined,
    FlowInfo,
    RequestRefusedError,
    check_file,
    error,
    examine,
)
from einvoice_desktop.sandbox.scenarios import (
    AFTER_COMPLETION,
    DEFAULT_SCENARIO,
    REPORTED_ONLY,
    SCENARIOS,
    UNKNOWN_RECIPIENT,
    Step,
    step_for,
)
from einvoice_desktop.sandbox.state import State, StoredFlow, StoredStep, moment, stamp
from einvoice_desktop.sandbox.transmission import is_transmission, write_transmission

AVAILABLE = "203"
_PLAYED_RULES = frozenset({"B2B", "B2G"})
_RULE_OF_TREATMENT = {rule.upper(): rule for rule in RULES}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class House:
    """What the platform is made of, and how it behaves.

    Attributes:
        rules, reader, writer: the official rules, the reader of documents, the writer of life-cycle messages.
        pace: seconds between two steps of a scenario. denied: SIRENs absent from the annuaire.
        largest: bytes a flow may have. now: the clock, UTC.
    """

    rules: RulesEngine
    reader: InvoiceReader
    writer: LifecycleWriter
    pace: float = 2.0
    denied: frozenset[str] = frozenset({"000000000"})
    largest: int = LARGEST_FLOW
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


class PracticePlatform:
    """One practice platform over one state file; safe from any thread."""

    def __init__(self, state: State, house: House) -> None:
        self._state = state
        self._house = house
        self.annuaire = Annuaire(state, house.denied)

    def submit(self, info: FlowInfo, content: bytes) -> StoredFlow:
        """Take a flow; when this returns, it is on the disk.

        Raises:
            RequestRefusedError: nothing was kept.
        """
        check_file(info, content, self._house.largest)
        with self._state.transaction():
            self._advance()
            self._refuse_known(info)
        # The rules take their time outside the transaction; uniqueness is checked again inside.
        examined = examine(info, content, self._house.reader, self._house.rules)
        try:
            with self._state.transaction():
                return self._take(info, content, examined)
        except sqlite3.IntegrityError as clash:
            raise _already_taken() from clash

    def _refuse_known(self, info: FlowInfo) -> None:
        if info.tracking_id and self._state.flows("tracking_id = ?", [info.tracking_id], limit=1):
            raise _already_taken()

    def _take(self, info: FlowInfo, content: bytes, examined: Examined) -> StoredFlow:
        now = self._house.now()
        at = self._state.next_instant(now)
        facts = examined.facts
        invoice = answers.invoice_of(examined.message, self._state) if examined.message else None
        remarks = list(examined.details)
        if facts is not None and not examined.is_refused and self._is_duplicate(facts):
            remarks.append(error("BT-1", "AlreadyExistingFlow", f"La facture {facts.number} a déjà été reçue."))
        if examined.message is not None:
            remarks += answers.remarks(examined.message, invoice)
        is_refused = any(remark.level == "Error" for remark in remarks)
        flow = StoredFlow(
            id=str(uuid.uuid4()),
            tracking_id=info.tracking_id,
            name=info.name,
            syntax=info.syntax,
            profile=info.profile or ("Undefined" if info.syntax in {"CDAR", "FRR"} else "CIUS"),
            type=_type_of(facts, invoice),
            direction="Out",
            rule=info.rule or _rule_of(facts),
            rule_source="Input" if info.rule else "Computed",
            submitted_at=stamp(at),
            updated_at=stamp(at),
            ack="Pending",
            verdict="Error" if is_refused else "Ok",
            verdict_due=stamp(now + timedelta(seconds=self._house.pace)),
            details=json.dumps([remark.to_json() for remark in remarks], ensure_ascii=False),
            content=content,
            **_identity(facts),
        )
        self._state.add_flow(flow)
        if not is_refused and facts is not None:
            self.annuaire.meet(facts)
            self._plan(flow.id, self._scenario_for(facts, flow), now)
        if not is_refused and examined.message is not None and invoice is not None:
            self._answered(invoice, examined.message.event.code, now)
        return flow

    def _is_duplicate(self, facts: InvoiceFacts) -> bool:
        condition = (
            "seller = ? AND number = ? AND year = ? AND direction = 'Out' AND verdict = 'Ok' AND status <> '501'"
        )
        return bool(self._state.flows(condition, [facts.seller_siren, facts.number, facts.year], limit=1))

    def _scenario_for(self, facts: InvoiceFacts, flow: StoredFlow) -> tuple[Step, ...]:
        if flow.rule not in _PLAYED_RULES:
            return REPORTED_ONLY
        buyer = self.annuaire.look_up(facts.buyer_siren)
        if buyer is None or buyer.status != "Enabled":
            return UNKNOWN_RECIPIENT
        return SCENARIOS["silent" if facts.is_self_billed else buyer.scenario or DEFAULT_SCENARIO]

    def _plan(self, flow_id: str, steps: Iterable[Step], start: datetime) -> None:
        for rank, step in enumerate(steps, start=1):
            due = start + timedelta(seconds=self._house.pace * rank)
            self._state.add_step(flow_id, due, step.code, step.reason_code, step.comment)

    def _answered(self, invoice: StoredFlow, code: str, now: datetime) -> None:
        self._state.set_status(invoice.id, code)
        if code in answers.CLOSING:
            self._state.drop_steps(invoice.id)
        if code == answers.COMPLETED:
            self._plan(invoice.id, AFTER_COMPLETION, now)

    def deliver(self, content: bytes, syntax: str = "", name: str = "") -> StoredFlow:
        """A supplier sends us ``content``, readable or not (``syntax`` is then what he says it is)."""
        document = self._house.reader.read(content, name)
        facts = facts_of(document.invoice) if document.invoice is not None else None
        syntax = syntax or SYNTAX_OF_FORMAT.get(document.format, "CII")
        with self._state.transaction():
            self._advance()
            at = stamp(self._state.next_instant(self._house.now()))
            suffix = "pdf" if content.startswith(b"%PDF-") else "xml"
            flow = StoredFlow(
                id=str(uuid.uuid4()),
                tracking_id="",
                name=name or f"{facts.number if facts else 'document'}.{suffix}",
                syntax=syntax,
                profile="CIUS",
                type="CustomerInvoice" if facts is not None and facts.is_self_billed else "SupplierInvoice",
                direction="In",
                rule=_rule_of(facts),
                rule_source="Computed",
                submitted_at=at,
                updated_at=at,
                ack="Ok",
                verdict="Ok",
                verdict_due=at,
                details="[]",
                content=content,
                status=AVAILABLE,
                **_identity(facts),
            )
            self._state.add_flow(flow)
        return flow

    def flow(self, flow_id: str) -> StoredFlow:
        """One flow as it stands now.

        Raises:
            RequestRefusedError: 404.
        """
        with self._state.transaction():
            self._advance()
            flow = self._state.flow(flow_id)
        if flow is None:
            raise RequestRefusedError(404, "MISSING_RESOURCE", f"Flux inconnu : {flow_id}")
        return flow

    def flows(self, condition: str, values: list[Any], *, limit: int, newest_first: bool = False) -> list[StoredFlow]:
        """Flows that satisfy an SQL condition, as they stand now."""
        with self._state.transaction():
            self._advance()
            return self._state.flows(condition, values, limit=limit, newest_first=newest_first)

    def _advance(self) -> None:
        now = self._house.now()
        pending = self._state.flows("ack = 'Pending' AND verdict_due <= ?", [stamp(now)])
        for flow in sorted(pending, key=lambda flow: flow.verdict_due):
            self._state.settle(flow.id, self._state.next_instant(now))
        for step in self._state.due_steps(now):
            self._play(step, now)

    def _play(self, planned: StoredStep, now: datetime) -> None:
        invoice = self._state.flow(planned.flow_id)
        if invoice is None or not invoice.facts:
            self._state.finish_step(planned.position, "no invoice")
            return
        facts = facts_from_json(invoice.facts)
        step = Step(planned.code, planned.reason_code, planned.comment)
        request = request_for(facts, step, at=moment(planned.due_at), received_at=moment(invoice.submitted_at))
        try:
            write = write_transmission if is_transmission(step.code) else self._house.writer.write_cdar
            xml = write(request)
        except UserError as problem:
            _log.warning("status %s cannot be written: %s %s", step.code, problem.code, problem.detail)
            self._state.finish_step(planned.position, problem.code)
            return
        at = stamp(self._state.next_instant(now))
        self._state.add_flow(
            replace(
                invoice,
                id=str(uuid.uuid4()),
                tracking_id="",
                name=f"CDV-{step.code}_{facts.number}.xml",
                syntax="CDAR",
                profile="Undefined",
                type=f"{invoice.type}LC",
                direction="In",
                rule_source="Computed",
                submitted_at=at,
                updated_at=at,
                ack="Ok",
                verdict="Ok",
                verdict_due=at,
                details="[]",
                content=xml,
                facts="",
                seller="",
                number="",
                year="",
                status=step.code,
            )
        )
        self._state.set_status(invoice.id, step.code)
        self._state.finish_step(planned.position)

    def push(self, flow_id: str, code: str, reason_code: str = "", comment: str = "") -> None:
        """The other side sets a status now, whatever its scenario.

        Raises:
            RequestRefusedError: 404 no such invoice, 400 no such status.
        """
        if code not in STATUSES:
            raise RequestRefusedError(400, "PARAMS_ERROR", f"Statut inconnu : {code}")
        step = step_for(code, reason_code, comment)
        with self._state.transaction():
            self._advance()
            invoice = self._state.flow(flow_id)
            if invoice is None or not invoice.facts or invoice.verdict != "Ok":
                raise RequestRefusedError(404, "MISSING_RESOURCE", f"Facture inconnue : {flow_id}")
            if STATUSES[code].is_final:
                self._state.drop_steps(flow_id)
            self._state.add_step(flow_id, self._house.now(), step.code, step.reason_code, step.comment)
            self._advance()

    def planned(self, flow_id: str) -> list[tuple[str, int, str]]:
        """Code, done and problem of each step of an invoice."""
        with self._state.transaction():
            return self._state.steps_of(flow_id)


def _already_taken() -> RequestRefusedError:
    return RequestRefusedError(400, "AlreadyExistingFlow", "Un flux de même trackingId a déjà été reçu.")


def _type_of(facts: InvoiceFacts | None, answered: StoredFlow | None) -> str:
    if answered is not None:
        return f"{answered.type}LC"
    if facts is None:
        return "Undefined"
    return "SupplierInvoice" if facts.is_self_billed else "CustomerInvoice"


def _rule_of(facts: InvoiceFacts | None) -> str:
    return _RULE_OF_TREATMENT.get(facts.treatment.upper() if facts is not None else "", "B2B")


def _identity(facts: InvoiceFacts | None) -> dict[str, str]:
    if facts is None:
        return {}
    return {"facts": facts.to_json(), "seller": facts.seller_siren, "number": facts.number, "year": facts.year}
