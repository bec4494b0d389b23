"""What Mustangproject's validator says of Factur-X files: ``python3 packaging/conformance/mustang.py FILE…``, or folders.

It looks at the PDF (with a veraPDF of its own), at its XMP, and at the XML inside by the XSD and rules of its Factur-X
version. Mustang comes from Maven Central on first use (:mod:`jars`); all files go through one JVM (``MustangBatch.java``).
One line per file; the exit code is 0 when all pass, 1 when one does not, 2 when nothing could be checked.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from jars import CONFORM, FAILED, HERE, LONGEST_RUN, UNCHECKED, UncheckedError, fetch, files_of, need

PROGRAM = HERE / "MustangBatch.java"
SEPARATOR = "@@ "

_GERMAN = "règle de XRechnung, la spécification allemande, que Mustang passe aussi sur un document français"
_EMPTY = "ApplicableHeaderTradeDelivery : le schéma l'exige, et rien n'est livré le jour d'un acompte ou d'une période"
_YEN = "le yen n'a pas de centime (ISO 4217), Mustang compte toujours deux décimales"

EXPECTED: dict[tuple[str, str], str] = {
    ("notice", "BR-DE-1"): _GERMAN,
    ("notice", "BR-DE-2"): _GERMAN,
    ("notice", "BR-DE-14"): _GERMAN,
    ("notice", "BR-DE-15"): _GERMAN,
    ("notice", "BR-DE-17"): _GERMAN,
    ("notice", "BR-DE-21"): _GERMAN,
    ("notice", "BR-DE-24-a"): _GERMAN,
    ("notice", "BR-DE-TMP-32"): _GERMAN,
    ("notice", "PEPPOL-EN16931-R040"): _GERMAN,
    ("warning", "PEPPOL-EN16931-R008"): _EMPTY,
    ("warning", "type 10"): _YEN,
}
"""Findings of Mustang that are none of ours, by severity and rule, each with its reason. Nothing else is let pass."""

_RULE = re.compile(r"\[ID ([^\]]+)\]")
MOST_ROUNDED = 2
"""Yens that rounding each line and each VAT rate takes away at most, in a document of a few lines."""

_TOTALS = re.compile(r"total in XML is ([0-9]+)\.00, but calculated total is (-?[0-9.]+)")
_NAMED = re.compile(r"^\s*\[([A-Z][A-Za-z0-9-]+)\]")


@dataclass(frozen=True)
class Told:
    """One thing Mustang found: ``severity`` as it names it (``error``, ``notice``…), ``rule`` or ``type N``."""

    severity: str
    rule: str
    text: str

    @property
    def is_expected(self) -> bool:
        """Whether it is on the list of what is none of ours."""
        if (self.severity, self.rule) not in EXPECTED:
            return False
        return self.rule != "type 10" or _is_whole(self.text)


@dataclass(frozen=True)
class Report:
    """What Mustang says of one file; ``profile`` is BT-24 as it read it, empty when it found no XML."""

    path: str
    profile: str
    is_pdf_valid: bool
    told: tuple[Told, ...]

    @property
    def unexpected(self) -> tuple[Told, ...]:
        """What makes the file fail."""
        return tuple(one for one in self.told if not one.is_expected)

    @property
    def is_conform(self) -> bool:
        """Whether PDF and XML were both looked at and nothing unexpected was found."""
        return self.is_pdf_valid and bool(self.profile) and not self.unexpected


def _is_whole(text: str) -> bool:
    """Whether a total Mustang doubts is a whole amount, its own being no further than rounding takes it."""
    found = _TOTALS.search(text)
    return found is not None and abs(float(found[1]) - float(found[2])) <= MOST_ROUNDED


def check(files: list[Path]) -> list[Report]:
    """One report per file, in the same order.

    Raises:
        UncheckedError: Mustang could not be fetched or run, or left a file out.
    """
    jar = fetch("validator")
    need("javac")  # a source file is run: a Java runtime alone cannot
    paths = [str(path.resolve()) for path in files]
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "files.txt"
        listed.write_text("\n".join(paths), encoding="utf-8")
        run = subprocess.run(
            ["java", "-Djava.awt.headless=true", "-Xmx2g", "-cp", str(jar), str(PROGRAM), str(listed)],
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=LONGEST_RUN,
        )
    try:
        found = dict(_read(run.stdout))
        return [found[path] for path in paths]
    except (ElementTree.ParseError, KeyError) as error:
        raise UncheckedError(f"Mustang n'a pas rendu de verdict : {error}\n{run.stderr[-2000:]}") from error


def _read(output: str) -> list[tuple[str, Report]]:
    parts = ("\n" + output).split("\n" + SEPARATOR)[1:]
    reports = []
    for part in parts:
        path, _, xml = part.partition("\n")
        reports.append((path, _report(path, ElementTree.fromstring(xml.strip()))))
    return reports


def _report(path: str, root: ElementTree.Element) -> Report:
    told = tuple(_told(message) for messages in root.iter("messages") for message in messages)
    status = root.find("pdf/summary")
    is_valid = status is not None and status.get("status") == "valid"
    return Report(path, root.findtext("xml/info/profile") or "", is_valid, told)


def _told(message: ElementTree.Element) -> Told:
    text = " ".join((message.text or "").split())
    rule = _RULE.search(text) or _NAMED.search(text)
    return Told(message.tag, rule[1] if rule else f"type {message.get('type')}", text)


def main(arguments: list[str]) -> int:
    """Check the files named on the command line; the exit code."""
    parser = argparse.ArgumentParser(description="Fait juger des fichiers Factur-X par Mustangproject.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="FICHIER", help="fichiers PDF ou dossiers")
    options = parser.parse_args(arguments)
    try:
        reports = check(files_of(options, ".pdf"))
    except (UncheckedError, subprocess.TimeoutExpired, OSError) as error:
        print(f"non vérifié : {error}", file=sys.stderr)
        return UNCHECKED
    for report in reports:
        print(f"{'accepté par Mustang' if report.is_conform else 'REFUSÉ PAR MUSTANG'}  {report.path}")
        if not report.is_pdf_valid:
            print("    le PDF n'est pas un PDF/A-3 valable")
        if not report.profile:
            print("    aucun XML n'a été lu")
        for one in report.unexpected:
            print(f"    {one.severity} {one.rule} : {one.text}")
    expected = Counter((one.severity, one.rule) for report in reports for one in report.told if one.is_expected)
    for (severity, rule), count in sorted(expected.items()):
        print(f"attendu, {count} fois : {severity} {rule} ({EXPECTED[severity, rule]})")
    failed = sum(not report.is_conform for report in reports)
    print(f"{len(reports)} fichier(s), {failed} refusé(s)")
    return FAILED if failed else CONFORM


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
