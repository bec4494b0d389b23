"""Delivering what waits, exactly once.

Before the network is touched the entry says ``sending`` on disk: after a crash at any point its outcome is unknown,
and an unknown outcome is settled by asking the platform for our tracking identifier, never by sending again blindly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from einvoice_desktop.domain.invoice import Profile
from einvoice_desktop.domain.profile_names import AFNOR, UNDEFINED, profile_named
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.errors import (
    NeedsAttentionError,
    PlatformError,
    RefusedError,
    RetryLaterError,
    UnknownOutcomeError,
)
from einvoice_desktop.ports.events import DocumentChanged
from einvoice_desktop.ports.pdp import AckStatus, Flow, Platform, Submission
from einvoice_desktop.ports.unit_of_work import OutboxEntry, OutboxState, Store
from einvoice_desktop.services.announcer import Announcer
from einvoice_desktop.sync.retry import SETTLE_DELAY, next_try

ALREADY_EXISTING = "already_existing"

_STATE_OF = {
    AckStatus.OK: OutboxState.ACCEPTED,
    AckStatus.ERROR: OutboxState.REFUSED,
    AckStatus.PENDING: OutboxState.SENT,
}


class DeliverOutbox:
    """One platform's outgoing side."""

    def __init__(
        self,
        store: Store,
        platform: Platform,
        platform_id: str,
        clock: Clock,
        announcer: Announcer,
        draw: Callable[[], float],
        *,
        settle_delay: float = SETTLE_DELAY,
    ) -> None:
        self._store, self._platform, self._platform_id = store, platform, platform_id
        self._clock, self._announcer, self._draw = clock, announcer, draw
        self._settle_delay = timedelta(seconds=settle_delay)

    def deliver(self, is_stopped: Callable[[], bool]) -> None:
        """Send or settle everything that is due; one entry that fails never holds the others back.

        Raises:
            NeedsAttentionError: the platform does not know us any more: nothing else would pass.
            RetryLaterError: the platform cannot be reached: the entries keep waiting.
        """
        with self._store.reading() as work:
            due = work.outbox.due(self._platform_id, self._clock.now())
        for entry in due:
            if is_stopped():
                return
            if entry.state in {OutboxState.SENDING, OutboxState.UNKNOWN}:
                self._settle(entry)
            else:
                self._send(entry)

    def follow(self, is_stopped: Callable[[], bool]) -> None:
        """Ask for the acknowledgements still awaited."""
        with self._store.reading() as work:
            waiting = work.outbox.open_flows(self._platform_id)
        for entry in waiting:
            if is_stopped():
                return
            self.acknowledge(entry, self._platform.get(entry.flow_id))

    def acknowledge(self, entry: OutboxEntry, flow: Flow) -> None:
        """Record what the platform says of a flow of ours; nothing happens when it is known already."""
        if entry.flow_id == flow.flow_id and entry.state is _STATE_OF[flow.ack]:
            return
        if flow.ack is AckStatus.OK:
            self._update(entry, OutboxState.ACCEPTED, flow_id=flow.flow_id)
        elif flow.ack is AckStatus.ERROR:
            reasons = " ; ".join(f"{d.code}: {d.message}" if d.message else d.code for d in flow.details)
            self._update(entry, OutboxState.REFUSED, flow_id=flow.flow_id, error=reasons or "Error")
        else:
            self._update(entry, OutboxState.SENT, flow_id=flow.flow_id)

    def _settle(self, entry: OutboxEntry) -> None:
        """Ask whether an earlier try was taken; only a clear « no » lets the entry be sent again."""
        try:
            flow = self._platform.find(entry.tracking_id)
        except RefusedError as error:
            self._wait(entry, OutboxState.UNKNOWN, error)
            return
        if flow is None:
            with self._store.unit_of_work() as work:
                work.outbox.update(replace(entry, state=OutboxState.QUEUED, updated_at=self._clock.now()))
                work.commit()
            self._send(entry)
        else:
            self.acknowledge(replace(entry, state=OutboxState.UNKNOWN), flow)

    def _send(self, entry: OutboxEntry) -> None:
        trying = replace(
            entry,
            state=OutboxState.SENDING,
            attempts=entry.attempts + 1,
            next_try_at=self._clock.now() + self._settle_delay,
            updated_at=self._clock.now(),
        )
        with self._store.unit_of_work() as work:
            work.outbox.update(trying)
            work.commit()
        try:
            flow = self._platform.submit(_submission(trying))
        except UnknownOutcomeError as error:
            self._wait(trying, OutboxState.UNKNOWN, error)
        except RefusedError as error:
            # A duplicate may well be ours, taken by a try whose answer was lost.
            if error.code == ALREADY_EXISTING:
                self._settle_duplicate(trying, error)
            else:
                self._update(trying, OutboxState.REFUSED, error=_words(error))
        except (RetryLaterError, NeedsAttentionError) as error:
            self._wait(trying, OutboxState.QUEUED, error)
            raise
        else:
            self.acknowledge(trying, flow)

    def _settle_duplicate(self, entry: OutboxEntry, error: PlatformError) -> None:
        """The platform says it has this document: ours by tracking identifier, else a real duplicate."""
        try:
            flow = self._platform.find(entry.tracking_id)
        except RefusedError as unsettled:
            self._wait(entry, OutboxState.UNKNOWN, unsettled)
            return
        if flow is not None:
            self.acknowledge(entry, flow)
        else:
            self._update(entry, OutboxState.REFUSED, error=_words(error))

    def _wait(self, entry: OutboxEntry, state: OutboxState, error: PlatformError) -> None:
        """Keep the entry for later, and remember why."""
        now = self._clock.now()
        retry_after = error.retry_after if isinstance(error, RetryLaterError) else None
        later: datetime = next_try(now, entry.attempts, self._draw(), retry_after=retry_after)
        if state is OutboxState.UNKNOWN:
            later = max(now + self._settle_delay, now)
        with self._store.unit_of_work() as work:
            work.outbox.update(replace(entry, state=state, next_try_at=later, last_error=_words(error), updated_at=now))
            work.commit()
        self._announcer.tell(DocumentChanged(entry.document_id))

    def _update(self, entry: OutboxEntry, state: OutboxState, *, flow_id: str = "", error: str = "") -> None:
        with self._store.unit_of_work() as work:
            work.outbox.update(
                replace(
                    entry,
                    state=state,
                    flow_id=flow_id or entry.flow_id,
                    next_try_at=None,
                    last_error=error,
                    updated_at=self._clock.now(),
                )
            )
            work.commit()
        self._announcer.tell(DocumentChanged(entry.document_id))


def _submission(entry: OutboxEntry) -> Submission:
    return Submission(
        tracking_id=entry.tracking_id,
        name=entry.name,
        content=entry.content,
        sha256=entry.sha256,
        syntax=entry.syntax,
        processing_rule=entry.processing_rule,
        flow_profile=_flow_profile(entry),
    )


def _flow_profile(entry: OutboxEntry) -> str:
    """``flowProfile`` of what is sent: its BT-24 in the words of the platform; ``Undefined`` for one without a word."""
    if not entry.profile:
        # Queued before the profile was kept: a CII went alone only where its profile had no Factur-X level.
        return AFNOR[Profile.EXTENDED_CTC_FR if entry.syntax == "CII" else Profile.EN16931]
    profile = profile_named(entry.profile)
    return AFNOR[profile] if profile is not None else UNDEFINED


def _words(error: PlatformError) -> str:
    return f"{error.code}: {error.message}" if error.message else error.code
