"""The life of a document as a vertical line: filled dot = done, hollow = expected, dashed = later, cross = problem.

The same widget tells offline work (queued, sending) and what the platforms answered. Each step may unfold its raw message.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import clear, column, row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pill import paint_mark


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One step.

    Attributes:
        title: words of the step (« 203 Mise à disposition »). when: short time or « attendue », may be empty.
        detail: who and what, may be empty. kind: ``done``, ``expected``, ``later`` or ``problem``.
        raw: message as it came, shown when unfolded; raw_title: words of the link that unfolds it.
    """

    title: str
    when: str = ""
    detail: str = ""
    kind: str = "done"
    raw: str = ""
    raw_title: str = ""


_SPOKEN = {"done": "fait", "expected": "attendu", "later": "plus tard", "problem": "problème"}


class _Rail(QWidget):
    """The dot of a step and the line towards the next one."""

    def __init__(self, kind: str, next_kind: str) -> None:
        super().__init__()
        self._kind, self._next = kind, next_kind
        self.setFixedWidth(look().ems(1.6))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Line first, dot over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre, radius = QPointF(self.width() / 2, look().ems(0.75)), look().em * 0.42
        if self._next:
            is_reached = self._next in {"done", "problem"}
            pen = QPen(look().colour("accent" if is_reached else "border_strong"), max(1.5, look().em * 0.13))
            pen.setStyle(Qt.PenStyle.SolidLine if is_reached else Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(centre.x(), centre.y() + radius + 2), QPointF(centre.x(), self.height()))
            painter.setPen(pen)
        self._draw_dot(painter, centre, radius)

    def _draw_dot(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        if self._kind == "problem":
            box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("danger_soft"))
            painter.drawEllipse(box.adjusted(-2, -2, 2, 2))
            paint_mark(painter, box.adjusted(2, 2, -2, -2), "danger", look().colour("danger"))
            return
        if self._kind == "done":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("accent"))
        else:
            is_expected = self._kind == "expected"
            pen = QPen(look().colour("accent" if is_expected else "border_strong"), max(1.5, look().em * 0.13))
            pen.setStyle(Qt.PenStyle.SolidLine if is_expected else Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.setBrush(look().colour("surface"))
        painter.drawEllipse(centre, radius, radius)


class _Step(QWidget):
    """Time, rail, words, and the raw message when unfolded."""

    def __init__(self, item: TimelineItem, next_kind: str) -> None:
        super().__init__()
        self._item = item
        self._raw: QPlainTextEdit | None = None
        self.when = when = Label(item.when, "small")
        when.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        when.setContentsMargins(0, look().ems(0.12), 0, 0)
        title = Label(item.title, "strong" if item.kind in {"done", "problem"} else "", wrap=True)
        if item.kind == "later":
            title.set_role("muted")
        self._words = column(title, gap="")
        if item.detail:
            self._words.addWidget(Label(item.detail, "danger" if item.kind == "problem" else "small", wrap=True))
        self._link = self._make_link()
        self._words.addSpacing(look().gap.m)
        whole = row(when, _Rail(item.kind, next_kind), gap="s", of=self)
        whole.addLayout(self._words, 1)
        self.setAccessibleName(", ".join(p for p in (item.title, _SPOKEN[item.kind], item.when, item.detail) if p))

    def _make_link(self) -> Button | None:
        if not self._item.raw:
            return None
        link = Button(f"{self._item.raw_title or self.tr('Message reçu')} ▸", "link")
        link.clicked.connect(self.toggle)
        self._words.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        return link

    def toggle(self) -> None:
        """Unfold or fold the raw message."""
        if self._link is None:
            return
        if self._raw is None:
            self._raw = QPlainTextEdit(self._item.raw)
            self._raw.setReadOnly(True)
            self._raw.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
            self._raw.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            self._raw.setFixedHeight(look().ems(14))
            self._raw.setAccessibleName(self._item.raw_title or self.tr("Message reçu"))
            self._words.insertWidget(self._words.count() - 1, self._raw)
            self._raw.hide()
        is_open = self._raw.isHidden()
        self._raw.setVisible(is_open)
        self._link.setText(self._link.text()[:-1] + ("▾" if is_open else "▸"))


class Pinned(QFrame):
    """Where the document stands now, in one sentence, with one action.

    Signals:
        acted: the action was asked for.
    """

    acted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self._title = Label("", "strong", wrap=True)
        self._detail = Label("", wrap=True)
        self._button = Button("")
        self._button.clicked.connect(self.acted)
        body = column(self._title, self._detail, gap="xs", margin="m", of=self)
        body.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_step("", "", "info", "")

    @property
    def button(self) -> Button:
        """The one action."""
        return self._button

    def show_step(self, title: str, detail: str, tone: str, action: str) -> None:
        """Say where it stands; hidden without a title, no button without an action."""
        from einvoice_desktop.ui.widgets.labels import restyle

        restyle(self, "tone", tone)
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._button.setText(action)
        self._button.setAccessibleName(action)
        self._button.setVisible(bool(action))
        self._button.updateGeometry()
        self.setVisible(bool(title))


class Timeline(QWidget):
    """All steps, oldest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[TimelineItem, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(self.tr("Suivi du document"))

    @property
    def items(self) -> tuple[TimelineItem, ...]:
        """What is shown."""
        return self._items

    def show_items(self, items: Sequence[TimelineItem]) -> None:
        """Show these steps; nothing moves when they are the same (unfolded messages stay open)."""
        if tuple(items) == self._items:
            return
        self._items = tuple(items)
        clear(self._layout)
        kinds = [item.kind for item in items[1:]] + [""]
        steps = [_Step(item, next_kind) for item, next_kind in zip(items, kinds, strict=True)]
        for step in steps:
            self._layout.addWidget(step)
            step.when.ensurePolished()
        widest = max((step.when.sizeHint().width() for step in steps), default=0)
        for step in steps:
            step.when.setFixedWidth(widest)

    def sizeHint(self) -> QSize:
        """Wide enough for the time and a title."""
        return QSize(look().ems(24), super().sizeHint().height())
