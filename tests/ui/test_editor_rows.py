"""The lines of the editor: typed texts kept, a blank row always waiting, spreadsheet rows understood."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from einvoice_desktop.domain.draft import DraftLine
from einvoice_desktop.ui.screens.editor.paste import is_table, read_rows
from einvoice_desktop.ui.screens.editor.rows import ERROR_ROLE, Column, LinesModel

SHELF = DraftLine("Rayonnage chêne", "2", "H87", "380", "S20")
FITTING = DraftLine("Pose", "=1+1", "LS", "=2*120", "S10")


@pytest.fixture
def model(qapp: QApplication) -> LinesModel:
    model = LinesModel()
    model.load((SHELF, FITTING), default_vat="S20")
    return model


def shown(model: LinesModel, row: int, column: Column) -> str:
    return str(model.data(model.index(row, column)))


def test_a_sum_is_shown_computed_and_kept_as_typed(model: LinesModel) -> None:
    assert shown(model, 1, Column.PRICE) == "240,00"
    assert model.data(model.index(1, Column.PRICE), Qt.ItemDataRole.EditRole) == "=2*120"
    assert model.lines()[1].unit_price == "=2*120"


def test_an_unreadable_price_is_shown_as_it_was_typed(model: LinesModel) -> None:
    model.setData(model.index(0, Column.PRICE), "abc")
    assert shown(model, 0, Column.PRICE) == "abc"
    assert model.lines()[0].unit_price == "abc"


def test_typing_in_the_waiting_row_adds_another_and_takes_the_vat_of_the_row_above(model: LinesModel) -> None:
    assert model.rowCount() == 3
    model.setData(model.index(2, Column.NAME), "Livraison")
    assert model.rowCount() == 4
    assert model.lines()[2].vat == "S10"
    assert len(model.lines()) == 3


def test_rows_move_are_copied_and_deleted_and_everything_can_be_undone(model: LinesModel) -> None:
    assert model.move(0, 1) == 1
    assert model.lines() == (FITTING, SHELF)
    assert model.duplicate(0) == 1
    model.delete(2)
    assert model.lines() == (FITTING, FITTING)
    for _ in range(3):
        model.undo()
    assert model.lines() == (SHELF, FITTING)
    model.redo()
    assert model.lines() == (FITTING, SHELF)


def test_a_row_does_not_move_past_the_waiting_one(model: LinesModel) -> None:
    assert model.move(1, 1) == 1
    assert model.move(0, -1) == 0
    assert model.move(2, -1) == 2
    assert model.lines() == (SHELF, FITTING)


def test_keys_typed_in_one_cell_are_undone_together(model: LinesModel) -> None:
    for text in ("4", "45", "450"):
        model.setData(model.index(0, Column.PRICE), text)
    model.undo()
    assert model.lines()[0].unit_price == "380"


def test_amounts_and_errors_come_from_the_composition(model: LinesModel) -> None:
    model.show_result((Decimal("760.00"), None), {(1, "unit_price"): "Ce prix n’est pas un nombre."})
    assert shown(model, 0, Column.TOTAL) == "760,00\u00a0€"
    assert shown(model, 1, Column.TOTAL) == ""
    assert model.data(model.index(1, Column.PRICE), ERROR_ROLE) == "Ce prix n’est pas un nombre."
    assert "Ce prix" in str(model.data(model.index(1, Column.PRICE), Qt.ItemDataRole.AccessibleTextRole))


def test_spreadsheet_rows_become_lines(model: LinesModel) -> None:
    text = "Désignation\tQté\tUnité\tPU\tTVA\nRayonnage\t2\tpièce\t1 380,00 €\t20 %\nPose\t1,5\tjours\t450\t5,5 %\r\n"
    assert is_table(text)
    lines = read_rows(text)
    assert lines == (
        DraftLine("Rayonnage", "2", "H87", "1 380,00", "S20"),
        DraftLine("Pose", "1,5", "DAY", "450", "S5.5"),
    )
    model.insert(2, lines)
    assert [line.name for line in model.lines()] == ["Rayonnage chêne", "Pose", "Rayonnage", "Pose"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Conseil\t800", DraftLine("Conseil", "1", "C62", "800")),
        ("Conseil\t2\t800", DraftLine("Conseil", "2", "C62", "800")),
        ("Conseil", DraftLine("Conseil", "1", "C62", "")),
        ("Conseil\tabc\t800", DraftLine("Conseil", "abc", "C62", "800")),
    ],
)
def test_columns_of_a_spreadsheet_may_be_few_or_wrong(text: str, expected: DraftLine) -> None:
    assert read_rows(text) == (expected,)


def test_one_cell_is_pasted_as_text() -> None:
    assert not is_table("Rayonnage chêne")
    assert not is_table("Rayonnage chêne\n")
