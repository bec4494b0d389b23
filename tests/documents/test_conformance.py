"""The official verdict on what we write: every worked example, rewritten in both syntaxes."""

from __future__ import annotations

from pathlib import Path

import pytest

from einvoice_desktop.documents.cdar import CdarWriter
from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.documents.rules import RulesWorker
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.ports.documents import InvoiceReader, InvoiceWriter, LifecycleWriter
from einvoice_desktop.ports.rules import Verdict
from tests.documents.test_examples import examples


def test_the_doors_keep_their_promises() -> None:
    writer: InvoiceWriter = DocumentWriter()
    reader: InvoiceReader = DocumentReader()
    lifecycle: LifecycleWriter = CdarWriter()
    assert all((writer, reader, lifecycle))


@pytest.mark.conformance
def test_every_example_we_rewrite_conforms(shared: Path) -> None:
    reader, writer, rules = DocumentReader(), DocumentWriter(), RulesWorker()
    try:
        for path in examples(shared):
            invoice = reader.read(path.read_bytes()).invoice
            assert invoice is not None
            for xml in (writer.write_cii(invoice), writer.write_ubl(invoice)):
                report = rules.check(xml)
                assert report.verdict is Verdict.CONFORMING, (path.name, report)
                # An empty delivery element is mandatory in the schema and frowned upon by one rule.
                assert {finding.code for finding in report.findings} <= {"PEPPOL-EN16931-R008"}, path.name
    finally:
        rules.close()
