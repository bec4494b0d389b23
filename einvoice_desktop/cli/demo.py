"""``demo --output DIR``: the main job played once, and everything it leaves."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from einvoice_desktop.cli.files import write_files
from einvoice_desktop.cli.output import DONE, print_json, say
from einvoice_desktop.cli.program import Program, Programs
from einvoice_desktop.domain.lifecycle import label_of
from einvoice_desktop.ports.errors import UserError

STORE = "demonstration.sqlite"


def demo(programs: Programs, directory: Path, *, as_json: bool) -> int:
    """Fill a store of its own, follow an invoice to « Encaissée », receive a supplier's, picture every screen."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("ED-FILE-UNWRITABLE", detail=f"{directory}: {error.strerror}") from error
    with tempfile.TemporaryDirectory() as scratch:
        store = Path(scratch) / STORE
        with programs.open(store, pace=0.0) as program:
            files = _papers(program, directory)
            pictures = programs.screenshots(program, directory / "captures")
    if as_json:
        print_json({"files": [str(p) for p in files], "screenshots": [str(p) for p in pictures]})
    else:
        say(f"Démonstration terminée, fichiers dans {directory.resolve()} :")
        for path in files:
            say(f"  {path.name}")
        say(f"  captures/ : {len(pictures)} images")
    return DONE


def _papers(program: Program, directory: Path) -> list[Path]:
    services = program.services
    result = services.demo.run()
    view = services.view.issued(result.cashed.id)
    files = list(write_files(view.document, directory).values())
    timeline = directory / "suivi.json"
    steps = [
        {
            "at": step.at.isoformat() if step.at else None,
            "code": step.code,
            "label": label_of(step.code) if step.code else step.title_key,
            "actor": step.actor,
            "detail": step.detail,
        }
        for step in view.timeline
    ]
    body = {"number": view.document.summary.number, "state": view.state, "timeline": steps}
    timeline.write_text(json.dumps(body, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    files.append(timeline)
    for row in services.queries.received(result.company_id).rows:
        received = services.view.received(row.id).document
        path = directory / f"recue-{row.number}.pdf"
        path.write_bytes(received.original)
        files.append(path)
    return files


def pictures(programs: Programs, directory: Path, *, as_json: bool) -> int:
    """``screenshots DIR``: every screen with the demonstration data."""
    scratch = Path(tempfile.mkdtemp())
    try:
        with programs.open(scratch / STORE, pace=0.0) as program:
            program.services.demo.run()
            made = programs.screenshots(program, directory)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if as_json:
        print_json({"screenshots": [str(p) for p in made]})
    else:
        say(f"{len(made)} images dans {directory.resolve()}")
    return DONE
