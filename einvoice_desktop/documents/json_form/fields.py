"""A cautious cursor over decoded JSON: each wrong or missing field raises with its path."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from einvoice_desktop.documents.en16931.values import clean_text
from einvoice_desktop.ports.errors import UserError

MAX_BYTES = 100_000_000
_MAX_DIGITS = 30
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?")


def decode(content: bytes) -> Fields:
    """The object in a JSON text, numbers exact.

    Raises:
        UserError: ``ED-JSON-TOO-LARGE``, ``ED-JSON-ENCODING``, ``ED-JSON-SYNTAX``, ``ED-JSON-DUPLICATE`` or
            ``ED-JSON-TYPE`` when the text is not an object.
    """
    if len(content) > MAX_BYTES:
        raise UserError("ED-JSON-TOO-LARGE", path="")
    try:
        text = content.decode("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("ED-JSON-ENCODING", str(error), path="") from error
    try:
        value = json.loads(
            text,
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique,
        )
    except (ValueError, ArithmeticError) as error:
        raise UserError("ED-JSON-SYNTAX", str(error), path="") from error
    except RecursionError as error:
        raise UserError("ED-JSON-SYNTAX", "nested too deeply", path="") from error
    if not isinstance(value, dict):
        raise UserError("ED-JSON-TYPE", "an object is expected", path="", expected="object")
    return Fields(value, "")


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise UserError("ED-JSON-DUPLICATE", f"the key {double!r} is given twice", path=double)
    return result


class Fields:
    """One object of the JSON and where it stands.

    Attributes:
        path: dotted path (``invoice_lines.0``), empty at the top.
    """

    def __init__(self, data: Mapping[str, Any], path: str) -> None:
        self._data = data
        self.path = path

    def has(self, key: str) -> bool:
        """Whether ``key`` is given and not null."""
        return self._data.get(key) is not None

    def text(self, key: str, default: str = "") -> str:
        """A text; a number is taken as its digits (codes are often typed bare: ``380``, ``88``)."""
        value = self._data.get(key)
        if value is None:
            return default
        if isinstance(value, Decimal) and value == value.to_integral_value() and value.adjusted() < _MAX_DIGITS:
            return f"{value:.0f}"
        if not isinstance(value, str):
            raise self.wrong(key, "text")
        return clean_text(value)

    def required_text(self, key: str) -> str:
        """A text that may not be missing or blank."""
        value = self.text(key)
        if not value:
            raise self.missing(key)
        return value

    def texts(self, mapping: Mapping[str, str]) -> dict[str, Any]:
        """Texts under the keys of ``mapping``, by its attribute names."""
        return {attribute: self.text(key) for attribute, key in mapping.items()}

    def optional_number(self, key: str) -> Decimal | None:
        """A finite number, given as such or as text; ``None`` without."""
        value = self._data.get(key)
        if value is None:
            return None
        if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
            value = Decimal(value.strip())
        if not isinstance(value, Decimal) or not _is_bounded(value):
            raise self.wrong(key, "number")
        return value

    def number(self, key: str, default: Decimal | None = None) -> Decimal:
        """A number; missing raises unless there is a ``default``."""
        value = self.optional_number(key)
        if value is None:
            if default is None:
                raise self.missing(key)
            return default
        return value

    def day(self, key: str) -> date | None:
        """A day written ``AAAA-MM-JJ``; a time after it is left out."""
        value = self.text(key)
        if not value:
            return None
        day = _DAY.match(value)
        try:
            if day is None or value[10:11] not in {"", "T", " "}:
                raise ValueError(value)
            return date.fromisoformat(day[0])
        except ValueError as error:
            raise UserError("ED-JSON-DATE", str(error), path=self._at(key), value=value[:40]) from error

    def required_day(self, key: str) -> date:
        """A day that may not be missing."""
        value = self.day(key)
        if value is None:
            raise self.missing(key)
        return value

    def child(self, key: str) -> Fields | None:
        """An object below, ``None`` without."""
        value = self._data.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.wrong(key, "object")
        return Fields(value, self._at(key))

    def required_child(self, key: str) -> Fields:
        """An object below that may not be missing."""
        value = self.child(key)
        if value is None:
            raise self.missing(key)
        return value

    def children(self, key: str, *, is_required: bool = False) -> list[Fields]:
        """The objects of an array, empty without."""
        value = self._data.get(key)
        if value is None:
            if is_required:
                raise self.missing(key)
            return []
        if not isinstance(value, list):
            raise self.wrong(key, "array")
        path = self._at(key)
        for index, item in enumerate(value):
            if not isinstance(item, dict):
                raise UserError("ED-JSON-TYPE", "an object is expected", path=f"{path}.{index}", expected="object")
        return [Fields(item, f"{path}.{index}") for index, item in enumerate(value)]

    def missing(self, key: str) -> UserError:
        """The error for a missing ``key``."""
        return UserError("ED-JSON-MISSING", f"{self._at(key)} is missing", path=self._at(key))

    def wrong(self, key: str, expected: str) -> UserError:
        """The error for a ``key`` that is not what was ``expected``."""
        return UserError("ED-JSON-TYPE", f"{self._at(key)}: {expected} expected", path=self._at(key), expected=expected)

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def _is_bounded(value: Decimal) -> bool:
    """Finite and of a size a document may hold: ``1e999999999`` would fill the memory once written out."""
    if not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    return value.adjusted() < _MAX_DIGITS and isinstance(exponent, int) and exponent >= -_MAX_DIGITS
