"""Run the tests on a machine that has nothing but Python: ``python3 packaging/test.py [pytest arguments]``."""

from __future__ import annotations

import subprocess
import sys

import environment


def main(arguments: list[str]) -> int:
    """Make the environment with the development lock, run pytest in it and return its exit code."""
    environment.require_python()
    python = environment.ensure(environment.DEV)
    variables = dict(environment.variables(), QT_QPA_PLATFORM="offscreen")
    return subprocess.call([str(python), "-m", "pytest", *arguments], cwd=str(environment.ROOT), env=variables)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
