"""Files shipped with the program: ``resources/`` of a checkout, ``_resources/`` of an installed wheel; rules in French.

May import: nothing of the program.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(name: str) -> Path:
    """The shipped file or folder ``name`` (``icons/einvoice-desktop.svg``).

    Raises:
        FileNotFoundError: nothing of that name was shipped.
    """
    for folder in (_PACKAGE / "_resources", _PACKAGE.parent / "resources"):
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(f"no shipped resource {name!r}")
