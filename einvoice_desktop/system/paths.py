"""Where this computer keeps what belongs to the program, and places that are bad for a store."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from einvoice_desktop.ports.unit_of_work import Environment

APPLICATION = "einvoice-desktop"
HOME_VARIABLE = "EINVOICE_HOME"
"""Puts everything under one folder: a USB key, a test."""

_SYNCHRONISED = (
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("mobile documents", "iCloud Drive"),
    ("icloud", "iCloud Drive"),
    ("nextcloud", "Nextcloud"),
    ("kdrive", "kDrive"),
)
_NETWORK_KINDS = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ncpfs", "davfs", "fuse.davfs2")


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of the program.

    Attributes:
        data: stores. config: the sealed file of secrets. cache: what can be made again. logs: the log files.
    """

    data: Path
    config: Path
    cache: Path
    logs: Path

    def store(self, environment: Environment) -> Path:
        """The default store file of ``environment``: sandbox and production never share one (R-037)."""
        return self.data / f"{environment.value}.sqlite3"

    def prepare(self) -> None:
        """Make the folders, open to their owner only."""
        for folder in (self.data, self.config, self.cache, self.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def find_places(variables: Mapping[str, str] = os.environ) -> Places:
    """The folders this system reserves for programs, or those under ``EINVOICE_HOME``."""
    root = variables.get(HOME_VARIABLE)
    if root:
        home = Path(root).expanduser().absolute()
        return Places(home / "data", home / "config", home / "cache", home / "logs")
    from platformdirs import PlatformDirs  # noqa: PLC0415 - not needed when EINVOICE_HOME is set

    folders = PlatformDirs(APPLICATION, appauthor=False)
    return Places(folders.user_data_path, folders.user_config_path, folders.user_cache_path, folders.user_log_path)


def shared_by(path: Path, mounts: str | None = None) -> str:
    """Who else writes where ``path`` lies: name of a synchronisation service, ``network``, or empty.

    A SQLite file there gets lost or torn. ``mounts`` is the text of ``/proc/self/mounts``, read when not given.
    """
    resolved = path.expanduser().absolute()
    if str(resolved).startswith(("\\\\", "//")):
        return "network"
    for part in resolved.parts[:-1]:
        for start, service in _SYNCHRONISED:
            if part.lower().startswith(start):
                return service
    return "network" if _mount_kind(resolved, _mounts() if mounts is None else mounts) in _NETWORK_KINDS else ""


def _mounts() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _mount_kind(path: Path, mounts: str) -> str:
    """Kind of the file system of the deepest mount above ``path``."""
    best, kind = Path(), ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:  # noqa: PLR2004 - device, place, kind
            continue
        # A space is written \040 in that text.
        place = Path(fields[1].replace("\\040", " "))
        if path.is_relative_to(place) and len(place.parts) >= len(best.parts):
            best, kind = place, fields[2]
    return kind
