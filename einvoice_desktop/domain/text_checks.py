"""Characters a document cannot hold, and controls that change how a text reads, in any record of texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from einvoice_desktop.domain.findings import Finding, Severity

FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold."""

INVISIBLE = re.compile(r"[\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Controls that change how the text around them reads: admitted by XML, never needed in a name."""

_Record = TypeVar("_Record")


def has_forbidden_character(text: str) -> bool:
    """Whether ``text`` holds a character XML 1.0 cannot hold."""
    return FORBIDDEN.search(text) is not None


def check_characters(place: str, text: str) -> Iterator[Finding]:
    """``ED-CHARACTER`` (error) or ``ED-INVISIBLE`` (warning) for ``text``, at ``place``."""
    if FORBIDDEN.search(text):
        yield Finding("ED-CHARACTER", place)
    elif INVISIBLE.search(text):
        yield Finding("ED-INVISIBLE", place, Severity.WARNING, suggested_value=INVISIBLE.sub("", text))


def check_record(record: object, at: str = "") -> Iterator[Finding]:
    """The same for every text of a record of the registry and of the records in it."""
    for field in fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if isinstance(value, str):
            yield from check_characters(f"{at}{field.name}", value)
        elif is_dataclass(value):
            yield from check_record(value, f"{at}{field.name}.")


def without_forbidden(record: _Record) -> _Record:
    """``record`` without the characters XML forbids; the very same object when it has none."""
    changed: dict[str, Any] = {}
    for field in fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        kept = _kept(value)
        if kept is not value:
            changed[field.name] = kept
    return replace(record, **changed) if changed else record  # type: ignore[type-var]


def _kept(value: Any) -> Any:
    if isinstance(value, str):
        return FORBIDDEN.sub("", value) if FORBIDDEN.search(value) else value
    if isinstance(value, tuple):
        items = tuple(_kept(item) for item in value)
        return value if all(new is old for new, old in zip(items, value, strict=True)) else items
    return without_forbidden(value) if is_dataclass(value) else value
