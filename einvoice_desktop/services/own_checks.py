"""What our own checks say where official files say nothing: beside the verdict on what was read, a refusal on our own."""

from __future__ import annotations

from einvoice_desktop.domain.amount_doubts import find_amount_doubts
from einvoice_desktop.domain.blind_spots import find_doubts
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.ports.documents import ReadDocument

_MENDED = frozenset({"ED-READ-ENCODING", "ED-READ-LEADING-BLANKS"})


def own_remarks(read: ReadDocument) -> tuple[Finding, ...]:
    """Remarks of ours on ``read``, codes ``ED-…`` alone: what an official file can say is left to it."""
    found = [*(problem for problem in read.problems if problem.code in _MENDED), *read.remarks]
    if read.invoice is not None:
        found += [*find_doubts(read.invoice), *find_amount_doubts(read.invoice)]
    return tuple(finding for finding in found if finding.code.startswith("ED-"))


def blocking_doubts(invoice: Invoice | None, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What forbids issuing ``invoice`` although every official rule may accept it, unless ``found`` says it already."""
    if invoice is None:
        return ()
    said = {finding.code for finding in found}
    return tuple(doubt for doubt in find_doubts(invoice) if doubt.is_blocking and doubt.code not in said)
