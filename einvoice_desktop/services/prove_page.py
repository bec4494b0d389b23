"""Making the file of a document and looking at it with other eyes, before anything is frozen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.ports.documents import Appearance, PdfMaker, PdfProof, PdfProver
from einvoice_desktop.ports.errors import UserError

_ABOUT_XML = frozenset({"ED-PDF-ATTACHED", "ED-PDF-RELATION", "ED-PDF-XML"})
_FACTUR_X = "fx:"


@dataclass(frozen=True, slots=True)
class MadeFile:
    """The PDF of a document: a Factur-X file, or its readable page where no Factur-X level exists."""

    pdf: bytes
    is_factur_x: bool


class ProvePage:
    """Makes the PDF of documents and proves it."""

    def __init__(self, pdf: PdfMaker, prover: PdfProver) -> None:
        self._pdf, self._prover = pdf, prover

    def make(self, invoice: Invoice, appearance: Appearance, xml: bytes, made_at: datetime) -> MadeFile:
        """The file of ``invoice`` around ``xml``; EXTENDED-CTC-FR has no Factur-X level: its page is then apart."""
        try:
            return MadeFile(self._pdf.make(invoice, appearance, xml, made_at=made_at), is_factur_x=True)
        except UserError as error:
            if error.code != "ED-FACTURX-PROFILE":
                raise
        return MadeFile(self._pdf.render(invoice, appearance), is_factur_x=False)

    def prove(self, made: MadeFile, invoice: Invoice, xml: bytes) -> PdfProof:
        """What re-opening the file shows; of a page apart, everything but the XML it does not hold."""
        proof = self._prover.prove(made.pdf, xml, invoice)
        if made.is_factur_x:
            return proof
        kept = [
            finding
            for finding in proof.findings
            if finding.code not in _ABOUT_XML and not finding.params.get("name", "").startswith(_FACTUR_X)
        ]
        return replace(proof, findings=tuple(kept))
