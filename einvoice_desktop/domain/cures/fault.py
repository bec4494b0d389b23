"""What a cure looks at: the rule broken, where, and the document."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.lines import Line
from einvoice_desktop.domain.parties import Party
from einvoice_desktop.domain.vat import VatBreakdown

_GROUP = re.compile(r"(?:ApplicableHeaderTradeSettlement\[1\]/\*:ApplicableTradeTax|TaxSubtotal)\[(\d+)\]")
_CATEGORY = re.compile(r"BR-(?:F[RX]EXT-)?(S|Z|E|AE|IC|G|O|AF|AG)-?\d")
_CODES = {"IC": "K", "AF": "L", "AG": "M"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule broken by a document.

    Attributes:
        rule: identifier, of the norm when the finding goes by another. place: field, lines numbered as in the document.
        location: XPath of the element. invoice: the document.
    """

    rule: str
    place: str
    location: str
    invoice: Invoice

    @property
    def line(self) -> Line | None:
        """The line the finding is about."""
        head, _, rest = self.place.partition(".")
        index = rest.partition(".")[0]
        if head != "lines" or not index.isdecimal() or int(index) >= len(self.invoice.lines):
            return None
        return self.invoice.lines[int(index)]

    @property
    def category(self) -> str:
        """VAT category (UNCL 5305) a rule of the S, Z, E, AE, IC, G and O families is about, else empty."""
        found = _CATEGORY.match(self.rule)
        return _CODES.get(found[1], found[1]) if found else ""

    @property
    def group(self) -> VatBreakdown | None:
        """The group of the VAT breakdown (BG-23) the finding is about."""
        groups = self.invoice.totals.breakdown
        found = _GROUP.search(self.location)
        if found and int(found[1]) <= len(groups):
            return groups[int(found[1]) - 1]
        alike = [group for group in groups if str(group.category) == self.category]
        return alike[0] if len(alike) == 1 else None

    @property
    def party(self) -> Party | None:
        """The party the finding is about."""
        parties = {
            "seller": self.invoice.seller,
            "buyer": self.invoice.buyer,
            "buyer_id": self.invoice.buyer,
            "payee": self.invoice.payee,
            "tax_representative": self.invoice.tax_representative,
        }
        return parties.get(self.place.partition(".")[0])


Cure = Callable[[Fault], str | None]
"""The value that mends a fault, ``None`` when it cannot be computed."""
