"""What the practice platform checks before it acknowledges a flow: the form of the request, then the document itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.ports.documents import InvoiceReader, LifecycleMessage, ReadDocument
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.rules import RulesEngine, Verdict
from einvoice_desktop.sandbox.facts import InvoiceFacts, facts_of

SYNTAXES = ("CII", "UBL", "Factur-X", "CDAR", "FRR")
PROFILES = ("Basic", "CIUS", "Extended-CTC-FR", "Undefined")
RULES = tuple("B2B B2BInt B2C B2G B2GInt OutOfScope B2GOutOfScope ArchiveOnly NotApplicable Undefined".split())
SYNTAX_OF_FORMAT = {"factur-x": "Factur-X", "cii": "CII", "ubl": "UBL", "cdar": "CDAR", "ereport": "FRR"}
LARGEST_FLOW = 100_000_000
MOST_DETAILS = 100
_LONGEST_NAME = 255
_LONGEST_TRACKING_ID = 64


class RequestRefusedError(Exception):
    """The request is answered with an error and nothing is kept: HTTP ``status``, AFNOR ``errorCode`` and message."""

    def __init__(self, status: int, code: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class FlowInfo:
    """The ``flowInfo`` part of a submission, checked."""

    name: str
    syntax: str
    tracking_id: str = ""
    rule: str = ""
    profile: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """One remark of an acknowledgement, in the words of AFNOR."""

    level: str
    item: str
    reason_code: str
    reason_message: str

    def to_json(self) -> dict[str, str]:
        """As it is sent."""
        return {
            "level": self.level,
            "item": self.item,
            "reasonCode": self.reason_code,
            "reasonMessage": self.reason_message,
        }


@dataclass(frozen=True, slots=True)
class Examined:
    """A document after its checks: ``facts`` of an invoice or ``message`` of a life cycle; an error among ``details`` refuses it."""

    details: tuple[Detail, ...] = ()
    facts: InvoiceFacts | None = None
    message: LifecycleMessage | None = None

    @property
    def is_refused(self) -> bool:
        """Whether the acknowledgement will be Error."""
        return any(detail.level == "Error" for detail in self.details)


def error(item: str, code: str, message: str) -> Detail:
    """A remark that refuses the flow."""
    return Detail("Error", item, code, message)


def read_flow_info(body: Any) -> FlowInfo:
    """The flowInfo of a submission.

    Raises:
        RequestRefusedError: 400, a field is missing or wrong.
    """
    if not isinstance(body, dict):
        raise RequestRefusedError(400, "MISSING_REQUIRED_FIELD", "flowInfo doit être un objet JSON.")
    name = _word(body, "name", longest=_LONGEST_NAME)
    syntax = _word(body, "flowSyntax", among=SYNTAXES)
    if not name or not syntax:
        raise RequestRefusedError(400, "MISSING_REQUIRED_FIELD", "flowInfo : name et flowSyntax sont obligatoires.")
    return FlowInfo(
        name=name,
        syntax=syntax,
        tracking_id=_word(body, "trackingId", longest=_LONGEST_TRACKING_ID),
        rule=_word(body, "processingRule", among=RULES),
        profile=_word(body, "flowProfile", among=PROFILES),
        sha256=_word(body, "sha256", shape=r"[a-f0-9]{64}"),
    )


def _word(
    body: Mapping[str, Any], name: str, *, longest: int = 100, among: tuple[str, ...] = (), shape: str = ""
) -> str:
    value = body.get(name)
    if value is None:
        return ""
    is_right = isinstance(value, str) and len(value) <= longest
    if not is_right or (among and value not in among) or (shape and not re.fullmatch(shape, str(value))):
        raise RequestRefusedError(400, "PARAMS_ERROR", f"flowInfo : valeur de {name} non admise.")
    return str(value)


def check_file(info: FlowInfo, content: bytes, largest: int) -> None:
    """What is wrong with the bytes whatever they hold.

    Raises:
        RequestRefusedError: empty, too large, or not the bytes whose fingerprint was announced.
    """
    if not content:
        raise RequestRefusedError(400, "EmptyFlow", "Le fichier est vide.")
    if len(content) > largest:
        raise RequestRefusedError(413, "FILE_SIZE_EXCEEDED", f"Le fichier dépasse {largest} octets.")
    if info.sha256 and hashlib.sha256(content).hexdigest() != info.sha256:
        raise RequestRefusedError(400, "ChecksumMismatch", "L'empreinte sha256 ne correspond pas au fichier reçu.")


def examine(info: FlowInfo, content: bytes, reader: InvoiceReader, rules: RulesEngine) -> Examined:
    """Content against announced syntax, then the official rules.

    Raises:
        RequestRefusedError: 503, the rules could not run: what was not checked is neither accepted nor refused.
    """
    document = reader.read(content, info.name)
    found = SYNTAX_OF_FORMAT.get(document.format, "")
    if found != info.syntax:
        message = f"Le contenu est « {found or 'inconnu'} », pas « {info.syntax} »."
        return Examined((error("flowSyntax", "FlowTypeError", message),))
    details = _official_remarks(document.xml if document.xml is not None else content, rules)
    if info.syntax == "FRR":
        return Examined(details)
    return _understood(document, content, details, reader)


def _understood(document: ReadDocument, content: bytes, details: tuple[Detail, ...], reader: InvoiceReader) -> Examined:
    if document.format == "cdar":
        if any(detail.level == "Error" for detail in details):
            return Examined(details)
        try:
            return Examined(details, message=reader.read_lifecycle(document.xml or content))
        except UserError as problem:
            return Examined((*details, error("CDAR", "InvalidSchema", problem.detail or problem.code)))
    if document.invoice is None:
        return Examined((*details, error("document", "OtherTechnicalError", "La facture ne peut pas être lue.")))
    return Examined(details, facts=facts_of(document.invoice))


def _official_remarks(xml: bytes, rules: RulesEngine) -> tuple[Detail, ...]:
    report = rules.check(xml)
    if report.verdict is Verdict.NOT_CHECKED:
        raise RequestRefusedError(503, "RESOURCE_ERROR", f"Contrôles indisponibles : {report.why_not_checked}", 2)
    details = tuple(_remark(finding) for finding in report.findings[:MOST_DETAILS])
    if report.verdict is Verdict.NOT_CONFORMING and not any(detail.level == "Error" for detail in details):
        details += (error("document", "OtherTechnicalError", "Document non conforme."),)
    return details


def _remark(finding: Finding) -> Detail:
    return Detail(
        level="Error" if finding.severity is Severity.ERROR else "Warning",
        item=finding.location or finding.place or "document",
        reason_code="InvalidSchema" if finding.code == "XSD" else finding.code,
        reason_message=finding.message or finding.code,
    )
