"""Where the files shipped with the program are: ``resources/`` of a checkout, ``_resources/`` of an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The shipped file or folder ``name`` (``icons/einvoice-desktop.svg``).

    Raises:
        FileNotFoundError: nothing of that name was shipped.
    """
    for folder in (_PACKAGE / "_resources", _PACKAGE.parent / "resources"):
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(f"no shipped resource {name!r}")
