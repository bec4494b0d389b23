"""A calm card that holds something seldom needed: one line when folded, saying what it holds; its content when open."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.look import look


class FoldLine(QPushButton):
    """The line of a fold: an arrow, its name, how many things it holds, and what they are."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title, self._count, self._summary = title, 0, ""
        self.setCheckable(True)
        self.setProperty("kind", "ghost")
        self.setAccessibleName(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_held(self, count: int, summary: str) -> None:
        """Say how many things are inside and which."""
        if (count, summary) == (self._count, self._summary):
            return
        self._count, self._summary = count, summary
        self.setAccessibleDescription(summary)
        self.setToolTip(summary)
        self.update()

    @property
    def count(self) -> int:
        """How many things it says it holds."""
        return self._count

    def _strong(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def sizeHint(self) -> QSize:
        """As wide as its name, a count and a little of the summary."""
        width = QFontMetrics(self._strong()).horizontalAdvance(self._title) + look().ems(5)
        return QSize(width, self.fontMetrics().height() + look().ems(1.0))

    def minimumSizeHint(self) -> QSize:
        """The name is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground by the style sheet, then arrow, name, count and summary."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look().ems(1.1)
        arrow = QRect(look().gap.xs, (self.height() - side) // 2, side, side)
        look().icon("down" if self.isChecked() else "right").paint(painter, arrow)
        left = arrow.right() + look().gap.s
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        font = self._strong()
        painter.setFont(font)
        painter.setPen(look().colour("text"))
        painter.drawText(QRect(left, 0, self.width() - left, self.height()), flags, self._title)
        left += QFontMetrics(font).horizontalAdvance(self._title) + look().gap.s
        if self._count:
            left = self._paint_count(painter, left) + look().gap.s
        if self._summary and not self.isChecked():
            painter.setFont(self.font())
            painter.setPen(look().colour("muted"))
            room = max(0, self.width() - left - look().gap.s)
            shown = self.fontMetrics().elidedText(self._summary, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, 0, room, self.height()), flags, shown)

    def _paint_count(self, painter: QPainter, left: int) -> int:
        """The count in its disc; where the disc ends."""
        small = QFont(self.font())
        small.setPixelSize(look().ems(0.79))
        small.setWeight(QFont.Weight.DemiBold)
        words = str(self._count)
        height = float(look().ems(1.3))
        width = max(height, QFontMetrics(small).horizontalAdvance(words) + look().ems(0.8))
        disc = QRectF(left, (self.height() - height) / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("accent_soft"))
        painter.drawRoundedRect(disc, height / 2, height / 2)
        painter.setFont(small)
        painter.setPen(look().colour("accent"))
        painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), words)
        return int(disc.right())


class Fold(Card):
    """The card. Folded and empty it is not seen at all.

    Signals:
        opened: it has just been unfolded, by a person or by code. folded: it has just been folded.
    """

    opened = Signal()
    folded = Signal()

    def __init__(self, title: str, content: QWidget) -> None:
        self.line = FoldLine(title)
        self.content = content
        super().__init__(self.line, content, gap="s", margin="s")
        content.setParent(self)
        content.setContentsMargins(look().gap.s, look().gap.xs, look().gap.s, look().gap.s)
        content.hide()
        self.line.toggled.connect(self._toggled)
        self._sync()

    @property
    def is_open(self) -> bool:
        """Whether the content is shown."""
        return self.line.isChecked()

    def open(self, *, is_open: bool = True) -> None:
        """Unfold (or fold)."""
        self.line.setChecked(is_open)

    def set_held(self, count: int, summary: str) -> None:
        """Say what is inside."""
        self.line.set_held(count, summary)
        self._sync()

    def _toggled(self, is_open: bool) -> None:  # noqa: FBT001 - a signal's value
        self.content.setVisible(is_open)
        self._sync()
        (self.opened if is_open else self.folded).emit()

    def _sync(self) -> None:
        self.setVisible(self.is_open or self.line.count > 0)


def paint_dot(painter: QPainter, centre: QPointF, radius: float, role: str = "accent") -> None:
    """The mark of something held where it is not seen, in the colour of ``role``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look().colour(role))
    painter.drawEllipse(centre, radius, radius)
    painter.restore()
