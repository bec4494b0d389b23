"""The two Schematron runs of an invoice and nothing else, to measure what the program adds to them.

The rule engine may abort a process that has threads, so the program measures in a process apart:
:func:`measure_apart`, or ``python -m einvoice_desktop.documents.rules.bare ROUNDS < invoice.xml``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

from einvoice_desktop.documents.rules import rulebook
from einvoice_desktop.documents.rules.process import worker_command, worker_environment


class BareSchematrons:
    """EN 16931 and BR-FR for CII, compiled once with the rule engine as it comes. In this very process.

    Raises:
        ImportError: saxonche is not installed.
    """

    def __init__(self) -> None:
        from saxonche import PySaxonProcessor

        self._saxon: Any = PySaxonProcessor(license=False)
        compiler: Any = self._saxon.new_xslt30_processor()
        self._stylesheets = [
            compiler.compile_stylesheet(stylesheet_file=str(rulebook.CII_EN16931.file(schematron.path)))
            for schematron in rulebook.CII_EN16931.schematrons
        ]

    def run(self, xml: bytes) -> float:
        """Seconds both transformations of ``xml`` (UTF-8) take, its parsing by the rule engine included."""
        text = xml.decode("utf-8-sig")
        started = time.perf_counter()
        node = self._saxon.parse_xml(xml_text=text)
        for stylesheet in self._stylesheets:
            stylesheet.transform_to_string(xdm_node=node)
        return time.perf_counter() - started


def measure(xml: bytes, rounds: int) -> list[float]:
    """Seconds of each of ``rounds`` bare runs, after one that is not counted; in this process."""
    bare = BareSchematrons()
    bare.run(xml)
    return [bare.run(xml) for _ in range(rounds)]


def measure_apart(xml: bytes, rounds: int) -> list[float]:
    """:func:`measure` in a process of its own.

    Raises:
        subprocess.CalledProcessError: the rule engine could not run.
    """
    done = subprocess.run(
        worker_command("bare", str(rounds)), input=xml, capture_output=True, check=True, env=worker_environment()
    )
    seconds: list[float] = json.loads(done.stdout)
    return seconds


def main() -> int:
    """Print the seconds of each round as a JSON list."""
    sys.stdout.write(json.dumps(measure(sys.stdin.buffer.read(), int(sys.argv[1]))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
