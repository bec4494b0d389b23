"""The table printed, against the lines of the XML (BG-25): their number, order, names, amounts and carried sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from einvoice_desktop.documents.pdf.proof.printed import REPLACED, Amount, Printed, Row, amount, fold, table_head
from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.lines import Line
from einvoice_desktop.domain.money import ZERO, plain

_CARRIED = ("Report", "À reporter")
_SAME_EDGE = 0.8


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the table with a figure in its column of amounts."""

    label: str
    amount: Amount
    is_carried: bool


def check_lines(printed: Printed, invoice: Invoice) -> list[Finding]:
    """Each line in order with its name and net amount (BT-153, BT-131), and the sums carried over."""
    rows = list(_table(printed))
    shown = [row for row in rows if not row.is_carried]
    if len(shown) != len(invoice.lines):
        numbers = {"printed": str(len(shown)), "xml": str(len(invoice.lines))}
        return [Finding("ED-PDF-LINES", "lines", params=numbers)]
    findings = _carried_findings(rows, invoice.lines)
    for index, (row, line) in enumerate(zip(shown, invoice.lines, strict=True)):
        findings += _line_findings(index, row, line)
    return findings


def _line_findings(index: int, row: TableRow, line: Line) -> Iterator[Finding]:
    if row.amount.value != line.net_amount:
        told = {"term": f"BT-131 ({line.id})", "printed": row.amount.text, "xml": plain(line.net_amount)}
        yield Finding("ED-PDF-AMOUNT", f"lines.{index}.net_amount", params=told)
    wanted, begun = fold(line.name), fold(row.label)
    if wanted and not (begun and wanted.startswith(begun)):
        if _begins_with(wanted, begun):
            told = {"term": f"BT-153 ({line.id})", "text": line.name}
            yield Finding("ED-PDF-GLYPH", f"lines.{index}.name", Severity.WARNING, params=told)
        else:
            told = {"term": f"BT-153 ({line.id})", "printed": row.label, "xml": line.name}
            yield Finding("ED-PDF-VALUE", f"lines.{index}.name", params=told)


def _begins_with(wanted: str, begun: str) -> bool:
    """Whether ``begun`` is the start of ``wanted`` with boxes in place of what the faces lack."""
    if not begun or len(begun) > len(wanted):
        return False
    pairs = zip(wanted, begun, strict=False)
    return REPLACED in begun and all(b in {w, REPLACED} and (b == w or not w.isascii()) for w, b in pairs)


def _carried_findings(rows: list[TableRow], lines: tuple[Line, ...]) -> list[Finding]:
    amounts = iter(lines)
    so_far, findings = ZERO, []
    for row in rows:
        if not row.is_carried:
            so_far += next(amounts).net_amount
        elif row.amount.value != so_far:
            told = {"term": row.label, "printed": row.amount.text, "xml": plain(so_far)}
            findings.append(Finding("ED-PDF-AMOUNT", "lines", params=told))
    return findings


def _table(printed: Printed) -> Iterator[TableRow]:
    edge, left, page = 0.0, 0.0, -1
    for row in printed.rows:
        head = table_head(row)
        if head is not None:
            (left, edge), page = head, row.page
            continue
        if row.page == page:
            yield from _figures(row, left, edge)


def _figures(row: Row, left: float, edge: float) -> Iterator[TableRow]:
    for piece in row.pieces:
        figure = amount(piece.text)
        if figure is None or figure.currency or abs(piece.right - edge) > _SAME_EDGE:
            continue
        names = [p for p in row.pieces if abs(p.left - left) <= _SAME_EDGE]
        labels = [p for p in row.pieces if p.text.startswith(_CARRIED)]
        shown = names or labels
        yield TableRow(shown[0].text if shown else "", figure, is_carried=bool(labels) and not names)
