"""How each column of the lines is drawn and typed in."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView

from einvoice_desktop.domain.compose import VAT_CHOICES
from einvoice_desktop.domain.lines import UNITS
from einvoice_desktop.ui.screens.editor.rows import ERROR_ROLE, PLACEHOLDER_ROLE, Column
from einvoice_desktop.ui.widgets.line_grid import CellDelegate, ChoiceDelegate, LineGrid
from einvoice_desktop.ui.widgets.look import look

_WIDTHS = {
    Column.RANK: 2.0,
    Column.QUANTITY: 4.9,
    Column.UNIT: 4.8,
    Column.PRICE: 5.7,
    Column.DISCOUNT: 5.0,
    Column.VAT: 4.4,
    Column.TOTAL: 6.5,
}
"""Widths in ems; the designation takes what is left."""


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
    for column, ems in _WIDTHS.items():
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(column, look().ems(ems))
    grid.setColumnHidden(Column.DISCOUNT, True)
