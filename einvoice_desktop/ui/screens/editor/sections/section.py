"""What every folded part of the sheet can do: show a form, say what stands in its fields, go to one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from einvoice_desktop.domain.compose import ComposeContext
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.ui.widgets.binding import read, write
from einvoice_desktop.ui.widgets.fields import Field


class Section(QWidget):
    """Fields named as those of :class:`DraftForm`.

    Signals:
        edited: something was typed or chosen. fields_made: there are other fields than before.
    """

    edited = Signal()
    fields_made = Signal()

    def __init__(self, fields: Mapping[str, Field]) -> None:
        super().__init__()
        self.fields: dict[str, Field] = dict(fields)
        for field in self.fields.values():
            field.changed.connect(self.edited)

    def load(self, form: DraftForm, context: ComposeContext) -> None:
        """Show ``form``."""
        del context
        for name, field in self.fields.items():
            write(field, getattr(form, name))

    def values(self) -> dict[str, Any]:
        """What stands in the fields, by name in :class:`DraftForm`."""
        return {name: read(field) for name, field in self.fields.items()}

    def places(self) -> dict[str, Field]:
        """Each field by its path in the form."""
        return dict(self.fields)

    def order(self) -> Iterator[QWidget]:
        """What the tab key visits, in order."""
        for field in self.fields.values():
            yield field.editor

    def reveal(self, place: str) -> None:
        """Show the field of ``place``, were it hidden for being of no use."""

    def focus_first(self) -> None:
        """Go to the first field that is shown."""
        for editor in self.order():
            if editor.isVisibleTo(self):
                editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return
