"""A platform in memory that loses answers, refuses, or is away, on demand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from einvoice_desktop.ports.errors import PlatformError, RefusedError, UnknownOutcomeError
from einvoice_desktop.ports.pdp import (
    AckStatus,
    Capability,
    DirectoryLine,
    Flow,
    FlowPage,
    PlatformProfile,
    Submission,
)

PROFILE = PlatformProfile("sandbox", "fake", "Bac à sable", "http://flow", "http://directory", "http://token", "client")


class FakePlatform:
    """Keeps what it is sent; ``mishaps`` are raised one by one, before the request is taken, or after it.

    Attributes:
        taken: submissions taken, in order. flows: every flow by identifier. contents: bytes to download.
        before, after: errors to raise before a submission is taken, or once it is.
    """

    def __init__(self) -> None:
        self.taken: list[Submission] = []
        self.flows: dict[str, Flow] = {}
        self.contents: dict[str, bytes] = {}
        self.before: list[BaseException] = []
        self.after: list[BaseException] = []
        self.asleep: PlatformError | None = None
        self.directory: dict[str, tuple[DirectoryLine, ...]] = {}
        self.page_size = 100
        self.ack = AckStatus.OK
        self._tick = datetime(2026, 11, 21, 12, tzinfo=UTC)

    capabilities = frozenset(Capability)

    def health(self) -> None:
        self._awake()

    def submit(self, submission: Submission) -> Flow:
        self._awake()
        self._mishap(self.before)
        if any(s.tracking_id == submission.tracking_id for s in self.taken):
            raise RefusedError("already_existing", "déjà existante", status=400)
        self.taken.append(submission)
        flow = self._flow(
            f"flow-{len(self.flows) + 1}", "CustomerInvoice", "Out", submission.syntax, submission.tracking_id
        )
        self._mishap(self.after)
        return flow

    def deliver(self, flow_type: str, content: bytes, *, syntax: str = "CDAR", direction: str = "In") -> Flow:
        """Something for us appears at the platform."""
        flow = self._flow(f"flow-{len(self.flows) + 1}", flow_type, direction, syntax, "")
        self.contents[flow.flow_id] = content
        return flow

    def find(self, tracking_id: str) -> Flow | None:
        self._awake()
        return next((f for f in self.flows.values() if tracking_id and f.tracking_id == tracking_id), None)

    def get(self, flow_id: str) -> Flow:
        self._awake()
        return self.flows[flow_id]

    def changes(self, updated_after: datetime, cursor: str = "") -> FlowPage:
        self._awake()
        ordered = sorted((f for f in self.flows.values() if f.updated_at > updated_after), key=lambda f: f.updated_at)
        start = int(cursor or 0)
        page = tuple(ordered[start : start + self.page_size])
        end = start + self.page_size
        return FlowPage(page, str(end) if end < len(ordered) else "")

    def download(self, flow_id: str) -> bytes:
        self._awake()
        return self.contents[flow_id]

    def directory_lines(self, siren: str) -> tuple[DirectoryLine, ...]:
        self._awake()
        return self.directory.get(siren, ())

    def close(self) -> None:
        return None

    def _flow(self, flow_id: str, flow_type: str, direction: str, syntax: str, tracking_id: str) -> Flow:
        self._tick += timedelta(seconds=1)
        flow = Flow(
            flow_id, tracking_id, flow_type, direction, syntax, self._tick, self._tick, name=flow_id,
            ack=self.ack if direction == "Out" else AckStatus.OK,
        )  # fmt: skip
        self.flows[flow_id] = flow
        return flow

    def _awake(self) -> None:
        if self.asleep is not None:
            raise self.asleep

    @staticmethod
    def _mishap(mishaps: list[BaseException]) -> None:
        if mishaps:
            raise mishaps.pop(0)


def lost_answer() -> UnknownOutcomeError:
    """The line was cut after sending."""
    return UnknownOutcomeError("timeout", "no answer")


class FakePractice:
    """A practice platform that is always there."""

    def start(self) -> tuple[PlatformProfile, str]:
        return PROFILE, "secret"

    def stop(self) -> None:
        return None

    def play(self, siren: str, scenario: str) -> None:
        self.scenarios[siren] = scenario

    def deliver(self, content: bytes, syntax: str, name: str) -> None:
        self.delivered.append((name, syntax, content))

    def __init__(self) -> None:
        self.scenarios: dict[str, str] = {}
        self.delivered: list[tuple[str, str, bytes]] = []


class FakeSecrets:
    """Secrets in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def put(self, name: str, value: str) -> None:
        self.kept[name] = value

    def forget(self, name: str) -> None:
        self.kept.pop(name, None)
