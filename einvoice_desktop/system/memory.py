"""Memory of a process, for measures."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_KIB = 1024


def resident(pid: int | None = None) -> int:
    """Bytes ``pid`` (this process by default) holds in memory, its part of shared pages included.

    Proportional size on Linux; elsewhere the peak resident size of this process, 0 for another one.
    """
    try:
        text = Path(f"/proc/{pid or os.getpid()}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return _peak() if pid in {None, os.getpid()} else 0
    line = next(row for row in text.splitlines() if row.startswith("Pss:"))
    return int(line.split()[1]) * _KIB


def _peak() -> int:
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - absent on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * _KIB
