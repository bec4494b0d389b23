"""How the program starts: the window, or a command."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from einvoice_desktop import __version__
from einvoice_desktop.bootstrap.program import Program, Tools
from einvoice_desktop.bootstrap.yardstick import START_VARIABLE, print_elapsed

if TYPE_CHECKING:
    from einvoice_desktop.cli.program import Program as AnyProgram
    from einvoice_desktop.system.paths import Places


class Programs:
    """What the command line opens."""

    @contextmanager
    def open(self, store: Path | None, *, pace: float = 2.0, must_exist: bool = False) -> Iterator[Program]:
        """A program over ``store``, closed at the end; the store is made when absent unless it ``must_exist``."""
        path = store or _usual_store()
        if must_exist and not path.exists():
            from einvoice_desktop.ports.errors import UserError

            raise UserError("ED-STORE-MISSING", path=str(path))
        program = Program(path, pace=pace)
        try:
            yield program
        finally:
            program.close()

    @staticmethod
    def read_file(path: Path, limit: int) -> bytes:
        """The bytes of a regular file of 1 to ``limit`` bytes."""
        from einvoice_desktop.system.files import read_bounded

        return read_bounded(path, limit)

    @contextmanager
    def tools(self) -> Iterator[Tools]:
        """Reading and judging, without a store."""
        tools = Tools()
        try:
            yield tools
        finally:
            tools.close()

    def window(self, store: Path | None) -> int:
        """The window, with its synchronisation thread."""
        import os
        import subprocess

        from einvoice_desktop.system.logs import Logs
        from einvoice_desktop.system.paths import find_places
        from einvoice_desktop.ui.app import run

        launched = os.environ.get(START_VARIABLE)
        wanted: list[Path] = []
        with Logs(find_places().logs), self.open(store) as program:
            code = run(
                program.services,
                store_label=str(program.store_file),
                started=(lambda: print_elapsed(launched)) if launched else (lambda: self._warm(program)),
                closes_at_once=bool(launched),
                reopen=wanted.append,
            )
        for path in wanted:  # a process of its own: this one has let go of its store
            subprocess.Popen([sys.executable, "-m", "einvoice_desktop", "--store", str(path)])
        return code

    @staticmethod
    def _warm(program: Program) -> None:
        """Once the window is there: what is slow to load is loaded, and the synchronisation begins."""
        threading.Thread(target=program.warm_up, name="warm-up", daemon=True).start()
        program.sync.start()

    def screenshots(self, program: AnyProgram, directory: Path) -> list[Path]:
        """Pictures of every screen."""
        from einvoice_desktop.ui.app import take_screenshots

        return take_screenshots(program.services, directory)

    def serve_sandbox(self, state: Path | None, port: int, ready: Callable[[dict[str, str]], None]) -> None:
        """The practice platform, until Ctrl+C or a request to end."""
        from einvoice_desktop.documents.cdar import CdarWriter
        from einvoice_desktop.sandbox import SandboxServer
        from einvoice_desktop.system.paths import find_places

        if state is None:
            state = _prepared(find_places()).data / "plateforme.sqlite3"
        with _until_asked_to_stop() as wait, self.tools() as tools:
            server = SandboxServer(state, tools.rules, tools.reader, CdarWriter(), port=port)
            with server:
                profile = server.profile()
                ready(
                    {
                        "base_url": server.base_url,
                        "console_url": server.console_url,
                        "flow_url": profile.flow_url,
                        "directory_url": profile.directory_url,
                        "token_url": profile.token_url,
                        "client_id": profile.client_id,
                        "client_secret": server.CLIENT_SECRET,
                    }
                )
                wait()

    def bench(self, *, quick: bool) -> dict[str, object]:
        """Measures beside their limits."""
        from einvoice_desktop.bootstrap.yardstick import Yardstick
        from einvoice_desktop.cli.bench import measure

        return measure(Yardstick(self), quick=quick)


def _usual_store() -> Path:
    """Production when this computer has one, else the sandbox: a first try never has value by accident."""
    from einvoice_desktop.ports.unit_of_work import Environment
    from einvoice_desktop.system.paths import find_places

    places = _prepared(find_places())
    production = places.store(Environment.PRODUCTION)
    return production if production.exists() else places.store(Environment.SANDBOX)


def _prepared(places: Places) -> Places:
    """``places`` with their folders made."""
    from einvoice_desktop.ports.errors import UserError

    try:
        places.prepare()
    except OSError as error:
        raise UserError("ED-STORE-READONLY", str(error), path=str(places.data)) from error
    return places


@contextmanager
def _until_asked_to_stop() -> Iterator[Callable[[], None]]:
    """A function that waits for Ctrl+C or SIGTERM, whichever comes and even if it came before."""
    import signal

    asked = threading.Event()
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = {kind: signal.signal(kind, lambda *_: asked.set()) for kind in kinds}

    def wait() -> None:
        while not asked.wait(1.0):  # bounded: elsewhere than on Linux a wait without end cannot be interrupted
            pass

    try:
        yield wait
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


def _window_only(arguments: list[str]) -> Path | bool | None:
    """The store of a plain start of the window (``False`` for any other command): the parser is slow to load."""
    if not arguments:
        return None
    is_store = len(arguments) == len(("--store", "FILE")) and arguments[0] == "--store"
    return Path(arguments[1]) if is_store else False


def main(arguments: list[str] | None = None) -> int:
    """Run the program; the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    store = _window_only(given)
    if not isinstance(store, bool):
        return _open_window(store)
    from einvoice_desktop.cli.app import build, run

    return run(build(Programs(), __version__), given)


def _open_window(store: Path | None) -> int:
    """The window, or the sentence that says why it does not open."""
    from einvoice_desktop.ports.errors import UserError

    try:
        return Programs().window(store)
    except UserError as error:
        from einvoice_desktop.cli.words import sentence

        sys.stderr.write(f"{sentence(error.code, error.params)} [{error.code}]\n")
        return 2
