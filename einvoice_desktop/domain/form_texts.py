"""Checks of every text of a form: lengths, characters XML forbids, controls that change how a name reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from operator import attrgetter
from typing import Any

from einvoice_desktop.domain.draft import (
    DraftAttachment,
    DraftChange,
    DraftForm,
    DraftLine,
    DraftNote,
    DraftReference,
)
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.limits import LINE_LIMITS, ROW_LIMITS, SHORT_LIMIT, TEXT_LIMITS
from einvoice_desktop.domain.text_checks import check_characters


def _names(record: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record) if field.type == "str")


class _Texts:
    """The texts of one kind of record, looked at together first: a form is read at each key."""

    def __init__(self, record: type[Any], limits: dict[str, int]) -> None:
        self.names = _names(record)
        self.limits = limits
        self._all: Callable[[Any], tuple[str, ...]] = attrgetter(*self.names)

    def check(self, at: str, record: object, found: list[Finding]) -> None:
        texts = self._all(record)
        joined = "".join(texts)
        if len(joined) > SHORT_LIMIT or not joined.isascii() or not joined.isprintable():
            for name, text in zip(self.names, texts, strict=True):
                if text:
                    found.extend(_of_text(at + name, text, self.limits.get(name)))


def _of_text(place: str, text: str, limit: int | None) -> Iterator[Finding]:
    if limit is not None and len(text) > limit:
        yield Finding("ED-TOO-LONG", place, params={"limit": str(limit)})
    yield from check_characters(place, text)


_FORM = _Texts(DraftForm, TEXT_LIMITS)
_ROWS = {
    "lines": _Texts(DraftLine, LINE_LIMITS),
    "notes": _Texts(DraftNote, ROW_LIMITS["notes"]),
    "changes": _Texts(DraftChange, ROW_LIMITS["changes"]),
    "references": _Texts(DraftReference, ROW_LIMITS["references"]),
    "attachments": _Texts(DraftAttachment, ROW_LIMITS["attachments"]),
}


def check_texts(form: DraftForm, found: list[Finding]) -> None:
    """Lengths (R-026), characters XML cannot hold, invisible controls; right-to-left letters and emoji are welcome."""
    _FORM.check("", form, found)
    for kind, texts in _ROWS.items():
        for index, row in enumerate(getattr(form, kind)):
            texts.check(f"{kind}.{index}.", row, found)
