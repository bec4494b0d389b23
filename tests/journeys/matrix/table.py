"""The table of the matrix: kinds of documents by VAT case, with what each judge found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.journeys.matrix.plan import Case

JUDGES = ("amounts", "story", "terms", "CII", "UBL", "Mustang", "veraPDF")


@dataclass
class Row:
    """Verdicts of one document; a judge that is absent had nothing to look at."""

    case: Case
    verdicts: dict[str, list[str]] = field(default_factory=dict)


def render(rows: Iterable[Row], refused: Iterable[Case]) -> str:
    """One line per kind and VAT case: documents, then for each judge how many it passed of those it saw."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    missing: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        groups[row.case.kind.name, row.case.vat.name].append(row)
    for case in refused:
        missing[case.kind.name, case.vat.name] += 1
    head = f"{'kind':12} {'VAT case':18} {'docs':>4}  " + "  ".join(f"{judge:>9}" for judge in JUDGES) + "  not made"
    lines = [head]
    for key in sorted({*groups, *missing}):
        some = groups[key]
        cells = [_cell(some, judge) for judge in JUDGES]
        lines.append(
            f"{key[0]:12} {key[1]:18} {len(some):>4}  "
            + "  ".join(f"{cell:>9}" for cell in cells)
            + (f"  {missing[key]}" if missing[key] else "")
        )
    every = [row for some in groups.values() for row in some]
    cells = [_cell(every, judge) for judge in JUDGES]
    lines.append(
        f"{'all':12} {'':18} {len(every):>4}  "
        + "  ".join(f"{cell:>9}" for cell in cells)
        + f"  {sum(missing.values())}"
    )
    return "\n".join(lines)


def _cell(rows: list[Row], judge: str) -> str:
    seen = [row.verdicts[judge] for row in rows if judge in row.verdicts]
    good = sum(not found for found in seen)
    return f"{good}/{len(seen)}" if seen else "-"
