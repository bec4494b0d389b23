"""Writing life-cycle messages (flux 6, CDAR D22B): the one module that asks pyfrctc, and what that release leaves out.

Its dictionary has no place for the percentage of an amount (MDT-224), which a « 212 Encaissée » must carry for each
VAT rate (BR-FR-CDV-14); it is added to the tree. Time is written in Paris time, as every official sample does.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from einvoice_desktop.documents.en16931.completion import child
from einvoice_desktop.documents.en16931.values import clean_text
from einvoice_desktop.documents.reading.lifecycle import LOCAL_ZONE
from einvoice_desktop.domain.lifecycle import REASONS, REASONS_FOR, STATUSES, CashedAmount, Phase, Status
from einvoice_desktop.ports.documents import LifecycleRequest
from einvoice_desktop.ports.errors import UserError

_PROFILE = "urn.cpro.gouv.fr:1p0:CDV:invoice"
_AMOUNT_CODES = {"206": "MAPTTC", "211": "MPA", "212": "MEN"}
_MAX_MESSAGE_ID = 50
_RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
_ACTIONS = {
    "NOA": "Aucune action",
    "PIN": "Fournir une information",
    "NIN": "Créer une facture rectificative",
    "CNF": "Créer un avoir total",
    "CNP": "Créer un avoir partiel",
    "CNA": "Créer un avoir du montant indiqué",
    "OTH": "Autre",
}


class CdarWriter:
    """Writes the statuses users set (:class:`~einvoice_desktop.ports.documents.LifecycleWriter`)."""

    def write_cdar(self, request: LifecycleRequest) -> bytes:
        """The CDAR XML of a status; the same request always gives the same bytes.

        Raises:
            UserError: ``ED-CDAR-STATUS`` (not a status a user sets), ``ED-CDAR-ACTOR`` (only the seller says « encaissée »),
                ``ED-CDAR-REASON-MISSING``, ``ED-CDAR-REASON-REFUSED`` (CDV-CL-09), ``ED-CDAR-ACTION`` (CDV-CL-10) or
                ``ED-CDAR-AMOUNT`` (212 without an amount and a percentage per rate, BR-FR-CDV-14).
        """
        from pyfrctc import generate_cdar

        status = _check(request)
        xml: bytes = generate_cdar(_terms(request, status), check_xsd=False)
        return _with_percentages(xml, request.amounts) if request.code in _AMOUNT_CODES else xml


def _check(request: LifecycleRequest) -> Status:
    status = STATUSES.get(request.code)
    if status is None or status.phase is not Phase.PROCESSING:
        raise UserError("ED-CDAR-STATUS", code=request.code)
    if request.code == "212" and not request.is_from_seller:
        raise UserError("ED-CDAR-ACTOR", code=request.code)
    if status.needs_reason and not request.reason_code:
        raise UserError("ED-CDAR-REASON-MISSING", code=request.code)
    if request.reason_code and request.reason_code not in REASONS_FOR.get(request.code, ()):
        raise UserError("ED-CDAR-REASON-REFUSED", code=request.code, reason=request.reason_code)
    if request.action and request.action not in _ACTIONS:
        raise UserError("ED-CDAR-ACTION", action=request.action)
    if request.code == "212" and not request.amounts:
        raise UserError("ED-CDAR-AMOUNT", code=request.code)
    for amount in request.amounts:
        _number(amount.amount, request.code)
        if amount.rate or request.code == "212":
            _number(amount.rate, request.code)
    return status


def _number(text: str, code: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise UserError("ED-CDAR-AMOUNT", text, code=code) from error
    if not value.is_finite():
        raise UserError("ED-CDAR-AMOUNT", text, code=code)
    return value


def _terms(request: LifecycleRequest, status: Status) -> dict[str, Any]:
    seller, buyer = (request.seller_siren, request.seller_name, "SE"), (request.buyer_siren, request.buyer_name, "BY")
    (siren, name, role), (to_siren, to_name, to_role) = (seller, buyer) if request.is_from_seller else (buyer, seller)
    at, label = _local(request.at), status.label.replace(" ", "_")
    terms = {
        "MDT-2": "REGULATED",
        "MDT-3": _PROFILE,
        "MDT-4": _message_id(request, at),
        "MDT-5": f"CDV-{request.code}_{label}_{clean_text(request.invoice_number)}",
        "MDT-8": at,
        "MDT-21": "WK",
        "MDT-38": {"0002": siren},
        "MDT-39": clean_text(name),
        "MDT-40": role,
        "MDT-57": {"0002": to_siren} if to_siren else {},
        "MDT-58": clean_text(to_name),
        "MDT-59": to_role,
        "MDT-73": clean_text(request.recipient_address) or to_siren,
        "MDT-73-1": "0225",
        "MDT-74": False,
        "MDT-77": status.phase.value,
        "MDT-78": at,
        "MDT-87": clean_text(request.invoice_number),
        "MDT-91": request.invoice_type,
        "MDT-95": _local(request.received_at),
        "MDT-100": request.invoice_date,
        "MDT-105": request.code,
        "MDT-106": label,
        "MDT-129": {"0002": request.seller_siren},
        "MDG-37": _statuses(request, at),
    }
    return terms | ({"MDT-88": status.mdt88} if status.mdt88 else {})


def _statuses(request: LifecycleRequest, at: datetime) -> list[dict[str, Any]]:
    status: dict[str, Any] = {}
    if request.reason_code:
        status |= {"MDT-113": request.reason_code, "MDT-114": REASONS[request.reason_code]}
    if request.action:
        status |= {"MDT-121": request.action, "MDT-122": _ACTIONS[request.action]}
    if comment := clean_text(request.comment):
        status["MDT-126"] = comment
    if request.code in _AMOUNT_CODES and request.amounts:
        status["MDG-43"] = [
            {
                "MDT-207": _AMOUNT_CODES[request.code],
                "MDT-209": False,
                "MDT-215": {"float": f"{_number(amount.amount, request.code):.2f}", "currency": amount.currency},
                "MDT-219": at.date(),
            }
            for amount in request.amounts
        ]
    return [status] if status else []


def _message_id(request: LifecycleRequest, at: datetime) -> str:
    """MDT-4 as the official samples build it; at most fifty characters, as the public portal wants."""
    number = clean_text(request.invoice_number)
    stem = f"_{request.code}_{at:%Y%m%d%H%M%S}"
    full = f"{number}{stem}#{request.invoice_type}_{request.invoice_date:%Y%m%d}"
    return full if len(full) <= _MAX_MESSAGE_ID else f"{number[-(_MAX_MESSAGE_ID - len(stem)) :]}{stem}"


def _local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(LOCAL_ZONE)) if at.tzinfo else at


def _with_percentages(xml: bytes, amounts: tuple[CashedAmount, ...]) -> bytes:
    parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(xml, parser)
    characteristics = root.iter(f"{{{_RAM}}}SpecifiedDocumentCharacteristic")
    for element, amount in zip(characteristics, amounts, strict=True):
        if amount.rate:
            child(element, "ram:ValuePercent", f"{Decimal(amount.rate):.2f}")
    return etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")
