"""Fields and the texts they stand for, whatever their kind: what is written is what is read back, known or not."""

from __future__ import annotations

from einvoice_desktop.ui.widgets.date_field import DateField
from einvoice_desktop.ui.widgets.fields import CheckField, ChoiceField, Field, NoteField, TextField

YES = "yes"


def read(field: Field) -> str:
    """The text a field stands for: as typed, the key of a choice, ``yes`` or nothing for a box."""
    if isinstance(field, (TextField, NoteField)):
        return field.text()
    if isinstance(field, CheckField):
        return YES if field.value() else ""
    if isinstance(field, (ChoiceField, DateField)):
        return field.value()
    raise TypeError(type(field).__name__)


def write(field: Field, text: str) -> None:
    """Show ``text``; a key a choice does not offer is added to it rather than lost."""
    if isinstance(field, (TextField, NoteField)):
        field.set_text(text)
    elif isinstance(field, CheckField):
        field.set_value(text == YES)
    elif isinstance(field, ChoiceField):
        if field.combo.findData(text) < 0:
            field.combo.addItem(text or "–", text)
        field.set_value(text)
    elif isinstance(field, DateField):
        field.set_value(text)
    else:
        raise TypeError(type(field).__name__)
