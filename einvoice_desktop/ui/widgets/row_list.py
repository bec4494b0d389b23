"""A short list of small forms, one below the other: a row is added by a link, taken away by its cross."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from einvoice_desktop.ui.widgets.binding import read, write
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.fields import Field
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column, row


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of each row.

    Attributes:
        name: of its value. make: a new field. stretch: its share of the width.
        counts: whether something written there makes the row worth keeping (a choice has always a value).
    """

    name: str
    make: Callable[[], Field]
    stretch: int = 1
    counts: bool = True


class EntryRow(QWidget):
    """The fields of one row and the cross that takes it away.

    Signals:
        changed: something was typed. removal_asked.
    """

    changed = Signal()
    removal_asked = Signal()

    def __init__(self, cells: Sequence[Cell], name: str, *, is_first: bool) -> None:
        super().__init__()
        self._cells = tuple(cells)
        self.fields: dict[str, Field] = {cell.name: cell.make() for cell in cells}
        layout: QHBoxLayout = row(gap="m", of=self)
        for cell in cells:
            field = self.fields[cell.name]
            layout.addWidget(field, cell.stretch, Qt.AlignmentFlag.AlignTop)
            field.changed.connect(self.changed)
        self.remove = Button("", "ghost", icon="cross")
        self.remove.setAccessibleName(f"Retirer : {name}")
        self.remove.setToolTip("Retirer")
        self.remove.clicked.connect(self.removal_asked)
        self._over = Label(" ", "label")
        layout.addLayout(column(self._over, self.remove, 1, gap="xs"))
        self.show_labels(is_shown=is_first)

    @property
    def is_blank(self) -> bool:
        """Whether nothing worth keeping stands in it."""
        return not any(read(self.fields[cell.name]).strip() for cell in self._cells if cell.counts)

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: read(field) for name, field in self.fields.items()}

    def set_values(self, values: Mapping[str, str]) -> None:
        """Write in the fields."""
        for name, field in self.fields.items():
            write(field, values.get(name, ""))

    def show_labels(self, *, is_shown: bool) -> None:
        """Only the first row has the names of the fields above it."""
        for field in self.fields.values():
            field.label.setVisible(is_shown and bool(field.label.text()))
        self._over.setVisible(is_shown)


class RowList(QWidget):
    """The rows. Blank ones are for the eye only: :meth:`rows` leaves them out.

    Args:
        cells: fields of each row. add: words of the link. name: of one row, for whoever does not see it.
        fresh: values of a row just added.

    Signals:
        edited: the rows changed. row_made: a row was made, its fields are new.
    """

    edited = Signal()
    row_made = Signal()

    def __init__(
        self, cells: Sequence[Cell], *, add: str, name: str, fresh: Callable[[], Mapping[str, str]] = dict
    ) -> None:
        super().__init__()
        self._cells, self._name, self._fresh = tuple(cells), name, fresh
        self._rows: list[EntryRow] = []
        self.add = Button(add, "link", icon="plus")
        self.add.clicked.connect(self.add_row)
        self._layout: QVBoxLayout = column(gap="s", of=self)
        self._layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    # -- values --------------------------------------------------------------------------------------------------

    def rows(self) -> list[dict[str, str]]:
        """Values of the rows that are not blank."""
        return [entry.values() for entry in self._rows if not entry.is_blank]

    def set_rows(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Show these rows; fields that say the same are left alone."""
        if [dict(values) for values in rows] == self.rows():
            return
        while len(self._rows) > len(rows):
            self._drop(self._rows[-1])
        while len(self._rows) < len(rows):
            self._make()
        for entry, values in zip(self._rows, rows, strict=True):
            entry.blockSignals(True)
            entry.set_values(values)
            entry.blockSignals(False)

    def fields(self) -> Iterator[tuple[int, str, Field]]:
        """Every field of the rows that count, with the rank of its row and its name."""
        kept = [entry for entry in self._rows if not entry.is_blank]
        for index, entry in enumerate(kept):
            for name, field in entry.fields.items():
                yield index, name, field

    def entries(self) -> tuple[EntryRow, ...]:
        """The rows, blank ones with them."""
        return tuple(self._rows)

    def every_field(self) -> Iterator[Field]:
        """Every field, in the order of the tab key."""
        for entry in self._rows:
            yield from entry.fields.values()

    # -- acts ----------------------------------------------------------------------------------------------------

    def add_row(self) -> None:
        """A blank row at the end, ready to be typed in."""
        entry = self._make()
        entry.blockSignals(True)
        entry.set_values(self._fresh())
        entry.blockSignals(False)
        first = next((cell.name for cell in self._cells if cell.counts), self._cells[0].name)
        entry.fields[first].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self) -> EntryRow:
        entry = EntryRow(self._cells, self._name, is_first=not self._rows)
        self._rows.append(entry)
        self._layout.insertWidget(len(self._rows) - 1, entry)
        entry.changed.connect(self.edited)
        entry.removal_asked.connect(lambda entry=entry: self._remove(entry))
        self.row_made.emit()
        return entry

    def _remove(self, entry: EntryRow) -> None:
        self._drop(entry)
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _drop(self, entry: EntryRow) -> None:
        self._rows.remove(entry)
        entry.hide()
        self._layout.removeWidget(entry)
        entry.deleteLater()
        if self._rows:
            self._rows[0].show_labels(is_shown=True)
