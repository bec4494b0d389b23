"""Whether a path names a field of the form, or of the records a document and its parties are made of."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from typing import Any

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.parties import Buyer, Company

_SUBJECTS = ("PMT", "PMD", "AAB", "BAR", "TXD")


def exists(path: str) -> bool:
    """``lines.*.vat``, ``seller.address.country``, ``totals.due``, ``notes.PMT`` exist; ``lines.*.vatt`` does not."""
    head, _, rest = path.partition(".")
    if head == "notes":
        return not rest or rest in _SUBJECTS
    if head == "seller" and _leads(Company, rest):
        return True
    if head == "buyer" and _leads(Buyer, rest):
        return True
    return _leads(DraftForm, path) or _leads(Invoice, path)


def _leads(record: Any, path: str) -> bool:
    head, _, rest = path.partition(".")
    if head == "*":
        return not rest or _leads(record, rest)
    if isinstance(getattr(record, head, None), property):
        return not rest
    known = typing.get_type_hints(record) if is_dataclass(record) else {}
    if head not in known or head not in {field.name for field in fields(record)}:
        return False
    return not rest or any(_leads(kind, rest) for kind in _records_in(known[head]))


def _records_in(kind: Any) -> list[Any]:
    """The dataclasses inside ``tuple[Line, ...]`` or ``Party | None``."""
    if is_dataclass(kind):
        return [kind]
    if typing.get_origin(kind) in {types.UnionType, typing.Union, tuple}:
        return [found for part in typing.get_args(kind) for found in _records_in(part)]
    return []
