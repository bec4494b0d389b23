"""Buttons: one primary per screen, quiet ones, links. A button follows its ``QAction`` in everything."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics, QIcon, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from einvoice_desktop.ui.widgets.look import look

KINDS = ("plain", "primary", "danger", "link", "quiet", "ghost")


def shortcut_words(sequence: QKeySequence) -> str:
    """``Ctrl+N`` as it is written on a key: native text, « Entrée » as its sign."""
    text = sequence.toString(QKeySequence.SequenceFormat.NativeText)
    return text.replace("Shift", "Maj").replace("Return", "⏎").replace("Enter", "⏎").replace("Escape", "Échap")


class Button(QPushButton):
    """A button of one of :data:`KINDS`, with the shortcut in small beside its text.

    ``link`` looks like a text link, ``quiet`` like muted words until the mouse is over it, ``ghost`` has no frame until the mouse is over it.
    """

    def __init__(self, text: str = "", kind: str = "plain", *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon_name = icon
        self._hint = ""
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)

    @classmethod
    def of(cls, action: QAction, kind: str = "plain", *, icon: str = "", hint: bool = False) -> Button:
        """A button that triggers ``action`` and follows its text, tip and availability; ``hint`` shows the shortcut."""
        button = cls(action.text(), kind, icon=icon)
        button.follow(action, hint=hint)
        return button

    def follow(self, action: QAction, *, hint: bool = False) -> None:
        """Trigger ``action`` from now on."""
        self._action = action
        self._shows_hint = hint
        self.clicked.connect(action.trigger)
        action.changed.connect(self._sync)
        self._sync()

    def _sync(self) -> None:
        action = self._action
        self.setText(action.text())
        self.setEnabled(action.isEnabled())
        self.setVisible(action.isVisible()) if self.parent() is not None or not action.isVisible() else None
        keys = shortcut_words(action.shortcut())
        self._hint = keys if self._shows_hint else ""
        tip = action.statusTip() or action.text()
        self.setToolTip(f"{tip} ({keys})" if keys else tip)
        self.setAccessibleName(action.text())
        self.updateGeometry()

    @property
    def kind(self) -> str:
        """Which of :data:`KINDS`."""
        return str(self.property("kind"))

    def _colour_role(self) -> str:
        if self.kind == "primary":
            return "on_accent"
        if self.kind == "link":
            return "accent"
        if self.kind == "quiet":
            return "text" if self.underMouse() or self.hasFocus() else "muted"
        return "danger" if self.kind == "danger" else "text"

    def _hint_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(look().ems(0.82))
        font.setWeight(QFont.Weight.Normal)
        return font

    def _widths(self) -> tuple[int, int, int]:
        icon = look().ems(1.15) if self._icon_name else 0
        text = self.fontMetrics().horizontalAdvance(self.text())
        hint = QFontMetrics(self._hint_font()).horizontalAdvance(self._hint) if self._hint else 0
        return icon, text, hint

    def sizeHint(self) -> QSize:
        """Room for icon, text and shortcut."""
        icon, text, hint = self._widths()
        inner = text + (hint + look().gap.s if hint else 0)
        if icon:
            inner += icon + (look().gap.s if self.text() else 0)
        is_link = self.kind in {"link", "quiet"}
        edge = 2 * look().ems(0.15) if is_link else 2 * look().ems(1.0)
        if icon and not self.text():
            edge = look().ems(1.3)
        height = self.fontMetrics().height() + (look().ems(0.3) if is_link else look().ems(1.15))
        return QSize(inner + edge, height)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame by the style sheet, the content by us (two sizes of text)."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        self._paint_content(painter)

    def _paint_content(self, painter: QPainter) -> None:
        gap = look().gap.s
        icon, text, hint = self._widths()
        total = text + (hint + gap if hint else 0) + (icon + (gap if self.text() else 0) if icon else 0)
        role = self._colour_role()
        colour = look().colour(role)
        if not self.isEnabled():
            painter.setOpacity(1.0 if self.kind in {"primary", "quiet"} else 0.45)
        x = (self.width() - total) // 2 if self.kind not in {"link", "quiet"} else look().ems(0.15)
        if icon:
            box = QRect(x, (self.height() - icon) // 2, icon, icon)
            look().icon(self._icon_name, role).paint(painter, box)
            x += icon + gap
        painter.setPen(colour)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        font = QFont(self.font())
        font.setUnderline(self.kind == "link" and self.underMouse())
        painter.setFont(font)
        painter.drawText(QRect(x, 0, text + 2, self.height()), flags | int(Qt.TextFlag.TextHideMnemonic), self.text())
        if hint:
            painter.setOpacity(painter.opacity() * 0.75)
            painter.setFont(self._hint_font())
            painter.drawText(QRect(x + text + gap, 0, hint + 2, self.height()), flags, self._hint)
