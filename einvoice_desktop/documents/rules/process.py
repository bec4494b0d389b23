"""One child process that runs the rules: started, asked, stopped. Used by one thread at a time, except :meth:`kill`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

import einvoice_desktop
from einvoice_desktop.documents.rules.wire import read_frame, write_frame

_PROJECT = Path(einvoice_desktop.__file__).resolve().parent.parent
_ORPHAN_MARGIN = 30
"""Seconds past our time-out after which a worker without parent ends by itself."""

_GRACE = 2.0
"""Seconds a worker gets to leave by itself once its pipe is closed."""


class WorkerFailedError(Exception):
    """The worker gave no answer: it could not start, died, or was too late (and was killed)."""


class WorkerProcess:
    """A worker, started but not yet ready: see :meth:`wait_until_ready`.

    Args:
        timeout: seconds one request may take.

    Raises:
        WorkerFailedError: the system starts no process.
    """

    def __init__(self, timeout: float) -> None:
        self._lock = threading.Lock()
        self._expired = False
        try:
            self._child = subprocess.Popen(
                worker_command("worker", str(int(timeout) + _ORPHAN_MARGIN)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_PROJECT,
                env=worker_environment(),
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise WorkerFailedError(f"the worker cannot start: {error}") from error
        self._stdin = cast("BinaryIO", self._child.stdin)
        self._stdout = cast("BinaryIO", self._child.stdout)

    @property
    def pid(self) -> int:
        """Process identifier."""
        return self._child.pid

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._child.poll() is None

    @property
    def is_late(self) -> bool:
        """Whether it was ended for being late."""
        with self._lock:
            return self._expired

    def wait_until_ready(self, timeout: float) -> None:
        """Wait for its first word.

        Raises:
            WorkerFailedError: it cannot serve, or ``timeout`` seconds passed.
        """
        hello = self._receive(timeout)
        if "broken" in hello:
            raise WorkerFailedError(f"the worker cannot start: {hello['broken']}")

    def ask(self, kind: bytes, body: bytes, timeout: float) -> dict[str, Any]:
        """The answer to one request.

        Raises:
            WorkerFailedError: it died, or ``timeout`` seconds passed; it is dead then.
        """
        return self._receive(timeout, kind, body)

    def kill(self) -> None:
        """End it at once, from any thread; whoever waits for an answer gets :class:`WorkerFailedError`."""
        self._child.kill()

    def stop(self) -> None:
        """Close its pipe, wait for its end (kill it when it lingers), and free everything it held."""
        with suppress(OSError):  # it died with a request half read
            self._stdin.close()
        try:
            self._child.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._stdout.close()

    def _receive(self, timeout: float, *request: bytes) -> dict[str, Any]:
        """Send ``request`` when there is one and wait for one answer; a timer ends the worker when it is late."""
        timer = threading.Timer(timeout, self._expire)
        timer.daemon = True
        timer.start()
        frame: bytes | None = None
        try:
            with suppress(OSError):  # a broken pipe: it died
                if request:
                    write_frame(self._stdin, *request)
                frame = read_frame(self._stdout)
        finally:
            with self._lock:
                timer.cancel()
                is_late = self._expired
            timer.join()
        if frame is None or is_late:
            raise WorkerFailedError(self._why(timeout, is_late=is_late))
        answer: dict[str, Any] = json.loads(frame)
        return answer

    def _expire(self) -> None:
        with self._lock:
            self._expired = True
            self._child.kill()

    def _why(self, timeout: float, *, is_late: bool) -> str:
        if is_late:
            return f"no verdict within {timeout:g} s"
        try:
            code = self._child.wait(_GRACE)
        except subprocess.TimeoutExpired:
            return "the worker closed its pipe"
        return f"the worker died (signal {-code})" if code < 0 else f"the worker died (exit code {code})"


def worker_command(module: str, *arguments: str) -> list[str]:
    """Command line of a module of this package, run by the same Python; the current folder is no source of code."""
    return [sys.executable, "-P", "-m", f"{__package__}.{module}", *arguments]


def worker_environment() -> dict[str, str]:
    """Ours; when the package is not installed, with the folder it was imported from first in line."""
    ours = dict(os.environ)
    if str(_PROJECT) not in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        ours["PYTHONPATH"] = os.pathsep.join(part for part in (str(_PROJECT), ours.get("PYTHONPATH", "")) if part)
    return ours
