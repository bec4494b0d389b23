"""Keeps ``None``, ``True`` and ``False`` alive under Python 3.11.

PySide6 6.12 is built for an interpreter in which they are immortal (Python 3.12): a Qt method that returns nothing gives
back a reference it never took. Under Python 3.11 the count of ``None`` runs down with every painted widget until the
interpreter stops with « deallocating None ». Nothing happens on later versions.
"""

from __future__ import annotations

import ctypes
import sys

_PLENTY = 1 << 56
"""More references than any program could lose in years, far below the limit of the counter."""
_SINGLETONS = (None, True, False, NotImplemented, Ellipsis)
_guarded: list[bool] = []


def keep_none_alive() -> None:
    """Give the singletons references to lose; once for each program."""
    if sys.version_info >= (3, 12) or _guarded:
        return
    _guarded.append(True)
    for singleton in _SINGLETONS:
        ctypes.c_ssize_t.from_address(id(singleton)).value += _PLENTY
