"""Every kind of file against veraPDF, and what making them costs."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from einvoice_desktop.documents.pdf import ReportlabPdf
from einvoice_desktop.documents.pdf.proof import PypdfProver
from einvoice_desktop.documents.reading.reader import DocumentReader
from einvoice_desktop.documents.writing import DocumentWriter
from einvoice_desktop.domain.invoice import Profile
from einvoice_desktop.ports.documents import LANGUAGES
from tests.conftest import PROJECT
from tests.documents.pdf import samples
from tests.documents.pdf.extremes import extremes

RUNNER = PROJECT / "packaging" / "conformance" / "verapdf.py"


EVERY = samples.all_samples() | extremes()


def _run(*paths: Path, flavour: str = "3b") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(RUNNER), "--flavour", flavour, *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)


@pytest.mark.conformance
def test_every_kind_is_pdf_a_3b_by_verapdf(maker: ReportlabPdf, tmp_path: Path) -> None:
    for index, (name, invoice) in enumerate(EVERY.items()):
        look = samples.RICH if index % 2 else replace(samples.PLAIN, language=LANGUAGES[index % 5])
        sent = replace(invoice, profile=Profile.EXTENDED)
        made = maker.make(sent, look, samples.XML, made_at=samples.MADE_AT)
        (tmp_path / f"{name}.pdf").write_bytes(made)
        (tmp_path / f"{name}-preview.pdf").write_bytes(maker.render(invoice, samples.RICH))
        (tmp_path / f"{name}-received.pdf").write_bytes(maker.render_received(invoice))
    run = _run(tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("conforme PDF/A-3b") == 3 * len(EVERY)


@pytest.mark.conformance
def test_every_kind_can_be_heard_by_verapdf(maker: ReportlabPdf, tmp_path: Path) -> None:
    """PDF/UA-1, as far as a program can tell: what it cannot (order, words of pictures) is in the other tests."""
    for name, invoice in EVERY.items():
        sent = replace(invoice, profile=Profile.EN16931)
        (tmp_path / f"{name}.pdf").write_bytes(maker.make(sent, samples.RICH, samples.XML, made_at=samples.MADE_AT))
    run = _run(tmp_path, flavour="ua1")
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("conforme PDF/UA-1") == len(EVERY)


@pytest.mark.conformance
def test_every_invoice_of_the_corpus_has_a_readable_page(maker: ReportlabPdf, corpus: Path, tmp_path: Path) -> None:
    reader = DocumentReader()
    count = 0
    for path in sorted(corpus.rglob("*")):
        if path.suffix.lower() in {".xml", ".pdf"} and path.is_file() and path.stat().st_size < 5_000_000:
            invoice = reader.read(path.read_bytes(), path.name).invoice
            if invoice is not None:
                count += 1
                (tmp_path / f"{count:04}.pdf").write_bytes(maker.render_received(invoice))
    assert count > 100
    run = _run(tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("conforme PDF/A-3b") == count


@pytest.mark.conformance
def test_every_invoice_of_the_corpus_is_proven_when_we_make_it(maker: ReportlabPdf, corpus: Path) -> None:
    """Real documents, made again as ours: what is printed and what is sent agree, and no check cries wolf."""
    reader, writer, prover = DocumentReader(), DocumentWriter(), PypdfProver()
    count, refused = 0, {}
    for path in sorted(corpus.rglob("*")):
        if path.suffix.lower() not in {".xml", ".pdf"} or not path.is_file() or path.stat().st_size > 3_000_000:
            continue
        read = reader.read(path.read_bytes(), path.name).invoice
        if read is None or not read.number:
            continue
        invoice = replace(read, profile=Profile.EXTENDED)
        xml = writer.write_cii(invoice)
        proof = prover.prove(maker.make(invoice, samples.PLAIN, xml, made_at=samples.MADE_AT), xml, invoice)
        count += 1
        if not proof.is_proven:
            refused[path.name] = proof
    print(f"{count} documents proven")
    assert refused == {}
    assert count > 300


@pytest.mark.conformance
def test_the_runner_does_find_a_file_that_does_not_conform(maker: ReportlabPdf, tmp_path: Path) -> None:
    made = maker.render(samples.invoice(), samples.PLAIN)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(made.replace(b"<pdfaid:part>3<", b"<pdfaid:part>2<").replace(b"/GTS_PDFA1", b"/GTS_PDFX_"))
    nothing = tmp_path / "nothing.pdf"
    nothing.write_bytes(b"")
    run = _run(broken, nothing)
    assert run.returncode == 1, run.stdout + run.stderr
    assert run.stdout.count("NON CONFORME") == 2


def test_the_runner_never_calls_nothing_a_success(tmp_path: Path) -> None:
    assert _run(tmp_path).returncode == 2
    assert _run(tmp_path / "missing.pdf").returncode == 2


@pytest.mark.bench
@pytest.mark.parametrize(("count", "limit_ms"), [(1, 40), (10, 40), (300, 250)])
def test_a_file_is_made_fast_enough(maker: ReportlabPdf, count: int, limit_ms: float) -> None:
    invoice = samples.many_lines(count)
    maker.make(invoice, samples.RICH, samples.XML, made_at=samples.MADE_AT)
    times = []
    for _ in range(9):
        start = time.perf_counter()
        made = maker.make(invoice, samples.RICH, samples.XML, made_at=samples.MADE_AT)
        times.append((time.perf_counter() - start) * 1000)
    print(f"{count} lines: median {sorted(times)[4]:.1f} ms, {len(made)} bytes")
    assert min(times) <= limit_ms
