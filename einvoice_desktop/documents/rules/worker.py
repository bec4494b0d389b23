"""The worker process: reads requests on standard input, answers on standard output, dies with its parent.

Started as ``python -m einvoice_desktop.documents.rules.worker SECONDS``. It knows nothing of the window, the store or
the network, so it starts fast and stays small.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import TYPE_CHECKING, BinaryIO

from einvoice_desktop.documents.rules.wire import CHECK, PING, WARM, read_frame, write_frame

if TYPE_CHECKING:
    from einvoice_desktop.documents.rules.judge import Judge


def main() -> int:
    """Serve until standard input closes; 0 when it did, 1 when the rule engine is not there."""
    inbox, outbox = _take_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which then closes our pipe
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    try:
        from einvoice_desktop.documents.rules.judge import Judge

        judge = Judge()
    except Exception as error:  # noqa: BLE001 - whatever is broken, the program must hear it
        _send(outbox, {"broken": f"{type(error).__name__}: {error}"})
        return 1
    _send(outbox, {"ready": True})
    while (request := read_frame(inbox)) is not None:
        _limit(seconds)
        answer = _answer(judge, request)
        _limit(0)
        try:
            _send(outbox, answer)
        except OSError:
            break  # the parent is gone
    return 0


def _answer(judge: Judge, request: bytes) -> object:
    from einvoice_desktop.documents.rules import rulebook
    from einvoice_desktop.documents.rules.judge import empty_reply

    try:
        if request[:1] == WARM:
            judge.load(rulebook.CII_EN16931)
            return empty_reply()
        if request[:1] == PING:
            return empty_reply()
        if request[:1] == CHECK:
            return judge.check(request[1:])
    except Exception as error:  # noqa: BLE001 - what could not run is « non vérifié », never a pass
        return empty_reply() | {"why_not_checked": f"{type(error).__name__}: {error}"}
    return empty_reply() | {"why_not_checked": "unknown request"}


def _send(outbox: BinaryIO, answer: object) -> None:
    write_frame(outbox, json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Both ends for us alone: whatever a library prints must not land among the answers."""
    outbox = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(outbox.fileno(), os.O_BINARY)
    return sys.stdin.buffer, outbox


def _limit(seconds: int) -> None:
    """Let the system end us when a document takes for ever and no parent is left to do it; 0 lifts the limit.

    Neither a thread nor a handler would do: the rule engine holds Python's lock while it works.
    """
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


if __name__ == "__main__":
    raise SystemExit(main())
