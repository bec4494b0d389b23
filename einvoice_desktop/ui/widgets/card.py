"""A sheet of content: surface, thin border, rounded; never one inside another."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import Item, column, row
from einvoice_desktop.ui.widgets.look import look


class Card(QFrame):
    """A sheet with a column of items and, on request, a heading.

    ``body`` is the layout to add to; ``margin`` the name of a gap, empty for content that reaches the border (tables).
    """

    def __init__(self, *items: Item, title: str = "", gap: str = "m", margin: str = "l") -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.heading = Label(title, "heading") if title else None
        self.body: QVBoxLayout = column(self.heading, *items, gap=gap, margin=margin, of=self)

    def add(self, *items: Item) -> None:
        """Add items at the end."""
        for item in items:
            if isinstance(item, QWidget):
                self.body.addWidget(item)
            elif isinstance(item, int):
                self.body.addStretch(item)
            elif item is not None:
                self.body.addLayout(item)


class Notice(QFrame):
    """A coloured message inside a page: ``tone`` success, warning, danger or info; may hold one button."""

    def __init__(self, text: str = "", tone: str = "info", action: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self.setProperty("tone", tone)
        self.label = Label(text, wrap=True)
        self._row: QHBoxLayout = row(self.label, gap="m", margin="m", of=self)
        self._row.setStretch(0, 1)
        if action is not None:
            self._row.addWidget(action, alignment=Qt.AlignmentFlag.AlignTop)

    def set(self, text: str, tone: str) -> None:
        """Show another message; hidden when ``text`` is empty."""
        from einvoice_desktop.ui.widgets.labels import restyle

        self.label.setText(text)
        restyle(self, "tone", tone)
        self.setVisible(bool(text))


class Line(QFrame):
    """A hair line between rows."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "line")
        self.setFixedHeight(max(1, look().ems(0.07)))
