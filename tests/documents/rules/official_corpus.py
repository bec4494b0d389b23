"""The documents of the corpus with what the official files say of each, run once for all the tests that ask."""

from __future__ import annotations

import csv
import io
import logging
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.documents.rules.official import Official, official


@dataclass(frozen=True)
class CorpusDocument:
    """One line of VERDICTS.tsv.

    Attributes:
        file: path in the corpus. row: its columns. xml: the XML, taken out of its PDF when it is one.
        official: what the rule files installed here say, run by themselves.
    """

    file: str
    row: dict[str, str]
    xml: bytes
    official: Official

    @property
    def has_verdict(self) -> bool:
        """Whether an official file applies to it."""
        return not self.official.unreadable


def xml_in(path: Path) -> bytes | None:
    """The XML of a file, taken out of its PDF when it is one."""
    content = path.read_bytes()
    if path.suffix.lower() != ".pdf":
        return content
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    attachments = pypdf.PdfReader(io.BytesIO(content)).attachments
    xml = {name.lower(): bodies[0] for name, bodies in attachments.items() if name.lower().endswith(".xml")}
    return xml.get("factur-x.xml") or next(iter(xml.values()), None)


@cache
def officially_judged(corpus: Path) -> tuple[CorpusDocument, ...]:
    """Every document of the corpus that holds XML, in the order of VERDICTS.tsv."""
    with (corpus / "VERDICTS.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = [(row, xml) for row in rows if (xml := xml_in(corpus / row["file"])) is not None]
    with tempfile.TemporaryDirectory() as scratch:
        files = [Path(scratch) / f"{index}.xml" for index in range(len(found))]
        for file, (_, xml) in zip(files, found, strict=True):
            file.write_bytes(xml)
        answers = official(files)
    return tuple(
        CorpusDocument(row["file"], row, xml, answer) for (row, xml), answer in zip(found, answers, strict=True)
    )
