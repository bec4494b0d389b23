"""Start the program on a machine that has nothing but Python: ``python3 packaging/run.py [arguments]``.

Makes the environment the first time. Without a screen and without arguments it plays the demonstration instead.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import environment
import libraries


def main(arguments: list[str]) -> int:
    """Run the program with ``arguments`` and return its exit code."""
    environment.require_python()
    python = environment.ensure(environment.RUN)
    variables = environment.variables()
    if not libraries.has_screen():
        variables.setdefault("QT_QPA_PLATFORM", "offscreen")
        if not arguments:
            return demonstrate(python, variables)
    command = [str(python), "-P", "-m", "einvoice_desktop", *arguments]
    if os.name == "posix":
        os.execve(command[0], command, variables)
    return subprocess.call(command, env=variables)


def demonstrate(python: Path, variables: dict[str, str]) -> int:
    """Play the demonstration and say where its files are."""
    output = demonstration_folder()
    print("Pas d'écran ici : la démonstration est jouée sans fenêtre.", flush=True)
    command = [str(python), "-P", "-m", "einvoice_desktop", "demo", "--output", str(output)]
    code = subprocess.call(command, env=variables)
    if code != 0:
        print(f"La démonstration s'est arrêtée (code {code}).", file=sys.stderr)
        return code
    count = sum(1 for path in output.rglob("*") if path.is_file())
    print(f"La démonstration a laissé {count} fichiers dans {output}")
    return 0


def demonstration_folder() -> Path:
    """``./demonstration``, or a temporary folder where this one cannot be written."""
    here = Path.cwd()
    if os.access(str(here), os.W_OK):
        return here / "demonstration"
    return Path(tempfile.mkdtemp(prefix="einvoice-desktop-")) / "demonstration"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
