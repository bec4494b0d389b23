"""Every use case of the program in one place, built by bootstrap, handed to the window and the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from einvoice_desktop.ports.events import Listener, SyncChanged
from einvoice_desktop.ports.queries import Queries
from einvoice_desktop.services.announcer import Announcer
from einvoice_desktop.services.attach_file import AttachFile
from einvoice_desktop.services.check_draft import CheckDraft
from einvoice_desktop.services.connect_platform import ConnectPlatform
from einvoice_desktop.services.correct_document import CorrectDocument
from einvoice_desktop.services.demonstration import Demonstration
from einvoice_desktop.services.export_document import ExportDocument
from einvoice_desktop.services.issue_body import IssueBody
from einvoice_desktop.services.issue_invoice import IssueInvoice
from einvoice_desktop.services.keep_settings import KeepSettings
from einvoice_desktop.services.keep_templates import KeepTemplates
from einvoice_desktop.services.make_balance import MakeBalance
from einvoice_desktop.services.make_credit_note import MakeCreditNote
from einvoice_desktop.services.preview_draft import PreviewDraft
from einvoice_desktop.services.receive_invoice import ReceiveInvoice
from einvoice_desktop.services.record_payment import RecordPayment
from einvoice_desktop.services.registry import RegisterBuyer, RegisterCompany
from einvoice_desktop.services.request_deposit import RequestDeposit
from einvoice_desktop.services.save_draft import SaveDraft
from einvoice_desktop.services.self_billing import SelfBilling
from einvoice_desktop.services.send_document import SendDocument
from einvoice_desktop.services.verify_ledger import VerifyLedger
from einvoice_desktop.services.view_document import ViewDocument


class SyncControl(Protocol):
    """The synchronisation, as the user commands it."""

    @property
    def status(self) -> SyncChanged:
        """What it is doing."""
        ...

    def sync_now(self) -> None:
        """Do a turn as soon as possible; returns at once."""
        ...

    def pause(self) -> None:
        """Send and receive nothing until :meth:`resume`."""
        ...

    def resume(self) -> None:
        """End the pause."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """What the user can do, each by its own object (see their docstrings)."""

    companies: RegisterCompany
    buyers: RegisterBuyer
    drafts: SaveDraft
    check: CheckDraft
    preview: PreviewDraft
    issue: IssueInvoice
    issue_body: IssueBody
    send: SendDocument
    receive: ReceiveInvoice
    payments: RecordPayment
    view: ViewDocument
    platform: ConnectPlatform
    ledger: VerifyLedger
    settings: KeepSettings
    queries: Queries
    sync: SyncControl
    announcer: Announcer
    demo: Demonstration
    credit_notes: MakeCreditNote
    corrections: CorrectDocument
    deposits: RequestDeposit
    balances: MakeBalance
    self_billing: SelfBilling
    templates: KeepTemplates
    attachments: AttachFile
    export: ExportDocument

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tell ``listener`` of every happening, from any thread; call the result to stop."""
        return self.announcer.listen(listener)
