"""Small records inside a column, as canonical JSON; read back whatever fields the program had when it wrote them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

RecordT = TypeVar("RecordT")


def to_text(value: object) -> str:
    """``value`` (records, tuples, dictionaries, texts, integers) as JSON, keys sorted, no spaces."""
    text = json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    if text.isascii() or text.encode("utf-8", "ignore").decode() == text:
        return text
    # Half a character, as a broken paste may leave, has no UTF-8: it is kept as an escape.
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def record(kind: type[RecordT], values: Mapping[str, Any]) -> RecordT:
    """A ``kind`` from the values it knows: a field since removed is ignored, one since added takes its default."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in values.items() if name in known})


def from_text(kind: type[RecordT], text: str) -> RecordT:
    """The record written by :func:`to_text`."""
    return record(kind, json.loads(text))


def from_text_or_none(kind: type[RecordT], text: str | None) -> RecordT | None:
    """The record written by :func:`to_text`, ``None`` for none."""
    return None if text is None else from_text(kind, text)


def many_from_text(kind: type[RecordT], text: str) -> tuple[RecordT, ...]:
    """The records of a JSON list."""
    return tuple(record(kind, item) for item in json.loads(text))


def flat(value: object, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of a record by name, not converted."""
    left_out = set(without)
    return {f.name: getattr(value, f.name) for f in fields(value) if f.name not in left_out}  # type: ignore[arg-type]
