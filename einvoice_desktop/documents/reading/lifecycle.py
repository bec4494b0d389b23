"""Reading life-cycle messages (flux 6, CDAR D22B).

Platforms write local time without a zone (Europe/Paris in every official sample); inside, time is UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from einvoice_desktop.documents.en16931.values import read_date, read_decimal
from einvoice_desktop.documents.nodes import Node, Syntax
from einvoice_desktop.documents.reading import safe_xml
from einvoice_desktop.domain.lifecycle import CashedAmount, LifecycleEvent
from einvoice_desktop.domain.money import plain
from einvoice_desktop.ports.documents import LifecycleMessage
from einvoice_desktop.ports.errors import UserError

ROOT = (
    "{urn:un:unece:uncefact:data:standard:CrossDomainAcknowledgementAndResponse:100}"
    "CrossDomainAcknowledgementAndResponse"
)
LOCAL_ZONE = "Europe/Paris"
_ACKNOWLEDGED = "rsm:AcknowledgementDocument/ram:ReferenceReferencedDocument"
_PAID = frozenset({"MEN", "MPA"})
_STAMP = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:[T ]?([0-9]{2}):?([0-9]{2})(?::?([0-9]{2}))?(?:\.[0-9]+)?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)

CDAR = Syntax(
    namespaces={
        "rsm": "urn:un:unece:uncefact:data:standard:CrossDomainAcknowledgementAndResponse:100",
        "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    },
    paths={
        "MDT-3": "rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID",
        "MDT-4": "rsm:ExchangedDocument/ram:ID",
        "MDT-8": "rsm:ExchangedDocument/ram:IssueDateTime/*",
        "MDT-38": "rsm:ExchangedDocument/ram:IssuerTradeParty/ram:GlobalID",
        "MDT-39": "rsm:ExchangedDocument/ram:IssuerTradeParty/ram:Name",
        "MDT-40": "rsm:ExchangedDocument/ram:IssuerTradeParty/ram:RoleCode",
        "MDT-78": "rsm:AcknowledgementDocument/ram:IssueDateTime/*",
        "MDT-87": f"{_ACKNOWLEDGED}/ram:IssuerAssignedID",
        "MDT-91": f"{_ACKNOWLEDGED}/ram:TypeCode",
        "MDT-100": f"{_ACKNOWLEDGED}/ram:FormattedIssueDateTime/*",
        "MDT-105": f"{_ACKNOWLEDGED}/ram:ProcessConditionCode",
        "MDT-129": f"{_ACKNOWLEDGED}/ram:IssuerTradeParty/ram:GlobalID[@schemeID='0002']",
        "any_seller_id": f"{_ACKNOWLEDGED}/ram:IssuerTradeParty/ram:GlobalID",
        "MDG-37": f"{_ACKNOWLEDGED}[1]/ram:SpecifiedDocumentStatus",
        "MDT-113": "ram:ReasonCode",
        "MDT-114": "ram:Reason",
        "MDT-121": "ram:RequestedActionCode",
        "MDT-126": "ram:IncludedNote/ram:Content",
        "MDG-43": "ram:SpecifiedDocumentCharacteristic",
        "MDT-207": "ram:TypeCode",
        "MDT-215": "ram:ValueAmount",
        "MDT-224": "ram:ValuePercent",
    },
    tax_points={},
)
"""Paths of the business terms in a CDAR, from its root; only its first document is read."""


def read_lifecycle(xml: bytes) -> LifecycleMessage:
    """The status a CDAR carries.

    Raises:
        UserError: ``ED-READ-CDAR``: not a CDAR, or without invoice number, status or time.
    """
    parsed = safe_xml.parse(xml)
    if parsed.root is None or str(parsed.root.tag) != ROOT:
        reason = parsed.problems[0].code if parsed.problems else "ED-READ-UNKNOWN"
        raise UserError("ED-READ-CDAR", reason)
    root = Node(parsed.root, CDAR)
    code, at = root.token("MDT-105"), read_time(root.token("MDT-78")) or read_time(root.token("MDT-8"))
    if not code or at is None:
        raise UserError("ED-READ-CDAR", f"status {code!r}, time {root.token('MDT-78')!r}")
    return LifecycleMessage(
        invoice_number=root.token("MDT-87"),
        seller_siren=root.token("MDT-129") or root.token("any_seller_id"),
        event=_event(root, code, at),
        message_id=root.token("MDT-4"),
        invoice_date=read_date(root.token("MDT-100")),
        invoice_type=root.token("MDT-91"),
    )


def read_time(text: str) -> datetime | None:
    """An instant in UTC from ``20261015090000``, ``2026-10-15T09:00:00+02:00`` or ``20261015``; Paris time by default."""
    found = _STAMP.fullmatch(text)
    if found is None:
        return None
    *parts, zone = found.groups()
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in parts)
        naive = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the zone is given just below
        if zone:
            return datetime.fromisoformat(f"{naive.isoformat()}{zone}").astimezone(UTC)
        return naive.replace(tzinfo=ZoneInfo(LOCAL_ZONE)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _event(root: Node, code: str, at: datetime) -> LifecycleEvent:
    statuses = root.all("MDG-37")
    return LifecycleEvent(
        code=code,
        at=at,
        actor=root.text("MDT-39") or root.token("MDT-40") or root.token("MDT-38"),
        reason_code=_first(statuses, "MDT-113"),
        reason=_first(statuses, "MDT-114"),
        comment="\n".join(text for status in statuses for text in status.texts("MDT-126")),
        action=_first(statuses, "MDT-121"),
        amounts=tuple(amount for status in statuses for amount in _amounts(status)),
        source_id=root.token("MDT-4"),
    )


def _amounts(status: Node) -> list[CashedAmount]:
    amounts = []
    for item in status.all("MDG-43"):
        value = item.first("MDT-215")
        if value is not None and item.token("MDT-207") in _PAID and read_decimal(value.own_text) is not None:
            rate = read_decimal(item.token("MDT-224"))
            amounts.append(
                CashedAmount(value.own_text, value.attribute("currencyID"), "" if rate is None else plain(rate))
            )
    return amounts


def _first(statuses: list[Node], term: str) -> str:
    return next((text for status in statuses if (text := status.text(term))), "")
