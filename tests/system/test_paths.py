"""Where things are kept, and where a store should not lie."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from einvoice_desktop.ports.unit_of_work import Environment
from einvoice_desktop.system.paths import find_places, shared_by

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
nas:/compta /home/jeanne/Comp\\040ta nfs4 rw 0 0
tmpfs /home/jeanne/Comp\\040ta/ici tmpfs rw 0 0
//serveur/partage /mnt/partage cifs rw 0 0
"""


def test_everything_lies_under_the_folder_asked_for(tmp_path: Path) -> None:
    places = find_places({"EINVOICE_HOME": str(tmp_path / "clé")})
    places.prepare()
    assert all(
        folder.is_dir() and folder.is_relative_to(tmp_path)
        for folder in (places.data, places.config, places.cache, places.logs)
    )


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_folders_are_open_to_their_owner_only(tmp_path: Path) -> None:
    places = find_places({"EINVOICE_HOME": str(tmp_path)})
    places.prepare()
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (places.data, places.logs)} == {0o700}


def test_sandbox_and_production_are_two_files(tmp_path: Path) -> None:
    places = find_places({"EINVOICE_HOME": str(tmp_path)})
    assert len({places.store(environment) for environment in Environment}) == len(Environment)


def test_without_a_wish_the_systems_own_folders_are_used() -> None:
    places = find_places({})
    assert places.data.is_absolute()
    assert "einvoice-desktop" in places.data.parts


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/home/jeanne/factures.sqlite3", ""),
        ("/home/jeanne/OneDrive - Atelier/factures.sqlite3", "OneDrive"),
        ("/home/jeanne/Dropbox/factures.sqlite3", "Dropbox"),
        ("/Users/j/Library/Mobile Documents/com~apple~CloudDocs/f.sqlite3", "iCloud Drive"),
        ("/home/jeanne/Comp ta/factures.sqlite3", "network"),
        ("/home/jeanne/Comp ta/ici/factures.sqlite3", ""),
        ("/mnt/partage/a/b.sqlite3", "network"),
        ("/home/jeanne/dropbox.sqlite3", ""),
    ],
)
def test_places_where_somebody_else_writes_are_named(path: str, who: str) -> None:
    assert shared_by(Path(path), MOUNTS) == who
