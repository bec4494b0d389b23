"""One process of the matrix: its share of the documents in a store of its own, and their files for the judges."""

from __future__ import annotations

import pickle
import sys
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


def main() -> None:
    """Make the share ``PART`` of ``PARTS`` in a store of its own under ``FOLDER``, and keep the files for the judges."""
    folder, part, parts = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    program = Program(folder / f"store-{part}.sqlite3", pace=0)
    try:
        fill(program.services)
        program.warm_up()
        maker = Maker(program.services, date.today())  # noqa: DTZ011 - the day of the person who types
        for case in groups(part, parts):
            maker.make(case)
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
        pickle.dump(Harvest(list(maker.made.values()), maker.refused, maker.seconds), file)


if __name__ == "__main__":
    main()
