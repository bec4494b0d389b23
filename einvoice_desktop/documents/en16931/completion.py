"""What the library's dictionary cannot hold, added to the finished XML: rare terms, so the tree is parsed only for them.

Repeated identifiers of one scheme, further bank accounts (BG-17), repeated classifications (BT-158), the unit of the
base quantity (BT-150), a period that ends before it starts (the library refuses it; the verdict must name it) and, in
UBL, what the library leaves out of EXTENDED-CTC-FR (parts of the parties, the hierarchy of the lines).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from typing import Protocol

from lxml import etree

from einvoice_desktop.documents.en16931.values import clean_text
from einvoice_desktop.documents.nodes import Element, Node, Syntax
from einvoice_desktop.domain.invoice import Account, Invoice, PaymentInstructions
from einvoice_desktop.domain.lines import Classification, Line
from einvoice_desktop.domain.parties import Identifier, Party
from einvoice_desktop.domain.references import Period

Patch = Callable[[Node], None]
"""One addition to a finished document or to one of its lines, given its root or the line."""


class Dialect(Protocol):
    """How one syntax writes what has to be added."""

    syntax: Syntax

    def set_identifiers(self, party: Node, identifiers: tuple[Identifier, ...]) -> None:
        """Every BT-29, BT-46 or BT-60 of ``party``, in order, instead of those it has."""

    def add_account(self, root: Node, payment: PaymentInstructions, account: Account) -> None:
        """Another credit transfer account (BG-17)."""

    def add_classification(self, line: Node, classification: Classification) -> None:
        """Another BT-158 after those of ``line``."""

    def add_end(self, group: Node, term: str, day: date) -> None:
        """The end of a period whose start is ``term``."""

    def own_patches(self, invoice: Invoice) -> Iterator[Patch]:
        """What only this syntax lacks of an extended document."""

    def own_line_patches(self, invoice: Invoice, line: Line) -> Iterator[Patch]:
        """What only this syntax lacks of a line of an extended document."""


def complete(xml: bytes, invoice: Invoice, dialect: Dialect, *, extended: bool) -> bytes:
    """``xml`` with what it could not say about ``invoice``; the same bytes when nothing is missing."""
    patches = list(_patches(invoice, dialect))
    if extended:
        patches += dialect.own_patches(invoice)
    line_patches = []
    for index, line in enumerate(invoice.lines):
        own = dialect.own_line_patches(invoice, line) if extended else ()
        line_patches += [(index, patch) for patch in chain(_line_patches(line, dialect), own)]
    if not patches and not line_patches:
        return xml
    return _patched(xml, dialect.syntax, patches, line_patches)


def _patched(xml: bytes, syntax: Syntax, patches: list[Patch], line_patches: list[tuple[int, Patch]]) -> bytes:
    parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True, huge_tree=True)
    root = Node(etree.fromstring(xml, parser), syntax)
    for patch in patches:
        patch(root)
    lines = root.all("BG-25")
    for index, patch in line_patches:
        patch(lines[index])
    return etree.tostring(root.element, pretty_print=True, xml_declaration=True, encoding="UTF-8")


def ends_too_early(period: Period | None) -> bool:
    """Whether a period ends before it starts."""
    return period is not None and period.start is not None and period.end is not None and period.start > period.end


def child(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """A new last child of ``parent`` named ``prefix:local`` after the prefixes of the document."""
    prefix, local = tag.split(":")
    stated = {name: clean_text(value) for name, value in attributes.items() if value}
    element = etree.SubElement(parent, f"{{{parent.nsmap[prefix]}}}{local}", stated)
    element.text = clean_text(text) or None
    return element


def _patches(invoice: Invoice, dialect: Dialect) -> Iterator[Patch]:
    for group, party in (("BG-4", invoice.seller), ("BG-7", invoice.buyer), ("BG-10", invoice.payee)):
        if party is not None and _has_repeated_schemes(party):
            yield _identifiers_patch(dialect, group, party.identifiers)
    if invoice.payment is not None and invoice.payment.other_accounts:
        yield _accounts_patch(dialect, invoice.payment)
    if invoice.delivery is not None and ends_too_early(invoice.delivery.period):
        yield _period_patch(dialect, "BT-73", invoice.delivery.period)


def _line_patches(line: Line, dialect: Dialect) -> Iterator[Patch]:
    if repeated_codes := _repeated_classifications(line):
        yield _classifications_patch(dialect, repeated_codes)
    if line.base_quantity is not None and line.base_quantity_unit not in {"", line.unit}:
        yield _unit_patch(line.base_quantity_unit)
    if ends_too_early(line.period):
        yield _period_patch(dialect, "BT-134", line.period)


def _has_repeated_schemes(party: Party) -> bool:
    schemes = [identifier.scheme for identifier in party.identifiers if clean_text(identifier.value)]
    return len(set(schemes)) < len(schemes)


def _repeated_classifications(line: Line) -> tuple[Classification, ...]:
    seen: set[tuple[str, str]] = set()
    repeated = []
    for code in line.classifications:
        if clean_text(code.code) and clean_text(code.list_id):
            if (code.list_id, code.list_version) in seen:
                repeated.append(code)
            seen.add((code.list_id, code.list_version))
    return tuple(repeated)


def _identifiers_patch(dialect: Dialect, group: str, identifiers: tuple[Identifier, ...]) -> Patch:
    def patch(root: Node) -> None:
        for party in root.all(group)[:1]:
            dialect.set_identifiers(party, identifiers)

    return patch


def _accounts_patch(dialect: Dialect, payment: PaymentInstructions) -> Patch:
    def patch(root: Node) -> None:
        for account in payment.other_accounts:
            dialect.add_account(root, payment, account)

    return patch


def _classifications_patch(dialect: Dialect, classifications: tuple[Classification, ...]) -> Patch:
    def patch(line: Node) -> None:
        for classification in classifications:
            dialect.add_classification(line, classification)

    return patch


def _unit_patch(unit: str) -> Patch:
    def patch(line: Node) -> None:
        for quantity in line.all("BT-149"):
            quantity.element.set("unitCode", unit)

    return patch


def _period_patch(dialect: Dialect, start: str, period: Period | None) -> Patch:
    def patch(group: Node) -> None:
        if period is not None and period.end is not None:
            dialect.add_end(group, start, period.end)

    return patch
