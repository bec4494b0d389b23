"""What a screen is to the shell, and what the shell lends to a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from einvoice_desktop.ui.background import Background
from einvoice_desktop.ui.bridge import Bridge
from einvoice_desktop.ui.dialogs import Dialogs
from einvoice_desktop.ui.widgets.look import look


@dataclass(frozen=True, slots=True)
class Tools:
    """Plumbing lent to every page.

    Attributes:
        background: runs jobs away from the window. bridge: what happened, as signals; ``bridge.announce(topic)``.
        dialogs: boxes, file choosers and short messages. company_id: the company shown at this moment, empty for none.
        reopen: start the program again on another file of data once this window is closed; ``None`` where that cannot be.
    """

    background: Background
    bridge: Bridge
    dialogs: Dialogs
    company_id: Callable[[], str]
    reopen: Callable[[Path], None] | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of the window says of the page.

    Attributes:
        title: name of the page. parent: (words, screen) of the page above it, shown as a link before the title.
        pill: (words, tone) of the state of what is shown, empty words for none.
        primary: the one primary action. actions: quiet ones, left of it.
        has_search: whether the search box of the window is shown beside them (hide it where actions need the room).
    """

    title: str
    parent: tuple[str, str] | None = None
    pill: tuple[str, str] = ("", "neutral")
    primary: QAction | None = None
    actions: tuple[QAction, ...] = field(default_factory=tuple)
    has_search: bool = True


class Page(QWidget):
    """A screen. The shell makes it once, when it is first asked for, as ``SomePage(services, tools)``.

    Signals:
        navigate: (screen, argument): ask the shell for another screen.
        header_changed: :meth:`header` would now say something else.
        primary_wanted: the keys go to the primary action of the header.
    """

    navigate = Signal(str, str)
    header_changed = Signal()
    primary_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def header(self) -> Header:
        """What the header says."""
        raise NotImplementedError

    def open(self, argument: str) -> None:
        """The page is being shown; ``argument`` as given to ``navigate`` (identifier, filter…), may be empty."""

    def leave(self) -> None:
        """Another page is about to be shown, or the window closes: keep what was typed (start the job, do not wait)."""

    def unsaved(self) -> str:
        """What would be lost if the window closed now, in a few words; empty for nothing (drafts keep themselves)."""
        return ""

    def may_be_made_again(self) -> bool:
        """Whether nothing is lost when this page, while hidden, is thrown away and made anew at its next showing."""
        return not self.unsaved()

    def close_panel(self) -> bool:
        """Échap: close what is open (panel, selection); whether anything was."""
        return False

    def command(
        self,
        text: str,
        run: Callable[[], None],
        *,
        keys: str = "",
        tip: str = "",
        icon: str = "",
    ) -> QAction:
        """A ``QAction`` of this page: shortcut active while the page is shown, listed in the palette and in F1."""
        action = QAction(text, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setStatusTip(tip or text)
        if icon:
            action.setIcon(look().icon(icon))
        action.triggered.connect(lambda _checked=False: run())
        self.addAction(action)
        return action
