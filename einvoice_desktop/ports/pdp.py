"""A platform (PDP, plateforme agréée), as a need: one connector protocol, plain records, bytes in and out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Capability(StrEnum):
    """What a connector can do."""

    SUBMIT = "submit"
    LIFECYCLE = "lifecycle"
    INCOMING = "incoming"
    DIRECTORY = "directory"


@dataclass(frozen=True, slots=True)
class PlatformProfile:
    """A platform a user chose. Secrets are elsewhere (``ports.secrets``), under ``platform:<id>:…``.

    Attributes:
        id: local identifier. kind: connector (``afnor``…). label: name shown.
        flow_url, directory_url, token_url: base addresses, each without a trailing slash.
        client_id: OAuth2 client identifier (not a secret). organization_id: header Organization-Id, may be empty.
        is_sandbox: whether documents sent there have no value.
    """

    id: str
    kind: str
    label: str
    flow_url: str
    directory_url: str
    token_url: str
    client_id: str
    organization_id: str = ""
    is_sandbox: bool = True


@dataclass(frozen=True, slots=True)
class Submission:
    """Frozen bytes on their way out.

    Attributes:
        tracking_id: our identifier of the submission, the same at each try (≤ 64 characters).
        name: file name. content: the exact bytes. sha256: their hexadecimal fingerprint.
        syntax: ``Factur-X``, ``CII``, ``UBL`` or ``CDAR``. processing_rule: ``B2B``, ``B2C``…
        flow_profile: ``CIUS`` (EN 16931), ``Basic``, ``Extended-CTC-FR`` or ``Undefined``; not told for a CDAR, which has none.
    """

    tracking_id: str
    name: str
    content: bytes
    sha256: str
    syntax: str
    processing_rule: str = "B2B"
    flow_profile: str = "CIUS"


class AckStatus(StrEnum):
    """Technical acknowledgement of a flow."""

    PENDING = "Pending"
    OK = "Ok"
    ERROR = "Error"


@dataclass(frozen=True, slots=True)
class AckDetail:
    """One remark of an acknowledgement: ``level`` Error or Warning, ``item``, ``code`` and ``message``."""

    level: str
    item: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow as the platform describes it.

    Attributes:
        flow_id: the platform's identifier. tracking_id: ours when the flow is ours, may be empty.
        flow_type: CustomerInvoice, SupplierInvoice, CustomerInvoiceLC… (unknown values kept as they are).
        direction: ``In`` (to us) or ``Out``. syntax: Factur-X, CII, UBL, CDAR…
        updated_at, submitted_at: UTC. ack: acknowledgement. details: its remarks.
    """

    flow_id: str
    tracking_id: str
    flow_type: str
    direction: str
    syntax: str
    updated_at: datetime
    submitted_at: datetime
    name: str = ""
    ack: AckStatus = AckStatus.PENDING
    details: tuple[AckDetail, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowPage:
    """One page of a search, oldest first.

    Attributes:
        flows: the flows. next_cursor: continue from there, empty at the end.
    """

    flows: tuple[Flow, ...]
    next_cursor: str = ""


@dataclass(frozen=True, slots=True)
class DirectoryLine:
    """A line of the annuaire: where a business receives (scheme 0225).

    Attributes:
        address: addressing identifier. siren: its legal unit. name: business name.
        status: ``Enabled``, ``Disabled``, ``Upcoming`` or empty when the platform does not say.
        siret, routing_code, suffix: parts of the address, may be empty.
    """

    address: str
    siren: str
    name: str = ""
    status: str = ""
    siret: str = ""
    routing_code: str = ""
    suffix: str = ""


class Platform(Protocol):
    """One connected platform. Calls block; they run on the synchronisation thread only.

    Every method raises one of the four ``PlatformError`` children of :mod:`einvoice_desktop.ports.errors`.
    """

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What can be asked."""
        ...

    def health(self) -> None:
        """Return if the platform answers and knows us."""
        ...

    def submit(self, submission: Submission) -> Flow:
        """Send the bytes once; a lost answer raises ``UnknownOutcomeError``."""
        ...

    def find(self, tracking_id: str) -> Flow | None:
        """Settle an unknown outcome: the flow of that tracking identifier, ``None`` if the platform never took it."""
        ...

    def get(self, flow_id: str) -> Flow:
        """One flow, for its acknowledgement."""
        ...

    def changes(self, updated_after: datetime, cursor: str = "") -> FlowPage:
        """Flows changed strictly after that instant, in either direction."""
        ...

    def download(self, flow_id: str) -> bytes:
        """The original bytes of a flow (bounded in size)."""
        ...

    def directory_lines(self, siren: str) -> tuple[DirectoryLine, ...]:
        """Where that legal unit receives; empty when it is not in the annuaire."""
        ...

    def close(self) -> None:
        """Release connections."""
        ...


class PracticePlatform(Protocol):
    """The embedded sandbox platform, started on demand on this computer."""

    def start(self) -> tuple[PlatformProfile, str]:
        """Start it if it is not running; the profile to connect with (its port may change) and the client secret."""
        ...

    def stop(self) -> None:
        """Stop it; its state is kept."""
        ...

    def play(self, siren: str, scenario: str) -> None:
        """What the customer of that SIREN will do with what it receives (``approve_and_pay``, ``refuse``, ``dispute``…)."""
        ...

    def deliver(self, content: bytes, syntax: str, name: str) -> None:
        """A supplier sends us ``content`` (``Factur-X``, ``CII``, ``UBL``)."""
        ...
