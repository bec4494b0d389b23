"""The practice platform as the rest of the program needs it: started on demand, orders accepted even while it sleeps."""

from __future__ import annotations

import threading

from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.sandbox.scenarios import SCENARIOS, Resident
from einvoice_desktop.sandbox.server import SandboxServer


class EmbeddedPractice:
    """Implements :class:`einvoice_desktop.ports.pdp.PracticePlatform` over a server; callable from any thread."""

    def __init__(self, server: SandboxServer) -> None:
        self._server = server
        self._lock = threading.Lock()

    def start(self) -> tuple[PlatformProfile, str]:
        """Start it if it is not running; the profile to connect with and the client secret.

        Raises:
            UserError: its port is taken (``ED-SANDBOX-PORT``).
        """
        with self._lock:
            self._server.start()
            return self._server.profile(), self._server.CLIENT_SECRET

    def stop(self) -> None:
        """Stop it; its state is kept."""
        with self._lock:
            self._server.stop()

    def play(self, siren: str, scenario: str) -> None:
        """What that customer will do with what it receives; a scenario nobody knows is left aside."""
        if scenario in SCENARIOS:
            with self._lock:
                self._server.register(Resident(siren, status="", scenario=scenario))

    def deliver(self, content: bytes, syntax: str, name: str) -> None:
        """A supplier sends us ``content``; the platform is started for it."""
        with self._lock:
            self._server.start()
            self._server.deliver(content, syntax, name)
