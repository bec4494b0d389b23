"""Run the checks that are not tests, in the program's own environment: ``python3 packaging/check.py [NAME…]``.

Without a name all of them run, to the end, and the exit code is 1 when one failed.
"""

from __future__ import annotations

import subprocess
import sys

import environment
import libraries

SCRIPTS = sorted(str(path) for path in environment.LOCKS.rglob("*.py"))
CHECKS = {
    "lock": [sys.executable, "packaging/lock.py", "--check"],
    "catalogue": ["packaging/catalogue.py", "--check"],
    "lint": ["-m", "ruff", "check"],
    "format": ["-m", "ruff", "format", "--check"],
    "types": ["-m", "mypy"],
    "scripts": ["-m", "mypy", *SCRIPTS],
    "imports": ["-c", "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"],
}
"""What each name runs: with this very interpreter when it is named, else with the one of the environment."""


def main(names: list[str]) -> int:
    """Run the checks called ``names`` (all without one) and return 1 when one failed."""
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        libraries.stop("contrôle inconnu : {} (connus : {})".format(", ".join(unknown), ", ".join(CHECKS)))
    environment.require_python()
    python = str(environment.ensure(environment.DEV))
    failed = []
    for name in names or list(CHECKS):
        command = CHECKS[name]
        command = command if command[0] == sys.executable else [python, *command]
        print(f"--- {name}", flush=True)
        if subprocess.call(command, cwd=str(environment.ROOT), env=environment.variables()) != 0:
            failed.append(name)
    if failed:
        print("En échec : {}".format(", ".join(failed)), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
