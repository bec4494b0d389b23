"""What our own checks say of a document that was read, beside the official verdict and never in it."""

from __future__ import annotations

from einvoice_desktop.domain.amount_doubts import find_amount_doubts
from einvoice_desktop.domain.blind_spots import find_doubts
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ports.documents import ReadDocument

_MENDED = frozenset({"ED-READ-ENCODING", "ED-READ-LEADING-BLANKS"})


def own_remarks(read: ReadDocument) -> tuple[Finding, ...]:
    """Remarks of ours on ``read``, codes ``ED-…`` alone: what an official file can say is left to it."""
    found = [*(problem for problem in read.problems if problem.code in _MENDED), *read.remarks]
    if read.invoice is not None:
        found += [*find_doubts(read.invoice), *find_amount_doubts(read.invoice)]
    return tuple(finding for finding in found if finding.code.startswith("ED-"))
