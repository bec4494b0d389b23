"""Whether a file is the PDF/A-3 it claims to be: header, fonts, output intent, one XML inside and nothing active."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from einvoice_desktop.documents import facturx
from einvoice_desktop.documents.pdf.proof.opening import OpenFile, array, dictionary, resolved
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import Profile

_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_ACTIVE_KEYS = ("/JS", "/OpenAction", "/AA", "/AcroForm", "/XFA", "/RichMedia")
_ACTIONS = frozenset("/JavaScript /Launch /GoToR /GoToE /URI /SubmitForm /ImportData /Sound /Movie /Rendition".split())
_NOT_A_FACE = frozenset({"/Type0", "/Type3"})


def check_header(content: bytes) -> list[Finding]:
    """PDF 1.4 to 1.7 in the first bytes (ISO 19005-3, 6.1.2)."""
    found = re.match(rb"%PDF-(\d\.\d)[\r\n]", content)
    if found is None or not b"1.4" <= found[1] <= b"1.7":
        return [Finding("ED-PDF-HEADER", params={"found": _shown(content[:8])})]
    return []


def check_encryption(file: OpenFile) -> list[Finding]:
    """No password, no restriction (ISO 19005-3, 6.1.3)."""
    return [Finding("ED-PDF-ENCRYPTED")] if file.reader.is_encrypted else []


def check_fonts(file: OpenFile) -> list[Finding]:
    """Every face is inside, and every font says which characters its codes are (6.2.11.4, level U of 6.2.11.7)."""
    return [finding for font in file.fonts() for finding in _font_findings(font)]


def _font_findings(font: dict[str, Any]) -> Iterator[Finding]:
    name = str(font.get("/BaseFont", font.get("/Name", "?"))).lstrip("/")
    kind = font.get("/Subtype")
    descriptor = dictionary(font.get("/FontDescriptor"))
    if kind not in _NOT_A_FACE and not any(hasattr(resolved(descriptor.get(k)), "get_data") for k in _FONT_FILES):
        yield Finding("ED-PDF-FONT", params={"font": name})
    is_descendant = str(kind).startswith("/CIDFont")
    if not is_descendant and not hasattr(resolved(font.get("/ToUnicode")), "get_data"):
        yield Finding("ED-PDF-FONT-TEXT", params={"font": name})


def check_intent(file: OpenFile) -> list[Finding]:
    """An output intent for PDF/A with an ICC profile (6.2.3)."""
    for intent in map(dictionary, array(file.root.get("/OutputIntents"))):
        profile = resolved(intent.get("/DestOutputProfile"))
        is_for_archives = intent.get("/S") == "/GTS_PDFA1" and hasattr(profile, "get_data")
        if is_for_archives and profile.get_data()[36:40] == b"acsp":
            return []
    return [Finding("ED-PDF-INTENT")]


def check_attachment(file: OpenFile, xml: bytes, profile: str) -> list[Finding]:
    """Exactly one file inside, ``factur-x.xml``, associated with the document, equal to ``xml`` byte for byte."""
    names = sorted(str(item.get("/UF") or item.get("/F") or "?") for item in file.embedded())
    if names != [facturx.FILENAME]:
        return [Finding("ED-PDF-ATTACHED", params={"found": ", ".join(names) or "0", "expected": facturx.FILENAME})]
    (described,) = file.embedded()
    findings = _relation(file, described, profile)
    tree = dictionary(dictionary(file.root.get("/Names")).get("/EmbeddedFiles"))
    if [resolved(item) for item in array(tree.get("/Names"))[1::2]] != [described]:
        findings.append(Finding("ED-PDF-ATTACHED", params={"found": "?", "expected": facturx.FILENAME}))
    streams = [resolved(stream) for stream in dictionary(described.get("/EF")).values()]
    if any(not hasattr(stream, "get_data") or stream.get_data() != xml for stream in streams):
        findings.append(Finding("ED-PDF-XML"))
    return findings


def _relation(file: OpenFile, described: dict[str, Any], profile: str) -> list[Finding]:
    """The profiles that hold only a part of the invoice are ``Data``; the others may be an alternative of the page."""
    found = str(described.get("/AFRelationship", ""))
    is_associated = [resolved(item) for item in array(file.root.get("/AF"))] == [described]
    admitted = {"/Data"} if profile in {Profile.MINIMUM, Profile.BASIC_WL} else {"/Alternative", "/Data", "/Source"}
    if is_associated and found in admitted:
        return []
    return [Finding("ED-PDF-RELATION", params={"found": found.lstrip("/") or "?"})]


def check_nothing_active(file: OpenFile) -> list[Finding]:
    """No script, no action towards the outside, no stream kept elsewhere (6.1.6.1, 6.5, 6.6)."""
    found: set[str] = set()
    for item in file.dictionaries:
        found |= {key for key in _ACTIVE_KEYS if key in item}
        found |= {"/JavaScript"} if "/JavaScript" in item else set()
        found |= {str(item["/S"])} if item.get("/S") in _ACTIONS else set()
        if hasattr(item, "get_data") and ("/F" in item or "/FFilter" in item):
            found.add("/F")
        if item.get("/Subtype") == "/FileAttachment" or item.get("/FS") == "/URL":
            found.add(str(item.get("/Subtype", item.get("/FS"))))
    return [Finding("ED-PDF-ACTIVE", params={"found": name.lstrip("/")}) for name in sorted(found)]


def _shown(start: bytes) -> str:
    return "".join(chr(byte) if 32 <= byte < 127 else "?" for byte in start)
