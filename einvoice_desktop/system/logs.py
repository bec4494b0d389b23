"""The log: one JSON line per record in a rotating file, and on the terminal when asked; secrets never.

Every room logs through the standard ``logging``; records of libraries go the same way and are redacted too.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from einvoice_desktop.system.redaction import redacted

FILE_NAME = "einvoice-desktop.log"
FILE_SIZE, FILES_KEPT = 1_000_000, 5
"""Bytes before the file turns over, and how many old ones stay."""

_QUIET = ("httpcore", "asyncio", "fontTools", "PIL", "multipart", "python_multipart", "keyring")
"""Libraries that say too much below a warning."""


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> dict[str, object]:
    """A structlog processor: every value of the record as it may be written."""
    return {name: redacted(value, name) for name, value in event.items()}


class JsonLines(logging.Formatter):
    """Formats with structlog, imported at the first record only: start-up does not wait for it."""

    def __init__(self) -> None:
        super().__init__()
        self._formatter: logging.Formatter | None = None

    def format(self, record: logging.LogRecord) -> str:
        """One JSON object, keys in reading order, exceptions without local variables."""
        if self._formatter is None:
            self._formatter = _structured()
        return self._formatter.format(record)


def _structured() -> logging.Formatter:
    import structlog  # noqa: PLC0415 - heavy

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.EventRenamer("message"),
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
    )


class Logs:
    """The open log; close it when the program ends.

    Attributes:
        path: the file being written.
    """

    def __init__(self, folder: Path, *, is_verbose: bool = False) -> None:
        """Send the records of the whole process to ``folder``, and to the terminal (debug) when ``is_verbose``."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = folder / FILE_NAME
        file = RotatingFileHandler(self.path, maxBytes=FILE_SIZE, backupCount=FILES_KEPT, encoding="utf-8", delay=True)
        file.setLevel(logging.INFO)
        self._handlers: list[logging.Handler] = [file]
        if is_verbose:
            self._handlers.append(logging.StreamHandler(sys.stderr))
        root = logging.getLogger()
        self._previous_level = root.level
        root.setLevel(logging.DEBUG if is_verbose else logging.INFO)
        formatter = JsonLines()
        for handler in self._handlers:
            handler.setFormatter(formatter)
            root.addHandler(handler)
        for name in _QUIET:
            logging.getLogger(name).setLevel(logging.WARNING)

    def close(self) -> None:
        """Write what is left and let go of the file."""
        root = logging.getLogger()
        for handler in self._handlers:
            root.removeHandler(handler)
            handler.close()
        self._handlers.clear()
        root.setLevel(self._previous_level)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
