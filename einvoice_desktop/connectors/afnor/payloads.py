"""AFNOR answers, read with tolerance: nulls, numbers for texts, unknown words and missing fields are a platform's daily bread."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from einvoice_desktop.ports.pdp import AckDetail, AckStatus, DirectoryLine, Flow

_log = logging.getLogger(__name__)
_PARIS = ZoneInfo("Europe/Paris")
_MILLISECONDS = 1e11
"""A POSIX time above this counts milliseconds."""


def _text(value: object) -> object:
    if value is None:
        return ""
    return str(value) if isinstance(value, int | float) else value


def instant(value: object) -> datetime | None:
    """A moment in UTC from ISO 8601, « JJ/MM/AAAA HH:MM:SS » (Paris) or a POSIX time; ``None`` when it is none of them."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if abs(value) > _MILLISECONDS else float(value)
        try:
            return datetime.fromtimestamp(seconds, UTC)
        except (OverflowError, ValueError, OSError):
            return None
    if not isinstance(value, str):
        return None
    for pattern in ("", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y"):
        try:
            if pattern:
                return datetime.strptime(value.strip(), pattern).replace(tzinfo=_PARIS).astimezone(UTC)
            moment = datetime.fromisoformat(value.strip())
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None


def _list(value: object) -> object:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _mapping(value: object) -> object:
    return value if isinstance(value, dict) else {}


Text = Annotated[str, BeforeValidator(_text)]
Instant = Annotated[datetime | None, BeforeValidator(instant)]


class _Payload(BaseModel):
    model_config = ConfigDict(extra="ignore", alias_generator=to_camel, populate_by_name=True)


class _Detail(_Payload):
    level: Text = ""
    item: Text = ""
    reason_code: Text = ""
    reason_message: Text = ""


class _Acknowledgement(_Payload):
    status: Text = ""
    details: Annotated[list[Annotated[_Detail, BeforeValidator(_mapping)]], BeforeValidator(_list)] = []


class FlowPayload(_Payload):
    """Flow, FullFlowInfo or whatever of them a platform gives."""

    flow_id: Annotated[str, BeforeValidator(_text), Field(min_length=1)]
    tracking_id: Text = ""
    flow_type: Text = ""
    flow_direction: Text = ""
    flow_syntax: Text = ""
    name: Text = ""
    submitted_at: Instant = None
    updated_at: Instant = None
    acknowledgement: Annotated[_Acknowledgement, BeforeValidator(_mapping)] = _Acknowledgement()

    def as_flow(self, *, seen_at: datetime) -> Flow:
        """The flow; ``seen_at`` stands in for times the platform does not give."""
        submitted = self.submitted_at or self.updated_at or seen_at
        return Flow(
            flow_id=self.flow_id,
            tracking_id=self.tracking_id,
            flow_type=self.flow_type,
            direction=self.flow_direction,
            syntax=self.flow_syntax,
            updated_at=self.updated_at or submitted,
            submitted_at=submitted,
            name=self.name,
            ack=_ack(self.acknowledgement.status),
            details=tuple(
                AckDetail(d.level, d.item, d.reason_code, d.reason_message) for d in self.acknowledgement.details
            ),
        )


def _ack(word: str) -> AckStatus:
    """Unknown words are « not yet »: only the platform's own Ok or Error ends the wait."""
    known = {status.value.lower(): status for status in AckStatus}
    return known.get(word.strip().lower(), AckStatus.PENDING)


class SearchPayload(_Payload):
    """A page of flows; each result is read alone, so that an odd one does not hide the others."""

    results: Annotated[list[Any], BeforeValidator(_list)] = []
    next_cursor: Text = ""


def flows_in(results: Iterable[Any], *, seen_at: datetime) -> tuple[Flow, ...]:
    """The readable flows of a page, oldest change first; platforms do not sort."""
    flows = []
    for result in results:
        try:
            flows.append(FlowPayload.model_validate(result).as_flow(seen_at=seen_at))
        except ValidationError as error:
            _log.warning("a flow without identifier was left out: %s", error.error_count())
    return tuple(sorted(flows, key=lambda flow: (flow.updated_at, flow.flow_id)))


class _LegalUnit(_Payload):
    business_name: Text = ""


class DirectoryLinePayload(_Payload):
    """A line of the annuaire; ``directoryLineStatus`` is often missing."""

    addressing_identifier: Annotated[str, BeforeValidator(_text), Field(min_length=1)]
    siren: Text = ""
    siret: Text = ""
    routing_identifier: Text = ""
    addressing_suffix: Text = ""
    directory_line_status: Text = ""
    legal_unit: Annotated[_LegalUnit, BeforeValidator(_mapping)] = _LegalUnit()

    def as_line(self, siren: str) -> DirectoryLine:
        """The line, of ``siren`` when the platform does not repeat it."""
        return DirectoryLine(
            address=self.addressing_identifier,
            siren=self.siren or siren,
            name=self.legal_unit.business_name,
            status=self.directory_line_status,
            siret=self.siret,
            routing_code=self.routing_identifier,
            suffix=self.addressing_suffix,
        )


class DirectorySearchPayload(_Payload):
    """A page of directory lines; ``totalNumberOfResults`` may be -1 and is not trusted."""

    results: Annotated[list[Any], BeforeValidator(_list)] = []


def lines_in(results: Iterable[Any], siren: str) -> tuple[DirectoryLine, ...]:
    """The readable lines of ``siren``."""
    lines = []
    for result in results:
        try:
            lines.append(DirectoryLinePayload.model_validate(result).as_line(siren))
        except ValidationError as error:
            _log.warning("a directory line without address was left out: %s", error.error_count())
    return tuple(line for line in lines if line.siren == siren)
