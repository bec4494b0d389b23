"""The twenty-one worked examples of the domain brief, which pass every official rule, go through us unchanged."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from einvoice_desktop.documents.reading import DocumentReader
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.invoice import Invoice

READER, WRITER = DocumentReader(), DocumentWriter()


def examples(shared: Path) -> list[Path]:
    return sorted(p for p in (shared / "domain/examples/out").glob("c*.xml") if re.match(r"c\d\d", p.name))


def read(xml: bytes) -> Invoice:
    document = READER.read(xml)
    assert document.problems == ()
    assert document.invoice is not None
    return document.invoice


def test_each_example_is_read_and_written_again_the_same(shared: Path) -> None:
    paths = examples(shared)
    assert len({path.name[:3] for path in paths}) == 21
    for path in paths:
        invoice = read(path.read_bytes())
        assert read(WRITER.write_cii(invoice)) == invoice, path.name
        assert read(WRITER.write_ubl(invoice)) == invoice, path.name
        assert READER.read_json(WRITER.write_json(invoice)) == invoice, path.name


@pytest.mark.parametrize("name", ["c01_domestic_b2b_20_5_5", "c09_doc_allowance_charge", "c15_attachments_and_refs"])
def test_both_syntaxes_of_an_example_tell_the_same(shared: Path, name: str) -> None:
    folder = shared / "domain/examples/out"
    assert read((folder / f"{name}_cii.xml").read_bytes()) == read((folder / f"{name}_ubl.xml").read_bytes())


@pytest.mark.parametrize("name", ["c01_domestic_b2b_20_5_5", "c14_usd_with_eur_vat", "c16_multi_order_extended"])
def test_the_rewritten_example_has_the_same_figures_in_its_xml(shared: Path, name: str) -> None:
    original = (shared / "domain/examples/out" / f"{name}_cii.xml").read_bytes()
    written = WRITER.write_cii(read(original))
    figures = re.compile(rb"<ram:(\w+(?:Amount|Quantity|Percent))\b[^>]*>([^<]*)<")
    as_numbers = [(tag, Decimal(text.decode())) for tag, text in figures.findall(original)]
    assert [(tag, Decimal(text.decode())) for tag, text in figures.findall(written)] == as_numbers
