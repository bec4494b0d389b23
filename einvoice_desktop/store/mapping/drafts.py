"""Drafts: the form as JSON, whatever version of the program typed it, and the few columns lists read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping

from einvoice_desktop.domain.draft import DraftAttachment, DraftChange, DraftForm, DraftLine, DraftNote, DraftReference
from einvoice_desktop.domain.typed import parse_date
from einvoice_desktop.ports.unit_of_work import Draft
from einvoice_desktop.store.mapping.json_text import to_text
from einvoice_desktop.store.mapping.searching import words_for_search


def form_to_text(form: DraftForm) -> str:
    """A form as JSON."""
    return to_text(form)


def form_from_text(text: str) -> DraftForm:
    """The form of a JSON text; fields unknown here are left out, missing ones take their default.

    A form is what someone typed: of a text that cannot be read, what can be is kept.
    """
    values = json.loads(text)
    rows: dict[str, Any] = {
        name: tuple(kind(**_texts(kind, row)) for row in _rows(values, name)) for name, kind in _ROWS.items()
    }
    return DraftForm(**_texts(DraftForm, values), **rows)


_ROWS: dict[str, type[Any]] = {
    "lines": DraftLine,
    "notes": DraftNote,
    "changes": DraftChange,
    "references": DraftReference,
    "attachments": DraftAttachment,
}


def _rows(values: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = values.get(name)
    return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []


def _texts(kind: type[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The text fields of ``kind`` present in ``values``; a number written by another version becomes its text."""
    names = [field.name for field in fields(kind) if field.name not in _ROWS]
    known = {name: values[name] for name in names if name in values}
    return {name: str(value) for name, value in known.items() if isinstance(value, (str, int))}


def draft_row(draft: Draft) -> dict[str, Any]:
    """The row of a draft."""
    form = draft.form
    searched = [form.preceding_number, form.purchase_order, form.note]
    searched += [text for line in form.lines for text in (line.name, line.description)]
    return {
        "id": draft.id,
        "company_id": draft.company_id,
        "form": form_to_text(form),
        "updated_at": draft.updated_at,
        "with_vat": draft.with_vat,
        "type_code": form.type_code,
        "buyer_id": form.buyer_id,
        "currency": form.currency,
        "search_text": words_for_search(searched, () if draft.with_vat is None else (draft.with_vat,)),
        "issue_date": parse_date(form.issue_date),
        "due_date": parse_date(form.due_date),
        "source_id": form.source_id,
        "deposit_group_id": form.deposit_group_id,
    }


def draft_of(row: RowMapping) -> Draft:
    """The draft of a row."""
    return Draft(row["id"], row["company_id"], form_from_text(row["form"]), row["updated_at"], row["with_vat"])
