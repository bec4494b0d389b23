"""A line where one types the start of a name, chooses among what is found, or asks to create what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from einvoice_desktop.ui.widgets.look import look

ID_ROLE = int(Qt.ItemDataRole.UserRole) + 1
QUIET_ROLE = int(Qt.ItemDataRole.UserRole) + 2
_CREATE = "\0create"
_SEARCH_DELAY = 90


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its key, its words, and quiet words beside them (a SIREN, a town)."""

    key: str
    words: str
    quiet: str = ""


class ChoiceDelegate(QStyledItemDelegate):
    """Words at the left, quiet words after them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Comfortable rows."""
        return QSize(super().sizeHint(option, index).width(), look().ems(2.3))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        painter.save()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        area: QRect = option.rect
        if is_selected:
            painter.fillRect(area, look().colour("accent_soft"))
        is_create = index.data(ID_ROLE) == _CREATE
        painter.setPen(look().colour("accent" if is_create else "text"))
        area = area.adjusted(look().gap.m, 0, -look().gap.m, 0)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, flags, words)
        left = painter.fontMetrics().horizontalAdvance(words) + look().gap.s
        quiet = painter.fontMetrics().elidedText(
            str(index.data(QUIET_ROLE) or ""), Qt.TextElideMode.ElideRight, max(0, area.width() - left)
        )
        painter.setPen(look().colour("muted"))
        painter.drawText(area.adjusted(left, 0, 0, 0), flags, quiet)
        painter.restore()


class SearchCombo(QLineEdit):
    """Type-ahead choice.

    Signals:
        search_asked: offer choices for this text (at rest for a moment). chosen: key of the choice made by the user,
        empty when the field was emptied. create_asked: the text to create.
    """

    search_asked = Signal(str)
    chosen = Signal(str)
    create_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current = Choice("", "")
        self._create_words = ""
        self._choices: tuple[Choice, ...] = ()
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(9)
        self._completer.setWidget(self)
        self._popup = QListView()
        self._completer.setPopup(self._popup)
        self._popup.setItemDelegate(ChoiceDelegate(self._popup))
        self._popup.setProperty("kind", "popup")
        self._completer.activated[QModelIndex].connect(self._activated)  # type: ignore[index]
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_SEARCH_DELAY)
        self._rest.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)

    # -- value ---------------------------------------------------------------------------------------------------

    @property
    def current(self) -> Choice:
        """The choice made; its key is empty while there is none."""
        return self._current

    @property
    def popup(self) -> QListView:
        """The list that opens under the line."""
        return self._popup

    def set_current(self, choice: Choice) -> None:
        """Show a choice without telling anybody."""
        self._current = choice
        self.setText(choice.words)
        self.setCursorPosition(0)
        self.setAccessibleDescription(choice.quiet)

    def set_creation(self, words: str) -> None:
        """Words of the last row (``Créer « {text} »``); empty for no creation."""
        self._create_words = words

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these; the list opens when the user is typing here."""
        self._choices = tuple(choices)
        self._model.clear()
        for choice in choices:
            self._model.appendRow(_item(choice.words, choice.key, choice.quiet))
        text = self.text().strip()
        if self._create_words and text and not self._exact(text):
            self._model.appendRow(_item(self._create_words.replace("{text}", text), _CREATE, ""))
        if self.hasFocus() and self.isModified() and self._model.rowCount():
            self._completer.complete()
            self._popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
        else:
            self._popup.hide()

    def _exact(self, text: str) -> Choice | None:
        return next((c for c in self._choices if c.words.casefold() == text.casefold()), None)

    # -- typing --------------------------------------------------------------------------------------------------

    def _typed(self, _text: str) -> None:
        self.setModified(True)
        self._rest.start()

    def _ask(self) -> None:
        self.search_asked.emit(self.text().strip())

    def open_list(self) -> None:
        """Offer everything that matches what is typed."""
        self.setModified(True)
        self.search_asked.emit("" if self.text() == self._current.words else self.text().strip())

    def _activated(self, index: QModelIndex) -> None:
        key = str(index.data(ID_ROLE) or "")
        self.setModified(False)
        self._rest.stop()
        if key == _CREATE:
            self.create_asked.emit(self.text().strip())
            return
        self._choose(Choice(key, str(index.data()), str(index.data(QUIET_ROLE) or "")))

    def _choose(self, choice: Choice) -> None:
        self.set_current(choice)
        self.setModified(False)
        self.chosen.emit(choice.key)

    def _settle(self) -> None:
        """What stays in the line when it is left: the choice made, or the exact name typed."""
        self._rest.stop()
        if not self.isModified():
            return
        text = self.text().strip()
        exact = self._exact(text)
        if not text:
            self._choose(Choice("", ""))
        elif exact is not None:
            self._choose(exact)
        elif self._current.key:
            self.set_current(self._current)
        self.setModified(False)

    # -- Qt ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ opens the list; Entrée without a list goes on to the next field."""
        closing = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}
        if self._popup.isVisible() and event.key() in closing:
            event.ignore()  # the list takes it: this row, or none
            return
        if event.key() == Qt.Key.Key_Down and not self._popup.isVisible():
            self.open_list()
            return
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, is_forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Tab takes the row of the list, then goes on."""
        index = self._popup.currentIndex()
        if self._popup.isVisible() and index.isValid():
            is_creation = index.data(ID_ROLE) == _CREATE
            self._popup.hide()
            self._activated(index)
            if is_creation:
                return True
        return super().focusNextPrevChild(is_forward)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the list."""
        super().mouseDoubleClickEvent(event)
        self.open_list()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing replaces the present name."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            QTimer.singleShot(0, self.selectAll)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Settle when really left (not for the list)."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and not self._popup.isVisible():
            self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, then the quiet words of the choice."""
        super().paintEvent(event)
        if self.hasFocus() or not self._current.quiet or self.text() != self._current.words:
            return
        painter = QPainter(self)
        left = look().ems(0.85) + self.fontMetrics().horizontalAdvance(self.text()) + look().gap.s
        room = self.width() - left - look().gap.s
        if room >= self.fontMetrics().horizontalAdvance(self._current.quiet):
            painter.setFont(QFont(self.font()))
            painter.setPen(look().colour("muted"))
            flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            painter.drawText(QRect(left, 0, room, self.height()), flags, self._current.quiet)


def _item(words: str, key: str, quiet: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setData(key, ID_ROLE)
    item.setData(quiet, QUIET_ROLE)
    item.setEditable(False)
    return item
