"""Two published collections of cases, whole: files kept in the corpus, and the others made again from them.

Each change is the one line its authors describe; where they published the SHA-256 of a file, ours must have it.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

LIMITS = "VALENTINDML_facturx-cas-limites"
ORACLES = "facturxapi_en16931-oracles"
CTC_FR = b"urn:cen.eu:en16931:2017#compliant#urn.cpro.gouv.fr:1p0:en16931-ctc-fr"
BASIC = b"urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic"
Change = tuple[bytes, bytes]

SOURCES: dict[str, tuple[str, Change | None]] = {
    "ubl": ("brfr/gaps-fr/ubl-pmt-dot.xml", (b"#PMT#.", b"#PMT#FICTIF")),
    "cii": ("brfr/gaps-fr/cii-pmt-dot.xml", (b"<ram:Content>.<", b"<ram:Content>FICTIF<")),
    "z": ("gaps/CII_business_example_Z-date-20260231.xml", (b"20260231", b"20150109")),
    "example5": ("fixtures/CII_example5.xml", None),
    "credit note": ("gaps/ubl-tc434-creditnote1-type-380.xml", (b">380<", b">381<")),
    "example 02": ("../invopop_gobl.cii/parse/CII_business_example_02.xml", None),
    "example 3": ("../invopop_gobl.cii/parse/CII_example3.xml", None),
}
"""The documents the authors of the oracles started from."""

REMADE: dict[str, tuple[str, tuple[Change, ...]]] = {
    "brfr/gaps-fr/cii-date-suffix.xml": ("cii", ((b"20260816<", b"20260816XX<"),)),
    "brfr/gaps-fr/cii-date-20260431.xml": ("cii", ((b"20260915<", b"20260431<"),)),
    "brfr/gaps-fr/cii-pmt-na.xml": ("cii", ((b"FICTIF<", b"n/a<"),)),
    "brfr/gaps-fr/cii-pmt-vide.xml": ("cii", ((b"<ram:Content>FICTIF<", b"<ram:Content><"),)),
    "brfr/gaps-fr/ubl-b4-acompte.xml": ("ubl", ((b">S1<", b">B4<"), (b">380<", b">386<"))),
    "brfr/gaps-fr/ubl-bt24-garbage.xml": ("ubl", ((CTC_FR, b"urn:example:not-a-ctc-fr-profile"),)),
    "brfr/gaps-fr/ubl-date-2026-02-31.xml": ("ubl", ((b"2026-08-16", b"2026-02-31"),)),
    "brfr/gaps-fr/ubl-pmt-na.xml": ("ubl", ((b"#PMT#FICTIF", b"#PMT#n/a"),)),
    "brfr/gaps-fr/ubl-pmt-vide.xml": ("ubl", ((b"#PMT#FICTIF", b"#PMT#"),)),
    "brfr/gaps-fr/ubl-s1-type-381.xml": ("ubl", ((b">380<", b">381<"),)),
    "brfr/gaps-fr/ubl-vat-20-000.xml": ("ubl", ((b"Percent>20.00<", b"Percent>20.000<"),)),
    "brfr/mutants/ubl-date-annee.xml": ("ubl", ((b"2026-08-16", b"1999-08-16"),)),
    "brfr/mutants/ubl-note-pmt-absent.xml": ("ubl", ((b"#PMT#", b"#XXX#"),)),
    "brfr/mutants/ubl-profile-invalide.xml": ("ubl", ((b">S1<", b">XX<"),)),
    "gaps/CII_business_example_Z-bt31-DE37.xml": ("z", ((b"DE37/302/30168", b"DE37"),)),
    "gaps/CII_business_example_Z-bt30-X.xml": ("z", ((b"57151520", b"X"),)),
    "gaps/CII_business_example_Z-bt31-A.xml": ("z", ((b"DE37/302/30168", b"A"),)),
    "gaps/CII_business_example_Z-date-20151399.xml": ("z", ((b"20150109", b"20151399"),)),
    "gaps/CII_business_example_Z-dec-0.000.xml": ("z", ((b'TaxTotalAmount currencyID="EUR">0.0<', b'TaxTotalAmount currencyID="EUR">0.000<'),)),
    "gaps/CII_business_example_Z-dec-3frac.xml": ("z", ((b"GrandTotalAmount>11693.87<", b"GrandTotalAmount>11693.870<"),)),
    "gaps/CII_business_example_Z-iban-badcheck.xml": ("z", ((b"DE12500105170648489890", b"DE12500105170648489891"),)),
    "gaps/CII_example5-bt31-NL1.xml": ("example5", ((b'"VA">NL16356706<', b'"VA">NL1<'),)),
    "gaps/ubl-tc434-creditnote1-date-2026-02-31.xml": ("credit note", ((b"2019-09-23", b"2026-02-31"),)),
    "gaps/ubl-tc434-creditnote1-iban-bad.xml": ("credit note", ((b"BE91000000143476", b"BE91000000143477"),)),
    "gaps/engine-errors/CII_business_example_Z-dec-1E100.xml": ("z", ((b"GrandTotalAmount>11693.87<", b"GrandTotalAmount>1E+100<"),)),
    "gaps/engine-errors/CII_business_example_Z-dec-sci.xml": ("z", ((b"GrandTotalAmount>11693.87<", b"GrandTotalAmount>1169387E-2<"),)),
    "mutants/CII_business_example_Z.xml": ("z", ((b"DE37/302/30168", b"37"),)),
    "mutants/CII_business_example_02.xml": ("example 02", ((b"TypeCode>380<", b"TypeCode>999<"),)),
    "mutants/CII_example3.xml": ("example 3", ((b"CalculatedAmount>225<", b"CalculatedAmount>226<"),)),
    "mutants/ubl-tc434-creditnote1.xml": ("credit note", ((b">100.11</cbc:PayableAmount>", b">101.11</cbc:PayableAmount>"),)),
}  # fmt: skip

NOT_HERE = {"CII_business_example_01.xml", "CII-BR-CO-10-RoundingIssue.xml", "XRechnung-O.xml"}
"""Mutants of documents that are not in the corpus in their published bytes."""


def changed(content: bytes, changes: tuple[Change, ...]) -> bytes:
    for before, after in changes:
        assert before in content, before
        content = content.replace(before, after, 1)
    return content


def oracle(corpus: Path, name: str) -> bytes:
    """A file of the oracles: as it lies in the corpus, else made again."""
    kept = corpus / ORACLES / name
    if kept.is_file():
        return kept.read_bytes()
    source, changes = REMADE[name]
    return changed(oracle_source(corpus, source), changes)


def oracle_source(corpus: Path, source: str) -> bytes:
    file, change = SOURCES[source]
    content = (corpus / ORACLES / file).read_bytes()
    return changed(content, (change,)) if change else content


@cache
def receipts(corpus: Path, folder: str) -> dict[str, dict[str, Any]]:
    """What the authors published of each file of ``folder``: SHA-256, number of failures, their identifiers."""
    paths = {
        "brfr/gaps-fr": "brfr/gaps-fr/receipts/RESULTS.json",
        "brfr/mutants": "brfr/mutants/receipts/v1.4.0.03/RESULTS.json",
        "gaps": "gaps/RESULTS.json",
        "mutants": "mutants/RESULTS.json",
    }
    told = json.loads((corpus / ORACLES / paths[folder]).read_text(encoding="utf-8"))
    return {each["file"]: each for each in (told["results"] if isinstance(told, dict) else told)}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def limit_case(corpus: Path, reference: str) -> bytes:
    """A file of « cas limites »: its PDF as it lies in the corpus, else the witness changed as its sheet says."""
    folder = corpus / LIMITS / reference
    if folder.is_dir():
        return (folder / "facture.pdf").read_bytes()
    witness = corpus / LIMITS / "OK-001"
    if reference in PDF_CHANGES:
        return _changed_pdf((witness / "facture.pdf").read_bytes(), PDF_CHANGES[reference])
    return changed((witness / "factur-x.xml").read_bytes(), XML_CHANGES[reference])


def _changed_pdf(content: bytes, change: Callable[[Any, Any], None]) -> bytes:
    import pypdf
    from pypdf.generic import NameObject

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    change(writer.root_object, NameObject)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _no_attachment(root: Any, name: Any) -> None:
    del root["/AF"]
    del root["/Names"]


def _other_name(root: Any, name: Any) -> None:
    from pypdf.generic import TextStringObject

    names = root["/Names"]["/EmbeddedFiles"]["/Names"]
    names[0] = TextStringObject("facture.xml")
    for key in ("/F", "/UF"):
        names[1].get_object()[name(key)] = TextStringObject("facture.xml")


def _source(root: Any, name: Any) -> None:
    root["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()[name("/AFRelationship")] = name("/Source")


def _no_intent(root: Any, name: Any) -> None:
    del root["/OutputIntents"]


def _not_associated(root: Any, name: Any) -> None:
    del root["/AF"]


def _as_it_is(root: Any, name: Any) -> None:
    """IDENT-001: only the printed page differs, the XML is that of the witness to the byte."""


PDF_CHANGES: dict[str, Callable[[Any, Any], None]] = {
    "PDF-001": _no_attachment,
    "PDF-002": _other_name,
    "PDF-004": _source,
    "PDF-007": _no_intent,
    "PDF-008": _not_associated,
    "IDENT-001": _as_it_is,
}
XML_CHANGES: dict[str, tuple[Change, ...]] = {
    "XML-002": ((b"CrossIndustryInvoice:100", b"CrossIndustryInvoice:90"),),
    "CALC-001": ((b"GrandTotalAmount>3042.00", b"GrandTotalAmount>3000.00"),),
    "CALC-002": ((b"<ram:LineTotalAmount>2535.00", b"<ram:LineTotalAmount>2600.00"),),
    "CALC-003": (
        (b'currencyID="EUR">507.00', b'currencyID="EUR">500.00'),
        (b"GrandTotalAmount>3042.00", b"GrandTotalAmount>3035.00"),
    ),
    "CALC-004": ((b"<ram:LineTotalAmount>135.00", b"<ram:LineTotalAmount>135.004"),),
    "CALC-006": (
        *[(b"<ram:CategoryCode>S<", b"<ram:CategoryCode>E<")] * 3,
        *[(b"Percent>20.00<", b"Percent>0.00<")] * 3,
        (b"CalculatedAmount>507.00", b"CalculatedAmount>0.00"),
        (b'currencyID="EUR">507.00', b'currencyID="EUR">0.00'),
        (b"GrandTotalAmount>3042.00", b"GrandTotalAmount>2535.00"),
        (b"DuePayableAmount>3042.00", b"DuePayableAmount>2535.00"),
    ),
    "IDENT-002": ((b"FR40392809137", b"FR00392809137"),),
    "IDENT-003": (
        (
            b"""        <ram:SpecifiedTaxRegistration>
          <ram:ID schemeID="VA">FR40392809137</ram:ID>
        </ram:SpecifiedTaxRegistration>
""",
            b"",
        ),
    ),
    "DATA-002": ((b"20260815", b"20260230"),),
    "DATA-003": ((b"20260914", b"20260701"),),
    "DATA-004": ((b"      <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>\n", b""),),
    "DATA-005": ((b"LineTotalAmount>2400.00", b"LineTotalAmount>2400,00"),),
    "PRF-001": ((BASIC, b"urn:factur-x.eu:1p0:minimum"),),
}
"""What the sheet of each case says was changed in the XML of the witness."""
