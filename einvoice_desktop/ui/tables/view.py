"""How a list looks and answers to keys: whole rows, thin lines, pills, Entrée opens."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from einvoice_desktop.ui.tables.model import PILL, QUIET, ROW, Index, PagedModel
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.empty import EmptyState
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pill import paint_pill, pill_size

ROW_EMS = 2.85
EDGE_EMS = 0.75
_STRETCH_EMS = 15
"""Width the column that takes what is left should keep before the others give up their air."""
_MOST_EMS = 20
"""No measured column is wider: its words end with « … » and are told in full by the tool tip."""
_MEASURED = 100
"""Rows whose words are measured: those of the first page."""


class RowDelegate(QStyledItemDelegate):
    """Draws one cell: ground, line below, words or pill."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One line with air."""
        return QSize(look().ems(4), look().ems(ROW_EMS))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw it."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look().colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look().colour("hover"))
        painter.setPen(look().colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        edge = look().ems(EDGE_EMS)
        inner = rect.adjusted(edge, 0, -edge, -1)
        font = option.font
        pill = index.data(PILL)
        if pill:
            paint_pill(painter, inner, pill[0], pill[1], font)
        else:
            painter.setFont(font)
            painter.setPen(look().colour("muted" if index.data(QUIET) else "text"))
            text = QFontMetrics(font).elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), text)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Words that do not fit are told in full."""
        words = str(index.data() or "")
        room = option.rect.width() - 2 * look().ems(EDGE_EMS)
        if event.type() == QEvent.Type.ToolTip and QFontMetrics(option.font).horizontalAdvance(words) > room:
            QToolTip.showText(event.globalPos(), words, view)
            return True
        return super().helpEvent(event, view, option, index)


class Table(QTableView):
    """A list of whole rows.

    Signals:
        opened: the row (record) to open: Entrée or double click. picked: the selection changed.
    """

    opened = Signal(object)
    picked = Signal()

    def __init__(self, model: PagedModel[Any], name: str) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(RowDelegate(self))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setAlternatingRowColors(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look().ems(ROW_EMS))
        self._set_widths()
        self.doubleClicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(self.picked)
        model.modelReset.connect(self.picked)
        model.modelReset.connect(self._fit_columns)

    def _set_widths(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(look().ems(3))
        for number, column in enumerate(self._model.columns):
            mode = QHeaderView.ResizeMode.Interactive if column.ems else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(number, mode)
        self._needs = [0] * len(self._model.columns)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Each column as wide as its title and its words need; airy while the column that stretches keeps enough."""
        header = self.horizontalHeader()
        header.ensurePolished()
        fixed = [number for number, column in enumerate(self._model.columns) if column.ems]
        for number in fixed:
            title = header.sectionSizeHint(number)
            self._needs[number] = max(self._needs[number], title, self._words_width(number))
        airy = {n: max(self._needs[n], look().ems(self._model.columns[n].ems)) for n in fixed}
        is_airy = self.viewport().width() - sum(airy.values()) >= look().ems(_STRETCH_EMS)
        for number in fixed:
            self.setColumnWidth(number, airy[number] if is_airy else self._needs[number])

    def _words_width(self, number: int) -> int:
        edge = 2 * look().ems(EDGE_EMS) + 2
        widest = 0
        for row in range(min(len(self._model.rows), _MEASURED)):
            index = self._model.index(row, number)
            pill = index.data(PILL)
            words = str(index.data() or "")
            width = pill_size(pill[0], self.font()).width() if pill else self.fontMetrics().horizontalAdvance(words)
            widest = max(widest, width)
        return min(widest, look().ems(_MOST_EMS)) + edge

    def selected(self) -> list[Any]:
        """The selected rows (records), top to bottom."""
        indexes = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return [index.data(ROW) for index in indexes]

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée opens; the rest as any list."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for more when the window shows more than one page."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit_columns()
        bar = self.verticalScrollBar()
        if bar.maximum() == 0 and self._model.canFetchMore(QModelIndex()):
            self._model.fetchMore(QModelIndex())


class TablePanel(Card):
    """A list on its sheet, or what to say when it is empty."""

    def __init__(self, table: Table, model: PagedModel[Any], empty: EmptyState) -> None:
        super().__init__(margin="")
        self._model = model
        self.table = table
        self.empty = empty
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._blank = QWidget()
        for part in (self._blank, table, empty):
            self._stack.addWidget(part)
        self.body.setContentsMargins(1, look().radius // 2, 1, look().radius // 2)
        self.add(holder)
        model.loaded.connect(self._on_loaded)

    def _on_loaded(self) -> None:
        self._stack.setCurrentWidget(self.table if self._model.rows else self.empty)
