"""Where a page ends, as text the next call brings back."""

from __future__ import annotations

import json


def key_of(*values: str | int) -> str:
    """The values the last row of a page is placed by."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def values_of(key: str) -> tuple[str | int, ...]:
    """The values of a key; empty for no key or one that is not ours (the list then starts at its beginning)."""
    try:
        values = json.loads(key) if key else []
    except ValueError:
        return ()
    return tuple(values) if isinstance(values, list) else ()
