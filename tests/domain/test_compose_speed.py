"""A form of 300 lines is read between two keys (processor time of this process, whatever else the machine does)."""

from __future__ import annotations

import time
from dataclasses import replace
from statistics import median

import pytest

from einvoice_desktop.domain.draft import DraftForm, DraftLine
from tests.domain.forms import form, read

pytestmark = pytest.mark.bench

LIMIT = 0.015


def long_form(mark: str, **changes: object) -> DraftForm:
    """300 lines nobody has read yet, as ``mark`` is new."""
    rows = tuple(
        DraftLine(
            f"Prestation {mark} {index}",
            f"{index % 7 + 1},5",
            "HUR",
            f"{index + 3},{index % 100:02d}",
            ("S20", "S10", "S5.5")[index % 3],
            discount="5" if index % 2 else "",
            description="Description de la prestation",
        )
        for index in range(300)
    )
    return form(*rows, **changes)


@pytest.mark.parametrize("changes", [{}, {"prices_include_vat": "yes"}])
def test_the_first_reading_of_300_lines(changes: dict[str, str]) -> None:
    read(long_form("warm", **changes))
    spent = []
    for turn in range(7):
        filled = long_form(f"{turn}-{changes}", **changes)
        start = time.process_time()
        read(filled)
        spent.append(time.process_time() - start)
    assert median(spent) <= LIMIT, [f"{seconds * 1000:.1f} ms" for seconds in spent]


def test_a_key_typed_in_a_form_of_300_lines() -> None:
    filled = long_form("typed")
    read(filled)
    spent = []
    for key in range(9):
        lines = (*filled.lines[:-1], replace(filled.lines[-1], name=f"Prestation {'x' * key}"))
        start = time.process_time()
        read(replace(filled, lines=lines))
        spent.append(time.process_time() - start)
    assert median(spent) <= LIMIT / 2, [f"{seconds * 1000:.1f} ms" for seconds in spent]
