"""What is wrong with a document, as values: a code, a place, parameters. Words for people live in ``ui`` and ``cli``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error blocks issuing, a warning or an information never does."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about a document.

    Attributes:
        code: official rule (``BR-CO-10``, ``BR-FR-05_BT-22_PMT``), ``XSD``, ``DYNAMIC`` or one of ours (``ED-…``).
        place: path of the field in the document form (``lines.0.quantity``, ``buyer.siren``); empty when unknown.
        severity: whether it blocks.
        message: the official text when there is one (kept for « Copier les détails »), else empty.
        suggested_value: the value that would mend it, when it can be computed.
        location: XPath in the XML for an official rule, else empty.
        params: values for the sentence shown to the user.
    """

    code: str
    place: str = ""
    severity: Severity = Severity.ERROR
    message: str = ""
    suggested_value: str | None = None
    location: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_blocking(self) -> bool:
        """Whether this finding forbids issuing."""
        return self.severity is Severity.ERROR
