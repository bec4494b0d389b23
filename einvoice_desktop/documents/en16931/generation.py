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
from einvoice_desktop.documents.ubl import PLACEHOLDER_ORDER
from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES, Profile

_EXTENDED = {str(Profile.EXTENDED), str(Profile.EXTENDED_CTC_FR)}
_EMPTY_SHIP_TO_NAME = re.compile(
    rb"(<ram:ShipToTradeParty>(?:\s*<ram:(ID|GlobalID)\b[^>]*>[^<]*</ram:\2>)*)\s*<ram:Name(?:/>|></ram:Name>)"
)
_lock = Lock()


def warm_up() -> None:
    """Load the library (a third of a second), so that the first document does not wait for it."""
    _library()


def is_extended(profile: str) -> bool:
    """Whether a profile holds terms beyond EN 16931."""
    return profile in _EXTENDED


def written_profile(profile: str) -> str:
    """BT-24 as it is written: an extended profile is kept, everything else is written as plain EN 16931."""
    return profile if is_extended(profile) else str(Profile.EN16931)


def generate_cii(terms: Terms, profile: str) -> bytes:
    """The CII of ``terms``, which are consumed."""
    # At level extended-ctc-fr the library drops contacts, BT-32 and BT-33; at level extended it keeps everything.
    level = "extended" if is_extended(profile) else "en16931"
    xml = _generate(terms, "factur-x", level)
    xml = xml.replace(b' xsi:nil="true"/>', b"/>")
    if b"<ram:Name" in xml and "BG-13" in terms:
        xml = _EMPTY_SHIP_TO_NAME.sub(rb"\1", xml)
    return _with_profile(xml, profile, Profile.EXTENDED) if level == "extended" else xml


def generate_ubl(terms: Terms, profile: str) -> bytes:
    """The UBL Invoice or CreditNote of ``terms``, which are consumed."""
    _adapt_to_ubl(terms)
    currency = terms["BT-5"]
    level = "extended-ctc-fr" if is_extended(profile) else "en16931"
    xml = _generate(terms, "ubl-2.1", level)
    if currency != "EUR":
        xml = xml.replace(
            b'<cbc:PayableRoundingAmount currencyID="EUR">',
            f'<cbc:PayableRoundingAmount currencyID="{currency}">'.encode(),
        )
    return _with_profile(xml, profile, Profile.EXTENDED_CTC_FR) if level == "extended-ctc-fr" else xml


def _adapt_to_ubl(terms: Terms) -> None:
    """What UBL, or the library's UBL, can only hold in company of something else."""
    if terms.get("BT-14") and not terms.get("BT-13"):
        terms["BT-13"] = PLACEHOLDER_ORDER
    if terms.get("BT-87"):
        terms["BT-87-1"] = "NA"  # cbc:NetworkID, mandatory beside the card number, has no business term
    if terms.get("BT-9") and terms["BT-3"] in CREDIT_NOTE_TYPES:
        # A credit note has its due date inside the payment means only; 1 is "instrument not defined".
        terms.setdefault("BT-81", "1")
    for note in terms.get("BG-1", ()):
        if "BT-21" not in note and note["BT-22"].startswith("#"):
            note["BT-22"] = f" {note['BT-22']}"  # else read as a subject code
    for line in terms.get("BG-25", ()):
        if "BT-148" in line and "BT-147-00" not in line:
            line["BT-147-00"] = [{"BT-147": "0"}]


def _generate(terms: Terms, flavor: str, level: str) -> bytes:
    with _lock:  # the library rewrites its own tables while it works
        written: bytes = _library().generate_xml(
            terms, flavor=flavor, level=level, check_xsd=False, check_schematron=False
        )
    return written.replace(NOTHING.encode(), b"")


def _with_profile(xml: bytes, profile: str, written: Profile) -> bytes:
    return xml.replace(f">{written}<".encode(), f">{profile}<".encode(), 1)


@cache
def _library() -> Any:
    import logging

    import facturx

    # It warns, once per document, of each extended term it drops: nothing a user can act on.
    logging.getLogger("factur-x").setLevel(logging.ERROR)
    return facturx
