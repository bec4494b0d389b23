"""A grid that is typed in like a form: a cell opens when one arrives, Tab and Entrée go on, rows move with the keyboard.

It knows nothing of what the rows are: it asks for the acts by signals, the screen performs them on its model.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from einvoice_desktop.ui.widgets.look import look

Index = QModelIndex | QPersistentModelIndex
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


class CellDelegate(QStyledItemDelegate):
    """Paints a cell (text, invitation, error) and keeps the keys of its editor in the hands of the grid.

    Args:
        grid: whose cells. error_role, quiet_role: model roles: sentence of what is wrong; whether the text is quiet.
    """

    def __init__(self, grid: LineGrid, *, error_role: int, quiet_role: int, is_quiet: bool = False) -> None:
        super().__init__(grid)
        self._grid = grid
        self._error_role, self._quiet_role, self._is_quiet = error_role, quiet_role, is_quiet

    # -- painting ------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The text, a hair line below, a red frame where something is wrong."""
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().colour("border"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if index.data(self._error_role):
            painter.setPen(QPen(look().colour("danger"), 1.4))
            painter.setBrush(look().colour("danger_soft"))
            painter.drawRoundedRect(area.adjusted(3, 3, -4, -5), look().radius - 2, look().radius - 2)
        is_quiet = self._is_quiet or bool(index.data(self._quiet_role))
        painter.setPen(look().colour("muted" if is_quiet else "text"))
        inner = area.adjusted(look().ems(0.6), 0, -look().ems(0.6), 0)
        if index.data(self._quiet_role):  # an invitation runs over the empty cells of its row
            inner.setRight(self._grid.viewport().width() - look().ems(0.6))
        alignment = int(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0)
        text = str(index.data() or "")
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, alignment, shown)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Comfortable rows."""
        return QSize(look().ems(6), self._grid.row_height)

    # -- editing -------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line; each key reaches the model at once, so that totals follow the hand."""
        line = QLineEdit(parent)
        line.setProperty("kind", "cell")
        line.setAcceptDrops(False)  # files are for the window
        line.setAlignment(Qt.AlignmentFlag(int(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0)))
        line.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal) or ""))
        line.textEdited.connect(lambda _text, line=line: self.commitData.emit(line))
        return line

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """A rounded field just inside the cell; a list of choices takes the room of its longest one beside it."""
        area: QRect = option.rect.adjusted(2, 2, -2, -3)
        if isinstance(editor, QComboBox):
            right = self._grid.viewport().width() - 2
            area.setWidth(max(area.width(), editor.sizeHint().width()))
            area.moveRight(min(area.right(), right))
        editor.setGeometry(area)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The text as typed; nothing moves when it is the same."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QLineEdit) and editor.text() != text:
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """The text as typed."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())  # type: ignore[attr-defined]

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Keys that mean something to the grid never reach the editor."""
        if isinstance(event, QKeyEvent) and isinstance(editor, QWidget):
            act = self._grid.act_of(event, editor)
            if act and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if act and event.type() == QEvent.Type.KeyPress:
                self.commitData.emit(editor)
                if act != "paste":
                    self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                self._grid.perform(act)
                return True
            is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if is_enter and event.modifiers() & _CONTROL:
                return False  # the shortcut of the page
        return super().eventFilter(editor, event)


class ChoiceDelegate(CellDelegate):
    """A cell whose value is one of several: ``choices`` are (key, words)."""

    def __init__(
        self,
        grid: LineGrid,
        choices: Sequence[tuple[str, str]],
        *,
        error_role: int,
        quiet_role: int,
        is_quiet: bool = False,
    ) -> None:
        super().__init__(grid, error_role=error_role, quiet_role=quiet_role, is_quiet=is_quiet)
        self._choices = tuple(choices)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A list; typing its first letters chooses."""
        combo = QComboBox(parent)
        combo.setProperty("kind", "cell")
        combo.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal) or ""))
        present = str(index.data(Qt.ItemDataRole.EditRole) or "")
        for key, words in self._choices:
            combo.addItem(words, key)
        if combo.findData(present) < 0 and present:
            combo.addItem(present, present)
        combo.setCurrentIndex(combo.findData(present))
        combo.activated.connect(lambda _index, combo=combo: self.commitData.emit(combo))
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.view().setMinimumWidth(combo.view().sizeHintForColumn(0) + look().ems(2))
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Choose what the cell holds."""
        if isinstance(editor, QComboBox):
            at = editor.findData(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            if at != editor.currentIndex():
                editor.setCurrentIndex(at)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """The key chosen."""
        if isinstance(editor, QComboBox) and editor.currentData() is not None:
            model.setData(index, str(editor.currentData()))  # type: ignore[attr-defined]


class LineGrid(QTableView):
    """The grid.

    Signals:
        move_asked: row, −1 or +1. duplicate_asked, delete_asked: row. rows_pasted: row, tab-separated text.
        undo_asked, redo_asked. details_asked: row whose further fields are wanted.
    """

    move_asked = Signal(int, int)
    duplicate_asked = Signal(int)
    delete_asked = Signal(int)
    rows_pasted = Signal(int, str)
    undo_asked = Signal()
    redo_asked = Signal()
    details_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row_height = look().ems(2.7)
        self._set_up()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setProperty("kind", "lines")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.CurrentChanged
            | triggers.SelectedClicked
            | triggers.DoubleClicked
            | triggers.AnyKeyPressed
            | triggers.EditKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.row_height)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(look().ems(2))
        header.setFixedHeight(look().ems(2.6))

    # -- cells ---------------------------------------------------------------------------------------------------

    def open_cell(self, row: int, column: int) -> None:
        """Go to a cell and type in it."""
        index = self.model().index(row, column)
        if not index.isValid():
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.currentIndex() == index:
            self.edit(index)
        else:
            self.setCurrentIndex(index)
        if self.state() != QAbstractItemView.State.EditingState:
            self.edit(index)

    def _columns(self) -> list[int]:
        model = self.model()
        editable = Qt.ItemFlag.ItemIsEditable
        return [
            column
            for column in range(model.columnCount())
            if not self.isColumnHidden(column) and model.flags(model.index(0, column)) & editable
        ]

    def _step(self, forward: bool) -> None:  # noqa: FBT001 - a direction
        columns, row = self._columns(), self.currentIndex().row()
        at = columns.index(self.currentIndex().column()) if self.currentIndex().column() in columns else 0
        rows = self.model().rowCount()
        is_waiting = row == rows - 1 and at == 0 and not self.currentIndex().data(Qt.ItemDataRole.EditRole)
        at += 1 if forward else -1
        if at >= len(columns):
            row, at = row + 1, 0
        elif at < 0:
            row, at = row - 1, len(columns) - 1
        if (forward and is_waiting) or not 0 <= row < rows:
            self.setCurrentIndex(QModelIndex())
            self.focusNextPrevChild(forward)
            return
        self.open_cell(row, columns[at])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab arrives in the first cell, Maj+Tab in the last row."""
        columns = self._columns()
        was_inside = self.currentIndex().column() in columns  # before Qt picks a cell of its own
        super().focusInEvent(event)
        if not columns or was_inside:
            return
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self.open_cell(0, columns[0])
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self.open_cell(self.model().rowCount() - 1, columns[0])

    # -- keys ----------------------------------------------------------------------------------------------------

    def act_of(self, event: QKeyEvent, editor: QWidget | None) -> str:
        """What a key means to the grid, empty when it is the editor's."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = {
            Qt.Key.Key_Tab: "next",
            Qt.Key.Key_Backtab: "previous",
            Qt.Key.Key_Return: "next",
            Qt.Key.Key_Enter: "next",
        }
        arrows = {Qt.Key.Key_Up: "above", Qt.Key.Key_Down: "below"}
        controls = {
            Qt.Key.Key_Up: "up",
            Qt.Key.Key_Down: "down",
            Qt.Key.Key_D: "duplicate",
            Qt.Key.Key_Delete: "delete",
        }
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Backtab or (modifiers == _SHIFT and plain.get(key) == "next"):
            return "previous"
        if key == Qt.Key.Key_F4 or (modifiers == _ALT and plain.get(key) == "next" and key != Qt.Key.Key_Tab):
            return "details"
        if modifiers == Qt.KeyboardModifier.NoModifier:
            return plain.get(key) or ("" if isinstance(editor, QComboBox) else arrows.get(key, ""))
        if modifiers == _CONTROL and key in controls:
            return controls[key]
        return self._edit_act(event, editor)

    def _edit_act(self, event: QKeyEvent, editor: QWidget | None) -> str:
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            return "paste" if "\t" in text or "\n" in text.strip("\r\n") else ""
        is_redo = event.matches(QKeySequence.StandardKey.Redo) or (
            event.key() == Qt.Key.Key_Z and event.modifiers() == _CONTROL | _SHIFT
        )
        if is_redo:
            return "" if isinstance(editor, QLineEdit) and editor.isRedoAvailable() else "redo"
        if event.matches(QKeySequence.StandardKey.Undo):
            return "" if isinstance(editor, QLineEdit) and editor.isUndoAvailable() else "undo"
        return ""

    def perform(self, act: str) -> None:
        """Do what a key means."""
        at = self.currentIndex()
        if act in {"next", "previous"}:
            self._step(act == "next")
        elif act in {"above", "below"}:
            self.open_cell(at.row() + (1 if act == "below" else -1), at.column())
        elif act in {"up", "down"}:
            self.move_asked.emit(at.row(), 1 if act == "down" else -1)
        elif act == "duplicate":
            self.duplicate_asked.emit(at.row())
        elif act == "delete":
            self.delete_asked.emit(at.row())
        elif act == "paste":
            self.rows_pasted.emit(max(at.row(), 0), QGuiApplication.clipboard().text())
        elif act == "details":
            self.details_asked.emit(at.row())
        elif act == "undo":
            self.undo_asked.emit()
        elif act == "redo":
            self.redo_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The same keys when no cell is open."""
        act = self.act_of(event, None) if self.currentIndex().isValid() else ""
        if act:
            self.perform(act)
            event.accept()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keys of the grid are not shortcuts of the page."""
        is_shortcut = event.type() == QEvent.Type.ShortcutOverride and self.currentIndex().isValid()
        if is_shortcut and isinstance(event, QKeyEvent) and self.act_of(event, None):
            event.accept()
            return True
        return super().event(event)

    # -- size ----------------------------------------------------------------------------------------------------

    def width_for(self, column: int, *samples: str) -> int:
        """Pixels in which the title of ``column`` and each of ``samples`` stand whole."""
        header = self.horizontalHeader()
        header.ensurePolished()
        words = max((self.fontMetrics().horizontalAdvance(sample) for sample in samples), default=0)
        return max(header.sectionSizeHint(column), words + 2 * look().ems(0.6) + 2)

    def fit_height(self) -> None:
        """As tall as its rows: the page scrolls, not the grid."""
        rows = self.model().rowCount() if self.model() is not None else 0
        self.setFixedHeight(self.horizontalHeader().height() + rows * self.row_height + 2)
