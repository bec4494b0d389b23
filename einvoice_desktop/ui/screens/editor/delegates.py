"""How each column of the lines is drawn and typed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem

from einvoice_desktop.domain.lines import UNITS
from einvoice_desktop.ui.screens.editor.rows import DETAIL_ROLE, ERROR_ROLE, PLACEHOLDER_ROLE, Column
from einvoice_desktop.ui.widgets.answer_cell import Answer, AnswerDelegate
from einvoice_desktop.ui.widgets.fold import paint_dot
from einvoice_desktop.ui.widgets.line_grid import CellDelegate, ChoiceDelegate, Index, LineGrid
from einvoice_desktop.ui.widgets.look import look

_SAMPLES: dict[Column, tuple[str, ...]] = {
    Column.RANK: ("99",),
    Column.QUANTITY: ("100",),
    Column.UNIT: ("forfait",),
    Column.PRICE: ("1 000,00",),
    Column.DISCOUNT: ("10 %",),
    Column.VAT: ("5,5 %",),
    Column.TOTAL: ("1 000,00 €",),
}
"""What must stand whole in each column beside its title; the designation takes what is left. A VAT answer in words is
longer: its list opens wider than the cell, and the cell grows with what it holds."""


class RankDelegate(CellDelegate):
    """The rank of a row, with a dot when the line says more than its cells."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The rank, then the dot: quiet, or red when something is wrong there."""
        super().paint(painter, option, index)
        state = index.data(DETAIL_ROLE)
        if state:
            area = option.rect
            centre = QPointF(area.right() - look().ems(0.25), area.center().y() - look().ems(0.4))
            paint_dot(painter, centre, look().ems(0.2) + 0.5, "danger" if state == "wrong" else "accent")


def set_up_columns(grid: LineGrid, answers: Callable[[], Sequence[Answer]], why: Callable[[int], None]) -> None:
    """Delegates and widths of the columns (the model must be set); ``why``: « pourquoi n'y a-t-il pas de TVA ? »."""
    units = tuple(UNITS.items())
    for column in Column:
        grid.setItemDelegateForColumn(
            column,
            CellDelegate(grid, is_quiet=column is Column.RANK, error_role=ERROR_ROLE, quiet_role=PLACEHOLDER_ROLE),
        )
    grid.setItemDelegateForColumn(
        Column.UNIT, ChoiceDelegate(grid, units, is_quiet=True, error_role=ERROR_ROLE, quiet_role=PLACEHOLDER_ROLE)
    )
    grid.setItemDelegateForColumn(
        Column.RANK, RankDelegate(grid, is_quiet=True, error_role=ERROR_ROLE, quiet_role=PLACEHOLDER_ROLE)
    )
    grid.setItemDelegateForColumn(
        Column.VAT, AnswerDelegate(grid, answers, error_role=ERROR_ROLE, quiet_role=PLACEHOLDER_ROLE, door=why)
    )
    header = grid.horizontalHeader()
    header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
    for column in _SAMPLES:
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
    fit_columns(grid)
    grid.setColumnHidden(Column.DISCOUNT, True)


def fit_columns(grid: LineGrid) -> None:
    """Give each column the room of its title and of what its rows hold."""
    model, header = grid.model(), grid.horizontalHeader()
    for column, samples in _SAMPLES.items():
        held = [str(model.index(row, column).data() or "") for row in range(model.rowCount() - 1)]
        width = grid.width_for(column, *samples, *held)
        if width != header.sectionSize(column):
            header.resizeSection(column, width)
