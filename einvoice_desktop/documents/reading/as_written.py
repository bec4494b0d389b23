"""What only the XML as written shows: blanks around identifiers, days that do not exist, decimals, a wrong root.

The model trims and reads numbers; the official files trim too, or compare numbers. What they so let pass is told here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from einvoice_desktop.documents.nodes import Element
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES

_MOST = 50
_NAMES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
_NUMBER = etree.XPath("rsm:ExchangedDocument/ram:ID | cbc:ID", namespaces=_NAMES)
_FRENCH_IDENTIFIERS = etree.XPath("//*[@schemeID='0002' or @schemeID='0009' or @schemeID='0231']")
_CII_DAYS = etree.XPath("//*[@format='102']")
_UBL_DAYS = etree.XPath(
    "//cbc:IssueDate | //cbc:DueDate | //cbc:TaxPointDate | //cbc:StartDate | //cbc:EndDate | //cbc:ActualDeliveryDate",
    namespaces=_NAMES,
)
_NUMERIC_DECIMALS = etree.XPath("//ram:TaxTotalAmount | /*/*/cbc:TaxAmount", namespaces=_NAMES)
"""BT-110 and BT-111: BR-DEC-13 and 15 compare numbers, so three decimals that are zero pass them."""

_PARTIES = {
    "SellerTradeParty": "seller",
    "BuyerTradeParty": "buyer",
    "AccountingSupplierParty": "seller",
    "AccountingCustomerParty": "buyer",
}
_FIELDS = {"0002": "siren", "0009": "siret"}
_DAY_PLACES = {"IssueDateTime": "issue_date", "DueDateDateTime": "due_date", "DueDate": "due_date"}
_CREDIT_ROOT, _INVOICE_ROOT = "CreditNote", "Invoice"


def odd_as_written(root: Element) -> tuple[Finding, ...]:
    """What is odd in the document below ``root`` (CII or UBL), at most fifty findings."""
    found: list[Finding] = []
    for finding in _all(root):
        found.append(finding)
        if len(found) == _MOST:
            break
    return tuple(found)


def _all(root: Element) -> Iterator[Finding]:
    yield from _number(root)
    yield from _identifiers(root)
    yield from _days(root)
    yield from _decimals(root)
    yield from _root(root)


def _found(path: etree.XPath, root: Element) -> Iterator[tuple[Element, str]]:
    """The elements at ``path`` with their text as it stands."""
    elements = path(root)
    for element in elements if isinstance(elements, list) else ():
        if isinstance(element, Element):
            yield element, "".join(map(str, element.itertext()))


def _number(root: Element) -> Iterator[Finding]:
    """BT-1 holds no blank (BR-FR-02); the CII file trims it first."""
    for _, text in _found(_NUMBER, root):
        if re.search(r"\s", text) and text.strip():
            yield Finding("ED-NUMBER-BLANKS", "number", params={"typed": text[:40]})


def _identifiers(root: Element) -> Iterator[Finding]:
    """A SIREN is nine digits and nothing else (BR-FR-32); the files trim it before they count."""
    for element, text in _found(_FRENCH_IDENTIFIERS, root):
        if re.search(r"\s", text) and text.strip():
            scheme = str(element.get("schemeID"))
            party = _party_of(element)
            place = f"{party}.{_FIELDS.get(scheme, 'identifiers')}" if party else ""
            yield Finding("ED-IDENTIFIER-BLANKS", place, params={"typed": text[:40]})


def _party_of(element: Element) -> str:
    names = (etree.QName(above).localname for above in element.iterancestors())
    return next((_PARTIES[name] for name in names if name in _PARTIES), "")


def _days(root: Element) -> Iterator[Finding]:
    """Days of the calendar and nothing behind them (UNTDID 2379 code 102; CII-DT-097 admits 31 February)."""
    for element, text in _found(_CII_DAYS, root):
        if text.strip() and not _is_day(text.strip(), r"([0-9]{4})([0-9]{2})([0-9]{2})"):
            yield _no_day(element, text)
    for element, text in _found(_UBL_DAYS, root):
        if text.strip() and not _is_day(text.strip()[:10], r"([0-9]{4})-([0-9]{2})-([0-9]{2})"):
            yield _no_day(element, text)


def _is_day(text: str, shape: str) -> bool:
    parts = re.fullmatch(shape, text)
    if parts is None:
        return False
    try:
        date(*map(int, parts.groups()))
    except ValueError:
        return False
    return True


def _no_day(element: Element, text: str) -> Finding:
    names = [etree.QName(element).localname]
    names += [etree.QName(above).localname for above in element.iterancestors()]
    place = next((_DAY_PLACES[name] for name in names if name in _DAY_PLACES), "")
    if names[:2] == ["IssueDate", _INVOICE_ROOT] or names[:2] == ["IssueDate", _CREDIT_ROOT]:
        place = "issue_date"
    return Finding("ED-READ-DATE", place, params={"typed": text.strip()[:40]})


def _decimals(root: Element) -> Iterator[Finding]:
    for _, text in _found(_NUMERIC_DECIMALS, root):
        if re.fullmatch(r"\s*[+-]?[0-9]*\.[0-9]{2}0+\s*", text):
            yield Finding("ED-READ-DECIMALS", "totals.vat", Severity.WARNING, params={"typed": text.strip()[:40]})


def _root(root: Element) -> Iterator[Finding]:
    """UBL has one root for what is owed and one for what is given back (EN 16931-3-2); the French file has one list."""
    name = etree.QName(root).localname
    type_tag = {_INVOICE_ROOT: "InvoiceTypeCode", _CREDIT_ROOT: "CreditNoteTypeCode"}.get(name, "")
    code = (root.findtext(f"{{{_NAMES['cbc']}}}{type_tag}") or "").strip() if type_tag else ""
    if code and (code in CREDIT_NOTE_TYPES) != (name == _CREDIT_ROOT):
        yield Finding("ED-ROOT-TYPE", "type_code", params={"typed": code, "root": name})
