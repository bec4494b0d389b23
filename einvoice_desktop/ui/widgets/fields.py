"""A question in a form: label above, editor, and one line below for what is wrong or what helps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from einvoice_desktop.ui.widgets.labels import Label, restyle
from einvoice_desktop.ui.widgets.layouts import column, row
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pill import paint_mark


class _Mark(QWidget):
    """The small sign before a problem."""

    def __init__(self) -> None:
        super().__init__()
        self.tone = "danger"
        self.setFixedWidth(look().ems(0.9))

    def sizeHint(self) -> QSize:
        return QSize(look().ems(0.9), look().ems(1.2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = look().ems(0.55)
        box = QRectF(1, look().ems(0.38), side, side)
        paint_mark(QPainter(self), box, self.tone, look().colour(self.tone))


class Field(QWidget):
    """Label, editor and message line; the label is the editor's buddy.

    Signals:
        changed: the value was edited by a person or by code. finished: the editor lost focus or Entrée was pressed.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, label: str, editor: QWidget, *, hint: str = "") -> None:
        super().__init__()
        self.editor = editor
        self.label = Label(label, "label")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setBuddy(editor)
        editor.setAccessibleName(label)
        self._hint = hint
        self._mark = _Mark()
        self.message = Label(hint, "small", wrap=True)
        self._foot = QWidget()
        foot = row(self._mark, self.message, gap="xs", of=self._foot)
        foot.setStretch(1, 1)
        column(self.label, editor, self._foot, gap="xs", of=self)
        # Only now, with a parent: a lone widget made visible flashes as a window of its own.
        self.label.setVisible(bool(label))
        self._mark.hide()
        self._foot.setVisible(bool(hint))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusProxy(editor)
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the editor is left."""
        if watched is self.editor and event.type() == QEvent.Type.FocusOut:
            self.finished.emit()
        return super().eventFilter(watched, event)

    @property
    def problem(self) -> str:
        """What is said to be wrong, empty when nothing is."""
        return self.message.text() if self._mark.isVisibleTo(self) else ""

    def set_problem(self, text: str, tone: str = "danger") -> None:
        """Say what is wrong (``tone`` danger or warning); an empty text clears it and shows the hint again."""
        restyle(self.editor, "state", tone if text else "")
        self._mark.tone = tone
        self._mark.setVisible(bool(text))
        self._mark.update()
        self.message.setText(text or self._hint)
        self.message.set_role(tone if text else "small")
        self._foot.setVisible(bool(text or self._hint))
        self.editor.setAccessibleDescription(text or self._hint)

    def clear_problem(self) -> None:
        """What was wrong is being mended."""
        if self.problem:
            self.set_problem("")

    def set_hint(self, hint: str) -> None:
        """Say something helpful under the editor while nothing is wrong."""
        had_problem = bool(self.problem)
        self._hint = hint
        if not had_problem:
            self.set_problem("")


class TextField(Field):
    """One line of text."""

    def __init__(
        self, label: str, *, placeholder: str = "", hint: str = "", limit: int = 0, secret: bool = False
    ) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        if limit:
            self.line.setMaxLength(limit)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        super().__init__(label, self.line, hint=hint)
        self.line.textChanged.connect(self.changed)
        self.line.returnPressed.connect(self.finished)

    def text(self) -> str:
        """What stands in the field, as typed."""
        return self.line.text()

    def value(self) -> str:
        """What stands in the field, without spaces around."""
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        """Write ``text``; the cursor stays where it is when nothing changes."""
        if self.line.text() != text:
            self.line.setText(text)


class NoteField(Field):
    """Several lines of text."""

    def __init__(self, label: str, *, placeholder: str = "", hint: str = "", rows: int = 3) -> None:
        self.area = QPlainTextEdit()
        self.area.setPlaceholderText(placeholder)
        self.area.setTabChangesFocus(True)
        self.area.setFixedHeight(round(look().em * (1.4 * rows + 1.2)))
        super().__init__(label, self.area, hint=hint)
        self.area.textChanged.connect(self.changed)

    def text(self) -> str:
        """What stands in the field, as typed."""
        return self.area.toPlainText()

    def value(self) -> str:
        """What stands in the field, without spaces around."""
        return self.area.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Write ``text``."""
        if self.area.toPlainText() != text:
            self.area.setPlainText(text)


class Choice(QComboBox):
    """A list to choose from that the mouse wheel does not change by accident."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the value."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame by the style sheet, the arrow as one of our icons."""
        super().paintEvent(event)
        side = look().ems(1.0)
        box = QRect(self.width() - look().ems(1.5), (self.height() - side) // 2, side, side)
        look().icon("down", "muted").paint(QPainter(self), box)


class Tick(QCheckBox):
    """A box to tick, drawn in the colours of the look."""

    def sizeHint(self) -> QSize:
        """Room for the box and its words."""
        metrics = self.fontMetrics()
        return QSize(look().ems(1.9) + metrics.horizontalAdvance(self.text()), max(look().ems(1.6), metrics.height()))

    def hitButton(self, pos: QPoint) -> bool:
        """The words tick too."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, tick and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look().ems(1.15)
        box = QRectF(1.5, (self.height() - side) / 2, side, side)
        is_on = self.isChecked()
        edge = "accent" if is_on or self.hasFocus() else "faint"
        painter.setPen(QPen(look().colour(edge), 2 if self.hasFocus() else 1.2))
        painter.setBrush(look().colour("accent" if is_on else "surface"))
        painter.drawRoundedRect(box, side * 0.25, side * 0.25)
        if is_on:
            inset = side * 0.24
            paint_mark(painter, box.adjusted(inset, inset, -inset, -inset), "success", look().colour("on_accent"))
        painter.setPen(look().colour("text" if self.isEnabled() else "faint"))
        words = self.rect().adjusted(look().ems(1.75), 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())


class ChoiceField(Field):
    """One of several: ``choices`` are (key, words)."""

    def __init__(self, label: str, choices: Sequence[tuple[str, str]], *, hint: str = "") -> None:
        self.combo = Choice()
        super().__init__(label, self.combo, hint=hint)
        self.set_choices(choices)
        self.combo.currentIndexChanged.connect(self.changed)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices, keeping the present one when it is among them."""
        kept = self.value()
        self.combo.blockSignals(True)
        self.combo.clear()
        for key, words in choices:
            self.combo.addItem(words, key)
        self.combo.setCurrentIndex(max(0, self.combo.findData(kept)))
        self.combo.blockSignals(False)

    def value(self) -> str:
        """Key of the choice, empty without one."""
        return str(self.combo.currentData() or "")

    def set_value(self, key: str) -> None:
        """Choose ``key``; nothing happens when it is not offered."""
        index = self.combo.findData(key)
        if index >= 0:
            self.combo.setCurrentIndex(index)


class CheckField(Field):
    """Yes or no."""

    def __init__(self, words: str, *, hint: str = "") -> None:
        self.box = Tick(words)
        super().__init__("", self.box, hint=hint)
        self.box.setAccessibleName(words)
        self.box.toggled.connect(self.changed)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def set_value(self, is_ticked: bool) -> None:  # noqa: FBT001 - the value itself
        """Tick or untick."""
        self.box.setChecked(is_ticked)
