"""``issue``, ``receive``, ``status``, ``sync``, ``ledger verify``: the use cases, for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from einvoice_desktop.cli.files import OutputFolder, write_files
from einvoice_desktop.cli.output import (
    DONE,
    NOT_CHECKED,
    NOT_VALID,
    UNREADABLE,
    issue_json,
    print_json,
    say,
    tell,
    tell_findings,
)
from einvoice_desktop.cli.program import Program, Programs
from einvoice_desktop.cli.verdicts import LARGEST_RECEIVED, VERDICT_WORDS
from einvoice_desktop.cli.words import platform_sentence, sentence
from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES
from einvoice_desktop.domain.lifecycle import label_of
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.events import SyncPhase
from einvoice_desktop.ports.records import IssuedDocument
from einvoice_desktop.ports.rules import Verdict
from einvoice_desktop.services.view_document import IssuedView

LARGEST_BODY = 20 * 1024 * 1024
"""Bytes a JSON body may have."""


def issue(program: Program, body: bytes, directory: Path, *, as_json: bool) -> int:
    """Issue a JSON body and leave its files in ``directory``; without a place for them nothing is issued."""
    prepared = program.services.issue_body.prepare(body)
    with OutputFolder(directory) as folder:
        document = program.services.issue_body.issue_prepared(prepared, keep=folder.stage)
        paths = folder.publish()
    if prepared.warnings:
        tell("À vérifier :")
        tell_findings(prepared.warnings)
    return _issued(program, document, paths, as_json=as_json)


def credit(program: Program, number: str, reason: str, directory: Path, *, as_json: bool) -> int:
    """Credit all that remains of an issued document, and leave the files of the credit note in ``directory``."""
    services = program.services
    draft = services.credit_notes.total(services.view.find(number).document.id, reason)
    has_platform = services.platform.active() is not None
    try:
        with OutputFolder(directory) as folder:
            document = services.issue.issue_draft(draft.id, send=has_platform, keep=folder.stage)
            paths = folder.publish()
    finally:
        services.drafts.delete(draft.id)  # issued, it is there no more; refused, nobody would look for it
    return _issued(program, document, paths, as_json=as_json)


def _issued(program: Program, document: IssuedDocument, paths: Mapping[str, Path], *, as_json: bool) -> int:
    summary = document.summary
    outbox = program.services.view.issued(document.id).outbox
    answer = {
        "number": summary.number,
        "type_code": summary.type_code,
        "verdict": document.verdict,
        "pdf": str(paths["pdf"]),
        "xml": str(paths["xml"]),
        "document": str(paths["json"]),
        "sha256": document.pdf_sha256,
        "totals": {
            "ht": f"{summary.without_vat:f}",
            "tva": f"{summary.vat:f}",
            "ttc": f"{summary.with_vat:f}",
            "due": f"{summary.due:f}",
        },
        "outbox": outbox[-1].state.value if outbox else None,
    }
    if as_json:
        print_json(answer)
    else:
        done = "émis" if summary.type_code in CREDIT_NOTE_TYPES else "émise"
        say(f"{summary.number} {done} : {summary.with_vat:f} {summary.currency} TTC, {paths['pdf']}")
    return DONE


def receive(programs: Programs, program: Program, files: list[Path], *, as_json: bool) -> int:
    """Keep suppliers' files for whom they are addressed to; one that cannot be read does not stop the others."""
    company = default_company(program)
    answers: list[dict[str, object]] = []
    failed = False
    for path in files:
        try:
            content = programs.read_file(path, LARGEST_RECEIVED)
            receiver = program.services.receive.company_of(content, path.name) or company
            reception = program.services.receive.receive(receiver, content, path.name)
        except UserError as error:
            failed = True
            words = sentence(error.code, error.params)
            answers.append({"file": str(path), "error": error.code, "message": words})
            continue
        document = reception.document
        answers.append(
            {
                "file": str(path),
                "id": document.id,
                "number": document.summary.number if document.summary else "",
                "supplier": document.summary.party_name if document.summary else "",
                "verdict": document.verdict,
                "duplicate": reception.is_duplicate,
                "remarks": [issue_json(remark) for remark in reception.remarks],
            }
        )
    if as_json:
        print_json({"documents": answers})
    else:
        for answer in answers:
            say(f"{answer['file']} : {answer.get('message') or _received_words(answer)}")
    return UNREADABLE if failed else DONE


def _received_words(answer: Mapping[str, object]) -> str:
    again = ", déjà reçue" if answer["duplicate"] else ""
    remarks = answer["remarks"]
    count = len(remarks) if isinstance(remarks, list) else 0
    ours = f", {count} remarque{'s' * (count > 1)} de nos contrôles" if count else ""
    verdict = VERDICT_WORDS[Verdict(str(answer["verdict"]))]
    return f"{answer['number'] or 'sans numéro'} {answer['supplier']} ({verdict}{again}{ours})"


def default_company(program: Program) -> str:
    """The only company, or the first.

    Raises:
        UserError: ``ED-NO-COMPANY``.
    """
    companies = program.services.companies.all()
    if not companies:
        raise UserError("ED-NO-COMPANY")
    return companies[0].id


def status(program: Program, number: str, output: Path | None, *, as_json: bool) -> int:
    """Where an issued document stands; its frozen files once more under ``output`` when there is one."""
    view: IssuedView = program.services.view.find(number)
    if output is not None:
        write_files(view.document, output)
    sent = [entry for entry in view.outbox if entry.syntax != "CDAR"]
    answer = {
        "number": number,
        "state": view.state or (sent[-1].state.value if sent else "issued"),
        "platform_id": (sent[-1].flow_id or None) if sent else None,
        "events": [
            {
                "at": step.at.isoformat(),
                "code": step.code,
                "label": label_of(step.code),
                "actor": step.actor,
                "reason": step.detail,
            }
            for step in view.timeline
            if step.code and step.at is not None
        ],
    }
    if as_json:
        print_json(answer)
    else:
        say(f"{number} : {label_of(view.state) if view.state else answer['state']}")
        for step in view.timeline:
            if step.code and step.at is not None:
                say(f"  {step.at:%d/%m/%Y %H:%M}  {step.code} {label_of(step.code)}  {step.detail}".rstrip())
    return DONE


def sync(program: Program, *, as_json: bool) -> int:
    """One synchronisation."""
    result = program.turn()
    if as_json:
        last = result.last_success.isoformat() if result.last_success else None
        print_json({"phase": result.phase.value, "problem": result.problem, "last_success": last})
    if result.phase is SyncPhase.NOT_CONNECTED:
        tell(sentence("ED-NO-PLATFORM", {}))
        return UNREADABLE
    if result.phase is SyncPhase.IDLE:
        if not as_json:
            say("Synchronisé.")
        return DONE
    code, _, message = result.problem.partition(": ")
    is_paused = result.phase is SyncPhase.PAUSED
    must_act = result.phase is SyncPhase.NEEDS_ATTENTION
    tell("La synchronisation est en pause." if is_paused else platform_sentence(code, message, must_act=must_act))
    return NOT_CHECKED


def verify(program: Program, *, as_json: bool) -> int:
    """Verify the fiscal register in full."""
    reports = program.services.ledger.run()
    if as_json:
        print_json(program.services.ledger.as_json(reports))
    else:
        for report in reports:
            words = "intègre" if report.is_intact else f"ROMPU à l'écriture {report.broken_at}"
            say(f"{report.scope} : {report.head_sequence} écritures, registre {words}")
    return DONE if all(report.is_intact for report in reports) else NOT_VALID
