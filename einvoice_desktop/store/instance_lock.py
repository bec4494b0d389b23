"""One program per store: a lock of the operating system on a file beside it.

The system drops the lock when the process ends, however it ends (SIGKILL included), so nothing stale is left to
clean. The lock file itself stays: removing it would let two programs lock two different files of the same name.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from einvoice_desktop.ports.errors import UserError

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class InstanceLock:
    """The lock of one store, held until :meth:`release`."""

    def __init__(self, store: Path) -> None:
        """Take the lock of ``store``.

        Raises:
            UserError: ``ED-STORE-IN-USE``, another program has this store open; ``ED-STORE-READONLY``, the folder
                cannot be written.
        """
        path = store.with_name(f"{store.name}.lock")
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError as error:
            raise UserError("ED-STORE-READONLY", str(error), path=str(store)) from error
        try:
            _lock(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise UserError("ED-STORE-IN-USE", str(error), path=str(store)) from error

    def release(self) -> None:
        """Let another program open the store; a second call does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
