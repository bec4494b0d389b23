"""Figures as shapes, drawn by hand: bars by month, one bar split into shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from einvoice_desktop.ui.widgets.look import look


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what stands under it, its height, what its tip says, and whether it is the present one."""

    label: str
    value: Decimal
    tip: str
    is_current: bool = False


class BarChart(QWidget):
    """Bars on a base line; negative values hang below it."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self.setMinimumHeight(look().ems(9))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these."""
        self._bars = tuple(bars)
        self.setAccessibleDescription(", ".join(bar.tip for bar in bars))
        self.update()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(look().ems(30), look().ems(12))

    def event(self, event: QEvent) -> bool:
        """Tell the figure of the bar under the mouse."""
        if isinstance(event, QHelpEvent):
            index = self._index_at(event.pos())
            if index is not None:
                QToolTip.showText(event.globalPos(), self._bars[index].tip, self)
            return True
        return super().event(event)

    def _index_at(self, pos: QPoint) -> int | None:
        if not self._bars:
            return None
        index = int(pos.x() / max(1.0, self.width() / len(self._bars)))
        return index if 0 <= index < len(self._bars) else None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bars, base line and labels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._bars:
            return
        foot = look().ems(1.7)
        top, bottom = look().ems(0.3), self.height() - foot
        values = [float(bar.value) for bar in self._bars]
        highest, lowest = max([*values, 0.0]), min([*values, 0.0])
        span = (highest - lowest) or 1.0
        base = top + (bottom - top) * highest / span
        step = self.width() / len(self._bars)
        width = min(step * 0.46, look().ems(2.2))
        for index, bar in enumerate(self._bars):
            self._paint_bar(painter, bar, step * index + (step - width) / 2, width, base, (bottom - top) / span)
        painter.setPen(QPen(look().colour("border"), 1))
        painter.drawLine(0, round(base), self.width(), round(base))
        font = QFont(self.font())
        font.setPixelSize(look().ems(0.8))
        painter.setFont(font)
        for index, bar in enumerate(self._bars):
            painter.setPen(look().colour("text" if bar.is_current else "muted"))
            box = QRectF(step * index, bottom + 2, step, foot - 2)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), bar.label)

    def _paint_bar(self, painter: QPainter, bar: Bar, x: float, width: float, base: float, scale: float) -> None:
        height = float(bar.value) * scale
        if not height:
            return
        radius = min(look().radius * 0.4, abs(height) / 2)
        path = QPainterPath()
        if height > 0:
            path.addRoundedRect(QRectF(x, base - height, width, height + radius), radius, radius)
            painter.setClipRect(QRectF(x, 0, width, base))
        else:
            path.addRoundedRect(QRectF(x, base - radius, width, -height + radius), radius, radius)
            painter.setClipRect(QRectF(x, base, width, self.height()))
        painter.fillPath(path, look().colour("accent" if bar.is_current else "accent_mid"))
        painter.setClipping(False)


class ShareBar(QWidget):
    """One thin bar split into shares: (value, role of its colour, words for the tip)."""

    def __init__(self) -> None:
        super().__init__()
        self._shares: tuple[tuple[Decimal, str, str], ...] = ()
        self.setFixedHeight(look().ems(0.8))

    def set_shares(self, shares: Sequence[tuple[Decimal, str, str]]) -> None:
        """Show these; none of them negative."""
        self._shares = tuple(share for share in shares if share[0] > 0)
        words = ", ".join(share[2] for share in self._shares)
        self.setToolTip(words.replace(", ", "\n"))
        self.setAccessibleDescription(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shares from the left."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), look().colour("border"))
        total = sum((share[0] for share in self._shares), Decimal(0))
        x = 0.0
        for value, role, _words in self._shares:
            width = float(value / total) * self.width()
            painter.fillRect(QRectF(x, 0, width + 1, self.height()), look().colour(role))
            x += width
