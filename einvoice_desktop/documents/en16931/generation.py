"""The one module that asks factur-x to write XML, and mends what that release gets wrong.

Its own checks are off: the XSD and the Schematron run in the rules worker, and its Schematron check would post the
document to a server and pass in silence without one. Every fix below is pinned by a test on the exact release.
"""

from __future__ import annotations

import re
from functools import cache
from threading import Lock
from typing import Any

from einvoice_desktop.documents.en16931.terms import NOTHING, Terms
from einvoice_desktop.documents.ubl import PLACEHOLDER
from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES, PartyRole, Profile
from einvoice_desktop.domain.profiles import is_extended

_EMPTY_SHIP_TO_NAME = re.compile(
    rb"(<ram:ShipToTradeParty>(?:\s*<ram:(ID|GlobalID)\b[^>]*>[^<]*</ram:\2>)*)\s*<ram:Name(?:/>|></ram:Name>)"
)
_HEADER_LINE_TOTAL = re.compile(rb"\s*<ram:LineTotalAmount>[^<]*</ram:LineTotalAmount>")
_EMPTY_IN_UBL = (
    re.compile(rb"\s*<cac:PayerFinancialAccount>\s*<cbc:ID(?:/>|></cbc:ID>)\s*</cac:PayerFinancialAccount>"),
    re.compile(
        rb"\s*<cac:DeliveryParty>\s*<cac:PartyName>\s*<cbc:Name(?:/>|></cbc:Name>)\s*</cac:PartyName>\s*</cac:DeliveryParty>"
    ),
)
_INSIDE_PAYMENT_MEANS = frozenset({"BT-83", "BT-89", str(PartyRole.PAYER)})
_TAX_POINT_OF_CREDIT = re.compile(
    rb"(<cbc:CreditNoteTypeCode\b.*?)(\s*)(<cbc:TaxPointDate>[^<]*</cbc:TaxPointDate>\s*)", re.DOTALL
)
"""In a credit note BT-7 stands before the type, in an invoice after the notes: the library writes it there in both."""

_lock = Lock()


def warm_up() -> None:
    """Load the library (a third of a second), so that the first document does not wait for it."""
    _library()


def generate_cii(terms: Terms, profile: Profile) -> bytes:
    """The CII of ``terms``, which are consumed and hold nothing but what ``profile`` can."""
    # At level extended-ctc-fr the library drops contacts, BT-32 and BT-33; at level extended it keeps everything.
    # One document at level basicwl makes all later ones lose BT-45, and it knows neither minimum nor basic: a smaller
    # profile is written as an EN 16931 document that says less.
    extended = is_extended(profile)
    xml = _generate(terms, "factur-x", "extended" if extended else "en16931")
    xml = xml.replace(b' xsi:nil="true"/>', b"/>")
    if "BG-13" in terms or any("EXT-FR-FE-BG-10" in line for line in terms.get("BG-25", ())):
        xml = _EMPTY_SHIP_TO_NAME.sub(rb"\1", xml)
    if profile == Profile.MINIMUM:
        xml = _HEADER_LINE_TOTAL.sub(b"", xml, count=1)
    return _with_profile(xml, profile, Profile.EXTENDED if extended else Profile.EN16931)


def generate_ubl(terms: Terms, profile: Profile) -> bytes:
    """The UBL Invoice or CreditNote of ``terms``, which are consumed; EN 16931 or EXTENDED-CTC-FR."""
    _adapt_to_ubl(terms)
    currency = terms["BT-5"]
    xml = _generate(terms, "ubl-2.1", "extended-ctc-fr" if is_extended(profile) else "en16931")
    if currency != "EUR":
        xml = xml.replace(
            b'<cbc:PayableRoundingAmount currencyID="EUR">',
            f'<cbc:PayableRoundingAmount currencyID="{currency}">'.encode(),
        )
    for empty in _EMPTY_IN_UBL:
        xml = empty.sub(b"", xml)
    return _TAX_POINT_OF_CREDIT.sub(rb"\3\1\2", xml, count=1)


def _adapt_to_ubl(terms: Terms) -> None:
    """What UBL, or the library's UBL, can only hold in company of something else."""
    if terms.get("BT-14") and not terms.get("BT-13"):
        terms["BT-13"] = PLACEHOLDER
    if terms.get("BT-87"):
        terms["BT-87-1"] = "NA"  # cbc:NetworkID, mandatory beside the card number, has no business term
    if _INSIDE_PAYMENT_MEANS & terms.keys() or (terms.get("BT-9") and terms["BT-3"] in CREDIT_NOTE_TYPES):
        terms.setdefault("BT-81", "1")  # UBL says them inside the payment means only; 1 is "instrument not defined"
    if "BT-91" not in terms and ("BT-89" in terms or PartyRole.PAYER in terms):
        terms["BT-91"] = NOTHING  # the library writes a mandate only beside the debited account
    for note in terms.get("BG-1", ()):
        if "BT-21" not in note and note["BT-22"].startswith("#"):
            note["BT-22"] = f" {note['BT-22']}"  # else read as a subject code
    for line in terms.get("BG-25", ()):
        _adapt_line_to_ubl(line)
        if "BT-148" in line and "BT-147-00" not in line:
            line["BT-147-00"] = [{"BT-147": "0"}]


def _adapt_line_to_ubl(line: Terms) -> None:
    if "EXT-FR-FE-135" in line:
        line.setdefault("BT-132", PLACEHOLDER)
    if "EXT-FR-FE-140" in line:
        line.setdefault("EXT-FR-FE-141", PLACEHOLDER)
    # The library would write it into the reference to a deposit; see UblDialect.
    line.pop("EXT-FR-FE-163", None)


def _generate(terms: Terms, flavor: str, level: str) -> bytes:
    with _lock:  # the library rewrites its own tables while it works
        written: bytes = _library().generate_xml(
            terms, flavor=flavor, level=level, check_xsd=False, check_schematron=False
        )
    return written.replace(NOTHING.encode(), b"")


def _with_profile(xml: bytes, profile: Profile, written: Profile) -> bytes:
    return xml if profile == written else xml.replace(f">{written}<".encode(), f">{profile}<".encode(), 1)


@cache
def _library() -> Any:
    import logging

    import facturx

    # It warns, once per document, of each extended term it drops: nothing a user can act on.
    logging.getLogger("factur-x").setLevel(logging.ERROR)
    return facturx
