"""A day typed the way people type it: ``21/11/2026``, ``21/11``, ``21``, ``+30``; or picked in a calendar.

What cannot be read is kept as it was typed: the form says so under the field.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QWidget

from einvoice_desktop.domain.typed import parse_date
from einvoice_desktop.ui.widgets.fields import Field
from einvoice_desktop.ui.widgets.formats import day
from einvoice_desktop.ui.widgets.look import look

_LONGEST_TERM = 3650
_FRENCH = QLocale(QLocale.Language.French, QLocale.Country.France)


def completed_day(text: str, base: date) -> date | None:
    """The day meant by ``text`` beside ``base``: ``+30`` (days later), ``21`` and ``21/11`` (that month, that year)."""
    value = text.strip()
    if value.startswith("+") and value[1:].isdecimal() and int(value[1:]) <= _LONGEST_TERM:
        return base + timedelta(days=int(value[1:]))
    parts = [part for part in value.replace(".", "/").replace(" ", "/").split("/") if part]
    if parts and all(part.isdecimal() and len(part) <= 2 for part in parts) and len(parts) <= 2:  # noqa: PLR2004 - day, month
        month = int(parts[1]) if len(parts) > 1 else base.month
        return parse_date(f"{int(parts[0]):02d}/{month:02d}/{base.year:04d}")
    return parse_date(value)


def months_later(value: date, count: int) -> date:
    """The same day ``count`` months later, or the last of that month."""
    index = value.year * 12 + value.month - 1 + count
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(value.day, calendar.monthrange(year, month)[1]))


class DateEdit(QLineEdit):
    """The line of a day.

    Signals:
        edited: the user changed it; :meth:`value` tells how.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = date(2000, 1, 1)
        self._calendar: QCalendarWidget | None = None
        self._open = QAction(look().icon("calendar"), self.tr("Choisir dans le calendrier"), self)
        self._open.triggered.connect(self.open_calendar)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self.setMaxLength(40)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("00/00/0000") + look().ems(3.6))
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._complete)

    def set_base(self, base: date) -> None:
        """The day short forms are relative to, and where the calendar opens."""
        self._base = base

    def value(self) -> str:
        """``AAAA-MM-JJ`` when the text is a day, else the text as typed."""
        found = parse_date(self.text())
        return found.isoformat() if found else self.text().strip()

    def set_value(self, value: str) -> None:
        """Show a day (``AAAA-MM-JJ``) or a text as it was typed; the cursor stays when it says the same."""
        if value == self.value():
            return
        found = parse_date(value)
        self.setText(day(found) if found else value)

    def _typed(self, _text: str) -> None:
        self.edited.emit()

    def _complete(self) -> None:
        if self.text().strip():
            found = completed_day(self.text(), self._base)
            if found is not None and day(found) != self.text():
                self._put(found)

    def _put(self, value: date) -> None:
        self.setText(day(value))
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ ↓ one day, Page↑ Page↓ one month, Alt+↓ the calendar."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        months = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}
        key = Qt.Key(event.key())
        present = parse_date(self.text()) or self._base
        if key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif key in steps and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._put(present + timedelta(days=steps[key]))
        elif key in months:
            self._put(months_later(present, months[key]))
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """A month under the line."""
        if self._calendar is None:
            self._calendar = QCalendarWidget(self)
            self._calendar.setWindowFlag(Qt.WindowType.Popup)
            self._calendar.setLocale(_FRENCH)
            self._calendar.setGridVisible(False)
            self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
            self._calendar.clicked.connect(self._picked)
            self._calendar.activated.connect(self._picked)
        present = parse_date(self.text()) or self._base
        self._calendar.setSelectedDate(QDate(present.year, present.month, present.day))
        self._calendar.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._calendar.show()
        self._calendar.setFocus()

    def _picked(self, value: QDate) -> None:
        if self._calendar is not None:
            self._calendar.hide()
        self._put(date(value.year(), value.month(), value.day()))
        self.setFocus()


class DateField(Field):
    """A question answered by a day."""

    def __init__(self, label: str, *, placeholder: str = "", hint: str = "") -> None:
        self.edit = DateEdit()
        self.edit.setPlaceholderText(placeholder)
        super().__init__(label, self.edit, hint=hint)
        self.edit.edited.connect(self.changed)

    def value(self) -> str:
        """``AAAA-MM-JJ`` when the text is a day, else the text as typed."""
        return self.edit.value()

    def set_value(self, value: str) -> None:
        """Show a day or a text as it was typed."""
        self.edit.set_value(value)
