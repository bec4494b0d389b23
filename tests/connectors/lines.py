"""A server that answers raw bytes over a real socket, or cuts the line: what no polite server does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

ABORT = b"<abort>"
STALL = b"<stall>"


class RawLine:
    """Answers each connection with the next of ``scripts``: pieces of bytes, ``ABORT`` or ``STALL``.

    Attributes:
        received: what each connection sent.
    """

    def __init__(self, scripts: list[list[bytes]]) -> None:
        self.received: list[bytes] = []
        self._scripts = scripts
        self._release = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="raw-line")
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _serve(self) -> None:
        for script in self._scripts:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                self.received.append(_request(connection))
                self._play(connection, script)

    def _play(self, connection: socket.socket, script: list[bytes]) -> None:
        for piece in script:
            if piece == ABORT:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
                return
            if piece == STALL:
                self._release.wait(10)
                return
            try:
                connection.sendall(piece)
            except OSError:
                return

    def close(self) -> None:
        self._release.set()
        with suppress(OSError):
            # Wakes an accept that still waits.
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._listener.close()
        self._thread.join(5)


def _request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return data
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
    while lengths and len(body) < int(lengths[0]):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@contextmanager
def raw_line(*scripts: list[bytes]) -> Iterator[RawLine]:
    line = RawLine(list(scripts))
    try:
        yield line
    finally:
        line.close()


def http(body: bytes, *, status: str = "200 OK", content_type: str = "application/json", extra: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{extra}\r\n"
    return head.encode() + body
