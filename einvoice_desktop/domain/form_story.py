"""Checks of a form against the document it comes after, and what only a credit note or a deposit must say."""

from __future__ import annotations

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES, Invoice
from einvoice_desktop.domain.lines import Line


def check_story(form: DraftForm, source: Invoice | None, lines: tuple[Line, ...], found: list[Finding]) -> None:
    """One currency from the first document to the last; amounts of a credit note are positive (UC5b)."""
    if source is not None and source.currency != form.currency:
        params = {"currency": source.currency, "number": source.number}
        found.append(Finding("ED-CURRENCY-DIFFERS", "currency", suggested_value=source.currency, params=params))
    if form.type_code in CREDIT_NOTE_TYPES:
        found.extend(
            Finding("ED-CREDIT-NEGATIVE", f"lines.{int(line.id) - 1}.quantity", Severity.WARNING)
            for line in lines
            if line.quantity < 0
        )
