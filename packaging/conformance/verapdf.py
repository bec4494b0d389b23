"""Says whether PDF files are PDF/A-3b: ``python3 packaging/conformance/verapdf.py FILE…``, or folders of them.

veraPDF comes from Maven Central on first use (:mod:`jars`). One line per file; the exit code is 0 when all conform, 1 when
one does not, 2 when nothing could be checked.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from jars import CONFORM, FAILED, LONGEST_RUN, UNCHECKED, UncheckedError, fetch, files_of

MAIN = "org.verapdf.apps.GreenfieldCliWrapper"


@dataclass(frozen=True)
class Report:
    """What veraPDF says of one file; ``broken`` holds the clauses of ISO 19005-3 it breaks."""

    path: str
    is_conform: bool
    broken: tuple[str, ...] = ()


def check(files: list[Path], flavour: str = "3b") -> list[Report]:
    """One report per file, in the same order.

    Raises:
        UncheckedError: veraPDF could not be fetched or run, or left a file out.
    """
    jar = fetch("greenfield-apps")
    command = ["java", "-Djava.awt.headless=true", "-cp", str(jar), MAIN, "--flavour", flavour, "--format", "xml"]
    paths = [str(path.resolve()) for path in files]
    run = subprocess.run(
        [*command, "--maxfailuresdisplayed", "1", *paths],
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST_RUN,
    )
    try:
        found = {report.path: report for report in _read(run.stdout)}
        return [found[path] for path in paths]
    except (ElementTree.ParseError, KeyError) as error:
        raise UncheckedError(f"veraPDF n'a pas rendu de verdict : {error}\n{run.stderr[-2000:]}") from error


def _standard(flavour: str) -> str:
    """``PDF/A-3b``; ``PDF/UA-1`` for the flavour ``ua1``."""
    return f"PDF/UA-{flavour[2:]}" if flavour.startswith("ua") else f"PDF/A-{flavour}"


def _read(xml: str) -> list[Report]:
    reports = []
    for job in ElementTree.fromstring(xml).iter("job"):
        path = job.findtext("item/name") or ""
        validation = job.find("validationReport")
        if validation is None:
            problem = " ".join((job.findtext("taskException/exceptionMessage") or "fichier illisible").split())
            reports.append(Report(path, is_conform=False, broken=(problem,)))
            continue
        broken = tuple(_clause(rule) for rule in validation.iter("rule") if rule.get("status") == "failed")
        reports.append(Report(path, validation.get("isCompliant") == "true" and not broken, broken))
    return reports


def _clause(rule: ElementTree.Element) -> str:
    description = " ".join((rule.findtext("description") or "").split())
    return f"{rule.get('clause')}-{rule.get('testNumber')} ({rule.get('failedChecks')} fois) {description}"


def main(arguments: list[str]) -> int:
    """Check the files named on the command line; the exit code."""
    parser = argparse.ArgumentParser(description="Vérifie la conformité PDF/A-3b avec veraPDF.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="FICHIER", help="fichiers PDF ou dossiers")
    parser.add_argument("--flavour", default="3b", help="variante (3b par défaut, ua1 pour PDF/UA-1)")
    options = parser.parse_args(arguments)
    try:
        reports = check(files_of(options, ".pdf"), options.flavour)
    except (UncheckedError, subprocess.TimeoutExpired, OSError) as error:
        print(f"non vérifié : {error}", file=sys.stderr)
        return UNCHECKED
    for report in reports:
        verdict = f"conforme {_standard(options.flavour)}" if report.is_conform else "NON CONFORME"
        print(f"{verdict}  {report.path}")
        for clause in report.broken:
            print(f"    {clause}")
    failed = sum(not report.is_conform for report in reports)
    print(f"{len(reports)} fichier(s), {failed} non conforme(s)")
    return FAILED if failed else CONFORM


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
