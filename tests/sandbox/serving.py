"""A practice platform in a process of its own, to be killed: ``python -m tests.sandbox.serving FILE PACE``."""

from __future__ import annotations

import sys
from pathlib import Path

from einvoice_desktop.documents.cdar import CdarWriter
from einvoice_desktop.documents.reading.reader import DocumentReader
from einvoice_desktop.sandbox import SandboxServer
from tests.sandbox.world import SayRules

if __name__ == "__main__":
    server = SandboxServer(Path(sys.argv[1]), SayRules(), DocumentReader(), CdarWriter(), pace=float(sys.argv[2]))
    print(server.start(), flush=True)
    sys.stdin.read()
    server.stop()
