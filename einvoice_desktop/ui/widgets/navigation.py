"""The parts of the frame: an entry of the sidebar, the company above it, a link of the status bar."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from einvoice_desktop.ui.widgets.buttons import shortcut_words
from einvoice_desktop.ui.widgets.formats import number
from einvoice_desktop.ui.widgets.look import look


class SidebarItem(QPushButton):
    """Icon, words, and a count where something waits for the person (``tone`` neutral or danger)."""

    def __init__(self, action: QAction, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self._words = action.text()
        self._tip = (
            f"{action.text()} ({shortcut_words(action.shortcut())})"
            if not action.shortcut().isEmpty()
            else action.text()
        )
        self._count, self._tone = 0, "neutral"
        self.is_folded = False
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)
        self.set_count(0)

    def set_count(self, count: int, tone: str = "neutral") -> None:
        """Show how much waits; nothing for zero."""
        self._count, self._tone = count, tone
        self.setAccessibleName(f"{self._words}, {count} en attente" if count else self._words)
        self.setToolTip(self._tip)
        self.update()

    def sizeHint(self) -> QSize:
        """One line with air."""
        return QSize(look().ems(10), look().ems(2.45))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground by the style sheet, then icon, words and count."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_on = self.isChecked()
        side = look().ems(1.3)
        left = (self.width() - side) // 2 if self.is_folded else look().ems(0.65)
        box = QRect(left, (self.height() - side) // 2, side, side)
        look().icon(self._icon, "accent" if is_on else "muted").paint(painter, box)
        if self.is_folded:
            self._paint_dot(painter, box)
            return
        right = self._paint_count(painter) if self._count else self.width() - look().gap.s
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if is_on else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(look().colour("accent" if is_on else "text"))
        words = QRect(box.right() + look().ems(0.75), 0, 0, self.height())
        words.setRight(right)
        shown = QFontMetrics(font).elidedText(self._words, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _paint_dot(self, painter: QPainter, box: QRect) -> None:
        if self._count:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("danger" if self._tone == "danger" else "accent"))
            side = look().ems(0.5)
            painter.drawEllipse(QRectF(box.right() - side / 2, box.top() - side / 2, side, side))

    def _paint_count(self, painter: QPainter) -> int:
        font = QFont(self.font())
        font.setPixelSize(look().ems(0.85))
        text = number(self._count)
        width = max(look().ems(1.7), QFontMetrics(font).horizontalAdvance(text) + look().ems(1.0))
        height = look().ems(1.4)
        box = QRect(self.width() - width - look().ems(0.6), (self.height() - height) // 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        is_bad = self._tone == "danger"
        painter.setBrush(look().colour("danger_soft" if is_bad else "border"))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(look().colour("danger" if is_bad else "text"))
        painter.setFont(font)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
        return box.left() - look().gap.xs


class CompanyButton(QPushButton):
    """The company shown: initials, name, SIREN."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._below, self._colour = "", "", ""
        self.is_folded = False
        self.setProperty("kind", "nav")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, name: str, below: str, colour: str) -> None:
        """Show a company; ``colour`` (``#RRGGBB``) is the one of its printed invoices."""
        self._name, self._below, self._colour = name, below, colour
        self.setAccessibleName(f"Entreprise {name}")
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines with air."""
        return QSize(look().ems(10), look().ems(3.4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Logo, name, SIREN."""
        super().paintEvent(event)
        if not self._name:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look().ems(2.2)
        left = (self.width() - side) // 2 if self.is_folded else look().ems(0.5)
        box = QRect(left, (self.height() - side) // 2, side, side)
        self._paint_logo(painter, box)
        if self.is_folded:
            return
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        words = QRect(box.right() + look().ems(0.7), box.top() - look().ems(0.05), 0, side // 2 + 2)
        words.setRight(self.width() - look().ems(0.4))
        self._line(painter, words, self._name, font, "text")
        font = QFont(self.font())
        font.setPixelSize(look().ems(0.85))
        self._line(painter, words.translated(0, look().ems(1.15)), self._below, font, "muted")

    def _paint_logo(self, painter: QPainter, box: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        colour = QColor(self._colour)
        painter.setBrush(colour if colour.isValid() else look().colour("accent"))
        painter.drawRoundedRect(box, look().radius, look().radius)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold)
        font.setPixelSize(look().ems(0.93))
        painter.setFont(font)
        painter.setPen(look().colour("paper" if colour.lightness() < _LIGHT else "ink"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), initials(self._name))

    def _line(self, painter: QPainter, area: QRect, text: str, font: QFont, role: str) -> None:
        painter.setFont(font)
        painter.setPen(look().colour(role))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), shown)


_LIGHT = 160


def initials(name: str) -> str:
    """Two letters for a name: « Atelier Brossard » → AB."""
    words = [word for word in name.split() if word[:1].isalnum()]
    letters = words[0][0] + words[1][0] if len(words) > 1 else name[:2]
    return letters.upper()


_LONGEST_EMS = 34
"""A problem told by a platform may be longer than the bar: it ends with « … », its tool tip says it whole."""


class StatusLink(QPushButton):
    """Words of the status bar that lead somewhere, with a dot where a state is told (``tone`` success, amber, danger…)."""

    def __init__(self, action: QAction | None = None) -> None:
        super().__init__()
        self._tone = ""
        self._is_loud = False
        self.setProperty("kind", "status")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if action is not None:
            self.clicked.connect(action.trigger)
            self.setToolTip(action.statusTip())

    def set(self, words: str, tone: str = "", *, is_loud: bool = False) -> None:
        """Say ``words``; hidden when empty. ``is_loud``: semi-bold in the warning colour."""
        self._tone, self._is_loud = tone, is_loud
        self.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self._is_loud else QFont.Weight.Normal)
        return font

    def sizeHint(self) -> QSize:
        """Room for dot and words."""
        dot = look().ems(0.95) if self._tone else 0
        width = QFontMetrics(self._font()).horizontalAdvance(self.text())
        return QSize(min(width + dot + look().ems(1.0), look().ems(_LONGEST_EMS)), look().ems(1.7))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dot and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(look().colour("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("hover"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), look().radius / 2, look().radius / 2)
        x = look().ems(0.5)
        if self._tone:
            side = look().ems(0.57)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour(self._tone))
            painter.drawEllipse(QRectF(x, (self.height() - side) / 2, side, side))
            x += look().ems(0.95)
        painter.setFont(self._font())
        role = "warning" if self._is_loud else "text" if self.underMouse() else "muted"
        painter.setPen(look().colour(role))
        words = self.rect().adjusted(round(x), 0, 0, 0)
        shown = QFontMetrics(self._font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), shown)
