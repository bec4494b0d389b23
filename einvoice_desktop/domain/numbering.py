"""Numbers of issued documents: one gapless series per company, environment, kind and year (CGI ann. II 242 nonies A).

A number is taken only inside the issuing transaction; here is only how it is written and what it may hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES, SELF_BILLED_TYPES


@dataclass(frozen=True, slots=True)
class Series:
    """One series of numbers.

    Attributes:
        prefix: start of every number (``F``, ``A``); the year and the counter follow: ``F2026-0001``.
        year: civil year of BT-2, in which a number is unique (A7 G1.45).
    """

    prefix: str
    year: int

    @property
    def key(self) -> str:
        """Name of the series in the register (``F2026``)."""
        return f"{self.prefix}{self.year}"

    def number(self, counter: int) -> str:
        """The document number for ``counter`` (from 1), at least four digits."""
        return f"{self.prefix}{self.year}-{counter:04d}"


def series_for(type_code: str, issue_date: date, *, invoice_prefix: str, credit_note_prefix: str) -> Series:
    """The series a document of ``type_code`` (BT-3) belongs to; self-billed documents have a root of their own."""
    prefix = credit_note_prefix if type_code in CREDIT_NOTE_TYPES else invoice_prefix
    if type_code in SELF_BILLED_TYPES:
        prefix = f"{prefix}AF"
    return Series(prefix, issue_date.year)


PREFIX_LIMIT = 16
"""Characters of a prefix: with the root of self-billing, the year and a long counter, a number stays under 35."""


def is_prefix(text: str) -> bool:
    """Whether numbers may start with ``text``: letters, digits and ``+ - _ /``, a letter first so that none is taken for a year."""
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9+\-_/]*", text) is not None and len(text) <= PREFIX_LIMIT


def prefixes_differ(invoice_prefix: str, credit_note_prefix: str) -> bool:
    """Whether the four series of a company (each also self-billed) are four: invoices and credit notes never share one."""
    roots = {invoice_prefix, credit_note_prefix, f"{invoice_prefix}AF", f"{credit_note_prefix}AF"}
    return len(roots) == len(("invoices", "credit notes", "self-billed invoices", "self-billed credit notes"))


def is_number(text: str) -> bool:
    """Whether ``text`` may be a document number: at most 35 of ``A-Z a-z 0-9 + - _ /`` (BR-FR-01, BR-FR-02)."""
    return re.fullmatch(r"[A-Za-z0-9+\-_/]{1,35}", text) is not None
