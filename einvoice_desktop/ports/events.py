"""What happened, told to whoever listens (the window, the command line): past-tense facts, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias


class SyncPhase(StrEnum):
    """What the synchronisation is doing."""

    IDLE = "idle"
    RUNNING = "running"
    WAITING = "waiting"
    PAUSED = "paused"
    OFFLINE = "offline"
    NEEDS_ATTENTION = "needs_attention"
    NOT_CONNECTED = "not_connected"


@dataclass(frozen=True, slots=True)
class SyncChanged:
    """The synchronisation changed phase.

    Attributes:
        phase: what it does. last_success: end of the last complete turn, UTC. problem: code and message, else empty.
    """

    phase: SyncPhase
    last_success: datetime | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DocumentChanged:
    """A document moved (sent, acknowledged, new event…): reload what shows it."""

    document_id: str


@dataclass(frozen=True, slots=True)
class DocumentReceived:
    """A supplier's document arrived."""

    document_id: str


Happening: TypeAlias = SyncChanged | DocumentChanged | DocumentReceived


class Listener(Protocol):
    """Told of every happening, from any thread."""

    def __call__(self, happening: Happening, /) -> None: ...
