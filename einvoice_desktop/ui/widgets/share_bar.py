"""A thin bar whose parts are shares of a whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from einvoice_desktop.ui.widgets.look import look

Part = tuple[Decimal, str]
"""A share from 0 to 1, counted from the left edge, and its colour by name."""


class ShareBar(QWidget):
    """Parts lie over one another, the first undermost; its words are for whoever does not see it."""

    def __init__(self, parts: Sequence[Part] = (), words: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_parts(parts, words)

    def show_parts(self, parts: Sequence[Part], words: str) -> None:
        """Show other shares."""
        self._parts = tuple(parts)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Thin."""
        return QSize(look().ems(10), look().ems(0.57))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, then each part; a share that is not nothing is never too short to be seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        edge = QPainterPath()
        edge.addRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setClipPath(edge)
        painter.fillRect(box, look().colour("border"))
        for share, colour in self._parts:
            if share > 0:
                width = max(box.height(), box.width() * min(1.0, float(share)))
                painter.fillRect(QRectF(0, 0, width, box.height()), look().colour(colour))
