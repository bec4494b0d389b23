"""``issue``, ``receive``, ``status``, ``sync``, ``ledger verify``: the use cases, for a terminal."""

from __future__ import annotations

from pathlib import Path

from einvoice_desktop.cli.output import DONE, NOT_CHECKED, NOT_VALID, print_json, say
from einvoice_desktop.cli.program import Program
from einvoice_desktop.domain.lifecycle import label_of
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.events import SyncPhase
from einvoice_desktop.ports.unit_of_work import IssuedDocument
from einvoice_desktop.services.view_document import IssuedView

LARGEST_BODY = 20 * 1024 * 1024
"""Bytes a JSON body may have."""


def read_file(path: Path, limit: int) -> bytes:
    """The bytes of ``path``.

    Raises:
        UserError: ``ED-FILE-UNREADABLE``, ``ED-FILE-TOO-LARGE`` or ``ED-FILE-EMPTY``.
    """
    try:
        if path.stat().st_size > limit:
            raise UserError("ED-FILE-TOO-LARGE", detail=str(path))
        content = path.read_bytes()
    except OSError as error:
        raise UserError("ED-FILE-UNREADABLE", detail=f"{path}: {error.strerror}") from error
    if not content:
        raise UserError("ED-FILE-EMPTY", detail=str(path))
    return content


def write_files(document: IssuedDocument, directory: Path) -> dict[str, Path]:
    """The PDF, XML and JSON of an issued document under ``directory``.

    Raises:
        UserError: ``ED-OUTPUT``: the folder cannot be written; the document stays in the store.
    """
    stem = document.summary.number.replace("/", "_")
    paths = {kind: directory / f"{stem}.{kind}" for kind in ("pdf", "xml", "json")}
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for kind, content in (("pdf", document.pdf), ("xml", document.xml), ("json", document.json)):
            paths[kind].write_bytes(content)
    except OSError as error:
        raise UserError("ED-OUTPUT", detail=error.strerror or "", path=str(directory)) from error
    return paths


def issue(program: Program, file: Path, directory: Path, *, as_json: bool) -> int:
    """Issue a JSON body and leave its files in ``directory``."""
    document = program.services.issue_body.issue(read_file(file, LARGEST_BODY))
    paths = write_files(document, directory)
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
        say(f"{summary.number} émise : {summary.with_vat:f} {summary.currency} TTC, {paths['pdf']}")
    return DONE


def receive(program: Program, files: list[Path], *, as_json: bool) -> int:
    """Keep suppliers' files; one that cannot be read does not stop the others."""
    company = default_company(program)
    answers: list[dict[str, object]] = []
    failed = False
    for path in files:
        try:
            reception = program.services.receive.receive(company, read_file(path, LARGEST_BODY * 5), path.name)
        except UserError as error:
            failed = True
            answers.append({"file": str(path), "error": error.code})
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
            }
        )
    if as_json:
        print_json({"documents": answers})
    else:
        for answer in answers:
            words = answer.get("error") or f"{answer['number']} {answer['supplier']} ({answer['verdict']})"
            say(f"{answer['file']} : {words}")
    return 2 if failed else DONE


def default_company(program: Program) -> str:
    """The only company, or the first.

    Raises:
        UserError: ``ED-NO-COMPANY``.
    """
    companies = program.services.companies.all()
    if not companies:
        raise UserError("ED-NO-COMPANY")
    return companies[0].id


def status(program: Program, number: str, *, as_json: bool) -> int:
    """Where an issued document stands."""
    view: IssuedView = program.services.view.find(number)
    sent = [entry for entry in view.outbox if entry.syntax != "CDAR"]
    answer = {
        "number": number,
        "state": view.state or (sent[-1].state.value if sent else "issued"),
        "platform_id": sent[-1].flow_id if sent else None,
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
    else:
        words = {SyncPhase.IDLE: "Synchronisé.", SyncPhase.NOT_CONNECTED: "Aucune plateforme connectée."}
        say(words.get(result.phase, f"Non synchronisé ({result.phase.value}) : {result.problem}"))
    return DONE if result.phase is SyncPhase.IDLE else NOT_CHECKED


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
