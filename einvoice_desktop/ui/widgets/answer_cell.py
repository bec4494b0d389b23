"""A cell answered by typing a few letters of one of many answers; the list stands under it while one looks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QStyleOptionViewItem, QWidget

from einvoice_desktop.ui.widgets.combo import ID_ROLE, QUIET_ROLE
from einvoice_desktop.ui.widgets.combo import ChoiceDelegate as WordsDelegate
from einvoice_desktop.ui.widgets.line_grid import CellDelegate, LineGrid
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.matching import rank

Index = QModelIndex | QPersistentModelIndex
_MOST_SHOWN = 9


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its key, its words, quieter words that are looked in too; ``is_door``: it leads somewhere instead."""

    key: str
    words: str
    quiet: str = ""
    is_door: bool = False


class _Answers(QAbstractListModel):
    """The answers that fit."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shown: tuple[Answer, ...] = ()

    def show(self, answers: Sequence[Answer]) -> None:
        """Offer these."""
        self.beginResetModel()
        self.shown = tuple(answers)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        answer = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return answer.words
        if role in {QUIET_ROLE, int(Qt.ItemDataRole.AccessibleDescriptionRole), int(Qt.ItemDataRole.ToolTipRole)}:
            return answer.quiet
        return "\0create" if role == ID_ROLE and answer.is_door else None


class AnswerList(QListView):
    """The list, over the window; the keys stay in the cell."""

    def __init__(self, editor: QLineEdit) -> None:
        super().__init__(editor.window())
        self._editor = editor
        self.answers = _Answers(self)
        self.setModel(self.answers)
        self.setItemDelegate(WordsDelegate(self))
        self.setProperty("kind", "popup")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(editor.accessibleName())
        self.hide()

    @property
    def current(self) -> Answer | None:
        """The answer the keys are on."""
        row = self.currentIndex().row()
        return self.answers.shown[row] if self.isVisible() and 0 <= row < len(self.answers.shown) else None

    def offer(self, answers: Sequence[Answer], at: int = 0) -> None:
        """Show ``answers``, the keys on one of them; nothing to show hides the list."""
        self.answers.show(answers)
        if not answers:
            self.hide()
            return
        self._place(len(answers))
        self.setCurrentIndex(self.answers.index(at, 0) if at >= 0 else QModelIndex())
        self.show()
        self.raise_()
        self.scrollTo(self.currentIndex(), QListView.ScrollHint.PositionAtCenter)

    def step(self, count: int) -> None:
        """The keys go up or down, round the list."""
        total = len(self.answers.shown)
        if total:
            self.setCurrentIndex(self.answers.index((self.currentIndex().row() + count) % total, 0))

    def _place(self, count: int) -> None:
        window = self._editor.window()
        metrics, answers = self.fontMetrics(), self.answers.shown
        widest = max(metrics.horizontalAdvance(f"{answer.words}   {answer.quiet}") for answer in answers)
        width = min(widest + 2 * look().gap.m + look().ems(1.5), look().ems(38), window.width() - look().ems(2))
        edge = self._editor.mapTo(window, QPoint(0, 0)).x() - self._editor.x()  # where the grid begins
        height = min(count, _MOST_SHOWN) * look().ems(2.3) + 4
        below = self._editor.mapTo(window, QPoint(0, self._editor.height() + 2))
        left = min(max(edge, below.x() + self._editor.width() - width), window.width() - width - look().gap.s)
        top = below.y()
        if top + height > window.height() - look().gap.s:
            top = max(look().gap.s, self._editor.mapTo(window, QPoint(0, -2)).y() - height)
        self.setGeometry(left, top, width, height)


class AnswerEdit(QLineEdit):
    """The line of the cell."""

    def __init__(self, parent: QWidget, answers: Sequence[Answer]) -> None:
        super().__init__(parent)
        self._answers = tuple(answers)
        self._list: AnswerList | None = None
        self.key = ""
        self.setProperty("kind", "cell")
        self.setAcceptDrops(False)
        self.setTextMargins(0, 0, look().ems(1.1), 0)
        self.textEdited.connect(self._typed)
        self.picked: Callable[[], None] = lambda: None

    @property
    def list(self) -> AnswerList | None:
        """The list, once it was opened."""
        return self._list

    def show_key(self, key: str) -> None:
        """Show the answer of ``key``, all of it selected: typing replaces it."""
        if key == self.key and self.text():
            return
        self.key = key
        self.setText(self._words(key))
        self.selectAll()

    def _words(self, key: str) -> str:
        return next((answer.words for answer in self._answers if answer.key == key), key)

    def chosen(self) -> Answer:
        """The answer meant: the one the keys are on, the present one when nothing was typed, else what was typed."""
        listed = self._list.current if self._list is not None else None
        if listed is not None:
            return listed
        text = self.text().strip()
        if text == self._words(self.key):
            return Answer(self.key, text)
        best = self._fitting(text)
        return best[0] if text and best and not best[0].is_door else Answer(text, text)

    # -- the list ------------------------------------------------------------------------------------------------

    def open_list(self) -> None:
        """Every answer, the keys on the present one."""
        at = next((i for i, answer in enumerate(self._answers) if answer.key == self.key), 0)
        self._opened().offer(self._answers, at)

    def close_list(self) -> bool:
        """Hide the list and show the present answer again; whether it was open."""
        was_open = self._list is not None and self._list.isVisible()
        if self._list is not None:
            self._list.hide()
        if was_open:
            self.setText(self._words(self.key))
            self.selectAll()
        return was_open

    def step(self, count: int) -> None:
        """↑ ↓ in the list, which opens first."""
        if self._list is not None and self._list.isVisible():
            self._list.step(count)
        else:
            self.open_list()

    def _opened(self) -> AnswerList:
        if self._list is None:
            self._list = AnswerList(self)
            self._list.clicked.connect(self._clicked)
            self.destroyed.connect(self._list.deleteLater)
        return self._list

    def _typed(self, text: str) -> None:
        found = self._fitting(text.strip()) if text.strip() else self._answers
        # Nothing fits but the door: Tab must not walk through it.
        self._opened().offer(found, at=-1 if found and found[0].is_door else 0)

    def _fitting(self, typed: str) -> tuple[Answer, ...]:
        ranked = ((rank(a.words, f"{a.quiet} {a.key}", typed), a) for a in self._answers if not a.is_door)
        found = [(fit, answer) for fit, answer in ranked if fit is not None]
        doors = tuple(answer for answer in self._answers if answer.is_door)
        return (*(answer for _, answer in sorted(found, key=lambda pair: pair[0])), *doors)

    def _clicked(self, _index: QModelIndex) -> None:
        self.picked()

    # -- Qt ------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click in the open cell shows every answer."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.open_list()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes when the cell is left."""
        super().focusOutEvent(event)
        if self._list is not None:
            self._list.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """And with the cell."""
        super().hideEvent(event)
        if self._list is not None:
            self._list.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line and the arrow that says there is a list."""
        super().paintEvent(event)
        side = look().ems(0.95)
        box = self.rect().adjusted(self.width() - side - look().ems(0.4), 0, -look().ems(0.4), 0)
        look().icon("down", "muted").paint(QPainter(self), box)


class AnswerDelegate(CellDelegate):
    """A cell whose value is one of many answers.

    Args:
        answers: what may be answered now. door: what an answer that leads somewhere does with the row.
    """

    def __init__(
        self,
        grid: LineGrid,
        answers: Callable[[], Sequence[Answer]],
        *,
        error_role: int,
        quiet_role: int,
        door: Callable[[int], None],
    ) -> None:
        super().__init__(grid, error_role=error_role, quiet_role=quiet_role)
        self._answers, self._door = answers, door

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line; nothing is chosen before one goes on, so that half a word is never an answer."""
        edit = AnswerEdit(parent, self._answers())
        edit.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal) or ""))
        edit.picked = lambda: self._picked(edit)
        return edit

    def _picked(self, edit: AnswerEdit) -> None:
        self.commitData.emit(edit)
        self.closeEditor.emit(edit, self.EndEditHint.NoHint)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Room for a word or two, whatever the width of the column."""
        super().updateEditorGeometry(editor, option, index)
        area = editor.geometry()
        area.setLeft(min(area.left(), area.right() - look().ems(12)))
        editor.setGeometry(area)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The present answer."""
        if isinstance(editor, AnswerEdit):
            editor.show_key(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """The key of the answer meant, or the text as typed when it is none."""
        if not isinstance(editor, AnswerEdit):
            return
        answer = editor.chosen()
        if answer.is_door:
            editor.close_list()
            self._door(index.row())
            return
        editor.key = answer.key
        model.setData(index, answer.key)  # type: ignore[attr-defined]
        if editor.list is not None:
            editor.list.hide()

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Arrows and Échap are for the list first."""
        if isinstance(event, QKeyEvent) and isinstance(editor, AnswerEdit) and self._for_list(editor, event):
            return True
        return super().eventFilter(editor, event)

    @staticmethod
    def _for_list(editor: AnswerEdit, event: QKeyEvent) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_plain = modifiers in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier}
        is_open = editor.list is not None and editor.list.isVisible()
        is_escape = event.key() == Qt.Key.Key_Escape and is_open
        if not (is_escape or (step is not None and is_plain)):
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            if step is not None:
                editor.step(step)
            else:
                editor.close_list()
        return event.type() in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As any cell."""
        return super().sizeHint(option, index)
