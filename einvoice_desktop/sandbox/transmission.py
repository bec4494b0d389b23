"""Life-cycle messages only platforms write (MDT-77 = 305): 200 to 203, 213, 221 and 501. Users' statuses have their own writer."""

from __future__ import annotations

from datetime import datetime
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from einvoice_desktop.domain.lifecycle import REASONS, STATUSES, Phase
from einvoice_desktop.ports.documents import LifecycleRequest

_NAMESPACES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossDomainAcknowledgementAndResponse:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}
_PROFILE = "urn.cpro.gouv.fr:1p0:CDV:invoice"
_PLATFORM = "WK"
_NAME = "Plateforme d'entraînement"


def is_transmission(code: str) -> bool:
    """Whether platforms set that status, not users."""
    status = STATUSES.get(code)
    return status is not None and status.phase is Phase.TRANSMISSION


def write_transmission(request: LifecycleRequest) -> bytes:
    """The CDAR D22B of a transmission status, from a platform to the seller; times in Paris time, as the samples."""
    root = ET.Element(_tag("rsm:CrossDomainAcknowledgementAndResponse"))
    context = _add(root, "rsm:ExchangedDocumentContext")
    _add(_add(context, "ram:BusinessProcessSpecifiedDocumentContextParameter"), "ram:ID", "REGULATED")
    _add(_add(context, "ram:GuidelineSpecifiedDocumentContextParameter"), "ram:ID", _PROFILE)
    _exchanged(_add(root, "rsm:ExchangedDocument"), request)
    _acknowledged(_add(root, "rsm:AcknowledgementDocument"), request)
    for prefix, uri in _NAMESPACES.items():
        ET.register_namespace(prefix, uri)
    xml: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return xml


def _exchanged(parent: ET.Element, request: LifecycleRequest) -> None:
    at = _digits(request.at)
    issued = f"{request.invoice_date:%Y%m%d}"
    _add(parent, "ram:ID", f"{request.invoice_number}_{request.code}_{at}#{request.invoice_type}_{issued}")
    _add(parent, "ram:Name", f"CDV-{request.code}_{request.invoice_number}")
    _moment(parent, "ram:IssueDateTime", request.at)
    _add(_add(parent, "ram:SenderTradeParty"), "ram:RoleCode", _PLATFORM)
    issuer = _add(parent, "ram:IssuerTradeParty")
    _add(issuer, "ram:Name", _NAME)
    _add(issuer, "ram:RoleCode", _PLATFORM)
    recipient = _add(parent, "ram:RecipientTradeParty")
    _add(recipient, "ram:GlobalID", request.seller_siren, schemeID="0002")
    _add(recipient, "ram:Name", request.seller_name)
    _add(recipient, "ram:RoleCode", "SE")
    line = _add(recipient, "ram:URIUniversalCommunication")
    _add(line, "ram:URIID", request.recipient_address, schemeID="0225")


def _acknowledged(parent: ET.Element, request: LifecycleRequest) -> None:
    status = STATUSES[request.code]
    _add(_add(parent, "ram:MultipleReferencesIndicator"), "udt:Indicator", "false")
    _add(parent, "ram:TypeCode", status.phase.value)
    _moment(parent, "ram:IssueDateTime", request.at)
    about = _add(parent, "ram:ReferenceReferencedDocument")
    _add(about, "ram:IssuerAssignedID", request.invoice_number)
    if status.mdt88:
        _add(about, "ram:StatusCode", status.mdt88)
    _add(about, "ram:TypeCode", request.invoice_type)
    _moment(about, "ram:ReceiptDateTime", request.received_at)
    day = _add(about, "ram:FormattedIssueDateTime")
    _add(day, "qdt:DateTimeString", f"{request.invoice_date:%Y%m%d}", format="102")
    _add(about, "ram:ProcessConditionCode", request.code)
    _add(about, "ram:ProcessCondition", status.label)
    _add(_add(about, "ram:IssuerTradeParty"), "ram:GlobalID", request.seller_siren, schemeID="0002")
    if request.reason_code:
        reason = _add(about, "ram:SpecifiedDocumentStatus")
        _add(reason, "ram:ReasonCode", request.reason_code)
        _add(reason, "ram:Reason", REASONS.get(request.reason_code, request.reason_code))
        _add(reason, "ram:SequenceNumeric", "1")
        if request.comment:
            _add(_add(reason, "ram:IncludedNote"), "ram:Content", request.comment)


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, _tag(name), attributes)
    child.text = text or None
    return child


def _moment(parent: ET.Element, name: str, at: datetime) -> None:
    _add(_add(parent, name), "udt:DateTimeString", _digits(at), format="204")


def _digits(at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo('Europe/Paris')):%Y%m%d%H%M%S}"
