"""A status: always a mark, a word and a colour, never colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from einvoice_desktop.ui.widgets.look import look

TONES: dict[str, tuple[str, str]] = {
    "success": ("success", "success_soft"),
    "warning": ("warning", "warning_soft"),
    "danger": ("danger", "danger_soft"),
    "info": ("info", "info_soft"),
    "neutral": ("muted", "neutral_soft"),
    "accent": ("accent", "accent_soft"),
}
"""Tone to the roles of its mark and of its ground."""


def pill_font(base: QFont) -> QFont:
    """The face of pills: a little smaller than the body, medium weight."""
    font = QFont(base)
    font.setPixelSize(look().ems(0.89))
    font.setWeight(QFont.Weight.Medium)
    return font


def pill_size(text: str, base: QFont) -> QSize:
    """Room a pill needs."""
    metrics = QFontMetrics(pill_font(base))
    return QSize(metrics.horizontalAdvance(text) + look().ems(2.35), metrics.height() + look().ems(0.3))


def paint_mark(painter: QPainter, area: QRectF, tone: str, colour: QColor) -> None:
    """The mark of a tone: tick, bang, cross, dot or ring (told apart without colour)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = area.width()
    pen = QPen(colour, side * 0.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    at = area.topLeft()

    def point(x: float, y: float) -> QPointF:
        return at + QPointF(x * side, y * side)

    if tone == "success":
        painter.drawPolyline(QPolygonF([point(0.08, 0.55), point(0.38, 0.84), point(0.92, 0.2)]))
    elif tone == "danger":
        painter.drawLine(point(0.15, 0.15), point(0.85, 0.85))
        painter.drawLine(point(0.85, 0.15), point(0.15, 0.85))
    elif tone == "warning":
        painter.drawLine(point(0.5, 0.05), point(0.5, 0.55))
        painter.drawPoint(point(0.5, 0.93))
    elif tone == "neutral":
        painter.setPen(QPen(colour, side * 0.16))
        painter.drawEllipse(area.adjusted(side * 0.1, side * 0.1, -side * 0.1, -side * 0.1))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(area.adjusted(side * 0.08, side * 0.08, -side * 0.08, -side * 0.08))
    painter.restore()


def paint_pill(painter: QPainter, area: QRect, text: str, tone: str, base: QFont) -> None:
    """Draw a pill at the left of ``area``, centred vertically, never wider than it."""
    front, ground = TONES[tone]
    size = pill_size(text, base)
    width = min(size.width(), area.width())
    box = QRectF(area.x(), area.y() + (area.height() - size.height()) / 2, width, size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look().colour(ground))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    side = look().ems(0.57)
    mark = QRectF(box.x() + look().ems(0.7), box.center().y() - side / 2, side, side)
    paint_mark(painter, mark, tone, look().colour(front))
    painter.setPen(look().colour(front))
    font = pill_font(base)
    painter.setFont(font)
    words = QRectF(mark.right() + look().ems(0.4), box.y(), 0, box.height())
    words.setRight(box.right() - look().ems(0.6))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(words.width()) + 1)
    painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
    painter.restore()


class Pill(QWidget):
    """A status on the page; ``tone`` is a key of :data:`TONES`."""

    def __init__(self, text: str = "", tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(text, tone)

    def set(self, text: str, tone: str) -> None:
        """Show another status; an empty text hides the pill."""
        self.text, self.tone = text, tone
        self.setAccessibleName(text)
        self.setVisible(bool(text)) if self.parent() is not None else None
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the whole word."""
        return pill_size(self.text, self.font())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        paint_pill(QPainter(self), self.rect(), self.text, self.tone, self.font())
