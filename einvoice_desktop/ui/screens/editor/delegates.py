"""How each column of the lines is drawn and typed in."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView

from einvoice_desktop.domain.compose import VAT_CHOICES
from einvoice_desktop.domain.lines import UNITS
from einvoice_desktop.ui.screens.editor.rows import ERROR_ROLE, PLACEHOLDER_ROLE, Column
from einvoice_desktop.ui.widgets.line_grid import CellDelegate, ChoiceDelegate, LineGrid

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


def set_up_columns(grid: LineGrid) -> None:
    """Delegates and widths of the columns (the model must be set)."""
    units = tuple(UNITS.items())
    rates = tuple((choice.key, choice.label) for choice in VAT_CHOICES.values())
    for column in Column:
        grid.setItemDelegateForColumn(
            column,
            CellDelegate(grid, is_quiet=column is Column.RANK, error_role=ERROR_ROLE, quiet_role=PLACEHOLDER_ROLE),
        )
    grid.setItemDelegateForColumn(
        Column.UNIT, ChoiceDelegate(grid, units, is_quiet=True, error_role=ERROR_ROLE, quiet_role=PLACEHOLDER_ROLE)
    )
    grid.setItemDelegateForColumn(
        Column.VAT, ChoiceDelegate(grid, rates, error_role=ERROR_ROLE, quiet_role=PLACEHOLDER_ROLE)
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
