"""The status bar: platform, synchronisation, what waits, the register, the version; each a link."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu

from einvoice_desktop.ports.events import SyncChanged, SyncPhase
from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.ports.queries import Counters
from einvoice_desktop.services.verify_ledger import QuickCheck
from einvoice_desktop.ui.errors import code_words
from einvoice_desktop.ui.widgets.formats import clock, number, plural
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.navigation import StatusLink


class StatusLine(QFrame):
    """The line at the foot of the window."""

    def __init__(
        self, *, platform: QAction, sync: Sequence[QAction], outbox: QAction, register: QAction, about: QAction
    ) -> None:
        super().__init__()
        self.setProperty("kind", "status")
        self.setAccessibleName("État")
        self.platform = StatusLink(platform)
        self.practice = Label("· plateforme d’entraînement", "small")
        self.sync = StatusLink()
        self.sync_menu = QMenu(self)
        self.sync_menu.addActions(list(sync))
        self.sync.clicked.connect(self._open_sync_menu)
        self.waiting = StatusLink(outbox)
        self.register = StatusLink(register)
        self.version = StatusLink(about)
        left = row(self.platform, self.practice, gap="")
        layout = row(left, self.sync, self.waiting, 1, self.register, self.version, gap="m", of=self)
        layout.setContentsMargins(look().gap.s, 0, look().gap.s, 0)
        self.setFixedHeight(look().ems(2.25))
        self._is_practice = False
        self.set_platform(None)

    def set_version(self, version: str, store_label: str) -> None:
        """Say which program this is and which file it works on."""
        self.version.set(f"v {version}")
        self.version.setToolTip(store_label)

    def _open_sync_menu(self) -> None:
        height = self.sync_menu.sizeHint().height()
        self.sync_menu.popup(self.sync.mapToGlobal(QPoint(0, -height)))

    def set_platform(self, profile: PlatformProfile | None) -> None:
        """Say where documents go; loud while it is the practice platform."""
        is_practice = self._is_practice = profile is not None and profile.is_sandbox
        if profile is None:
            self.platform.set("Aucune plateforme connectée", "amber")
        elif is_practice:
            self.platform.set("Bac à sable", "amber", is_loud=True)
        else:
            self.platform.set(profile.label, "success")
        self._fit()

    def set_sync(self, status: SyncChanged) -> None:
        """Say what the synchronisation does."""
        words, tone = sync_words(status)
        self.sync.set(words, tone)
        self.sync.setToolTip(words)
        self._fit()

    def set_counters(self, counters: Counters) -> None:
        """Say what waits to leave."""
        words = plural(counters.waiting, "{n} document en attente d’envoi", "{n} documents en attente d’envoi")
        self.waiting.set(words if counters.waiting else "")
        self._fit()

    def set_register(self, check: QuickCheck) -> None:
        """Say whether the register is whole."""
        entries = plural(check.head_sequence, "{n} écriture", "{n} écritures")
        if check.is_intact:
            self.register.set(f"Registre intègre · {entries}", "success")
        else:
            self.register.set(
                f"Registre altéré · {number(len(check.missing_guards))} protections absentes", "danger", is_loud=True
            )
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Never what makes the window wide."""
        return QSize(0, self.height())

    def _fit(self) -> None:
        """What repeats another word goes first, then the version; the rest is never cut by them."""
        gap = look().gap.m
        links = [link for link in (self.platform, self.sync, self.waiting, self.register) if link.text()]
        room = self.width() - 2 * look().gap.s - sum(link.sizeHint().width() + gap for link in links)
        room -= self.version.sizeHint().width()
        self.version.setVisible(room >= 0)
        self.practice.setVisible(self._is_practice and room >= self.practice.sizeHint().width())


def sync_words(status: SyncChanged) -> tuple[str, str]:
    """What the status bar says of the synchronisation, and the tone of its dot (empty for none)."""
    done = f"Synchronisé à {clock(status.last_success)}" if status.last_success else ""
    code, _, detail = status.problem.partition(":")
    words: dict[SyncPhase, tuple[str, str]] = {
        SyncPhase.IDLE: (done, ""),
        SyncPhase.WAITING: (done, ""),
        SyncPhase.RUNNING: ("Synchronisation en cours…", ""),
        SyncPhase.PAUSED: ("Synchronisation en pause", "amber"),
        SyncPhase.OFFLINE: ("Hors ligne · reprise automatique", "amber"),
        SyncPhase.NEEDS_ATTENTION: (f"À vérifier : {code_words(code.strip(), detail.strip())}", "danger"),
        SyncPhase.NOT_CONNECTED: ("", ""),
    }
    return words[status.phase]
