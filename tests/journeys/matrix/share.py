"""One process of the matrix: its share of the documents in a store of its own, and their files for the judges."""

from __future__ import annotations

import os
import pickle
import sys
import time
from datetime import date
from pathlib import Path

from einvoice_desktop.bootstrap import Program
from tests.journeys.matrix.making import Harvest, Maker
from tests.journeys.matrix.plan import Case, plan
from tests.journeys.matrix.registry import fill


def groups(part: int, parts: int) -> list[Case]:
    """The share of one of ``parts`` processes: whole VAT cases, so that what follows a document finds it."""
    names = list(dict.fromkeys(case.name.split(".for-")[0].partition(".")[2] for case in plan()))
    mine = set(names[part::parts])
    return [case for case in plan() if case.name.split(".for-")[0].partition(".")[2] in mine]


def cpu_used(program: Program) -> float:
    """Seconds of processor of this process and of its rules worker so far; of this process alone but on Linux."""
    stat = Path(f"/proc/{program.tools.rules.pid}/stat")
    if not stat.exists():
        return time.process_time()
    fields = stat.read_text(encoding="ascii").rpartition(")")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Make the share ``PART`` of ``PARTS`` in a store of its own under ``FOLDER``, and keep the files for the judges.

    A fourth argument is the most documents to make.
    """
    folder, part, parts = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    most = int(sys.argv[4]) if len(sys.argv) > 4 else None
    program = Program(folder / f"store-{part}.sqlite3", pace=0)
    try:
        fill(program.services)
        program.warm_up()
        assert program.tools.rules.check(b"<warm/>").why_not_checked == ""  # the worker is there
        maker = Maker(program.services, date.today())  # noqa: DTZ011 - the day of the person who types
        before = cpu_used(program)
        for case in groups(part, parts)[:most]:
            maker.make(case)
        cpu = cpu_used(program) - before
        for name, made in maker.made.items():
            (folder / f"{name}.cii.xml").write_bytes(made.document.xml)
            (folder / f"{name}.ubl.xml").write_bytes(program.services.export.ubl(made.document))
            if not made.case.has_page_apart:
                (folder / f"{name}.pdf").write_bytes(made.document.pdf)
            else:
                (folder / f"{name}.page.pdf").write_bytes(made.document.pdf)
    finally:
        program.close()
    with (folder / f"made-{part}.pickle").open("wb") as file:
        pickle.dump(Harvest(list(maker.made.values()), maker.refused, maker.seconds, cpu), file)


if __name__ == "__main__":
    main()
