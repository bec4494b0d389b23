"""Says whether PDF files are PDF/A-3b: ``python3 packaging/conformance/verapdf.py FILE…``, or folders of them.

veraPDF comes from Maven Central into ``.cache/conformance`` on first use (25 MB). One line per file; the exit code is
0 when all conform, 1 when one does not, 2 when nothing could be checked: what did not run is never a success.
Only the standard library is needed, with Java and Maven, which are installed by apt where we are root.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent.parent / ".cache" / "conformance"
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
DEBIAN = {"java": "default-jre-headless", "mvn": "maven"}
CONFORM, FAILED, UNCHECKED = 0, 1, 2
LONGEST_RUN = 900
"""Seconds veraPDF may take for all files."""


class UncheckedError(Exception):
    """Nothing can be said of the files."""


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
    jar = fetch()
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


def fetch() -> Path:
    """The jar of veraPDF, from the cache or from Maven Central.

    Raises:
        UncheckedError: Java, Maven or the jar cannot be had.
    """
    _need("java")
    wanted = HERE / "pom.xml"
    stamp = CACHE / "pom.xml"
    found = sorted(CACHE.glob("greenfield-apps-*.jar"))
    if found and stamp.exists() and stamp.read_bytes() == wanted.read_bytes():
        return found[0]
    for old in found:
        old.unlink()
    _need("mvn")
    CACHE.mkdir(parents=True, exist_ok=True)
    goal = ["mvn", "-q", "-B", "-f", str(wanted), "dependency:copy-dependencies", f"-DoutputDirectory={CACHE}"]
    run = subprocess.run(goal, capture_output=True, text=True, check=False, timeout=LONGEST_RUN)
    found = sorted(CACHE.glob("greenfield-apps-*.jar"))
    if run.returncode or not found:
        raise UncheckedError(f"Maven n'a pas pu obtenir veraPDF :\n{(run.stdout + run.stderr)[-2000:]}")
    stamp.write_bytes(wanted.read_bytes())
    return found[0]


def _need(program: str) -> None:
    if shutil.which(program):
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", DEBIAN[program]]):
            subprocess.run(["apt-get", "-qq", *arguments], env=quiet, check=False, stdout=subprocess.DEVNULL)
    if not shutil.which(program):
        raise UncheckedError(f"il manque « {program} » (paquet Debian : {DEBIAN[program]})")


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


def _expand(paths: list[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        files += sorted(path.rglob("*.pdf")) if path.is_dir() else [path]
    return files


def main(arguments: list[str]) -> int:
    """Check the files named on the command line; the exit code."""
    parser = argparse.ArgumentParser(description="Vérifie la conformité PDF/A-3b avec veraPDF.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="FICHIER", help="fichiers PDF ou dossiers")
    parser.add_argument("--flavour", default="3b", help="variante (3b par défaut, ua1 pour PDF/UA-1)")
    options = parser.parse_args(arguments)
    files = _expand(options.paths)
    missing = [str(path) for path in files if not path.is_file()]
    if missing or not files:
        print("aucun fichier à vérifier" if not files else "introuvable : " + ", ".join(missing), file=sys.stderr)
        return UNCHECKED
    try:
        reports = check(files, options.flavour)
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
