"""The shared libraries of the system that Qt's wheels do not carry, and the Debian packages that bring them.

The tables are what the ELF headers of PySide6 6.12 ask for (``tests/packaging/test_libraries.py`` reads them again).
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from typing import NoReturn

DRAWING = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Needed by QtGui, QtWidgets, QtSvg and QtPdf even without a screen."""

X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Needed besides by a window on X11."""

WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""Needed besides by a window on Wayland."""


ALL = {**DRAWING, **X11, **WAYLAND}
"""Every soname and its package."""


def stop(sentence: str) -> NoReturn:
    """End with the one line that says what is missing."""
    print("einvoice-desktop : " + sentence, file=sys.stderr)
    raise SystemExit(2)


def has_screen() -> bool:
    """Whether a window could be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    is_remote_screen = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in ("vnc", "linuxfb", "eglfs")
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or is_remote_screen)


def wanted() -> dict[str, str]:
    """Sonames to packages of what this session needs: drawing always, the window system when there is one."""
    table = dict(DRAWING)
    if os.environ.get("DISPLAY"):
        table.update(X11)
    if os.environ.get("WAYLAND_DISPLAY"):
        table.update(WAYLAND)
    return table


def missing(table: dict[str, str]) -> list[str]:
    """The sonames of ``table`` that this system cannot load."""
    return [soname for soname in sorted(table) if not _loads(soname)]


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def require(*, with_venv: bool) -> None:
    """What the system must bring: Qt's libraries, and ``venv`` when an environment is to be made.

    Installed when root on Debian; otherwise one line says what is missing and the command to type.
    """
    absent = missing(wanted()) if sys.platform.startswith("linux") else []
    lacks_venv = with_venv and not has_venv()
    if not absent and not lacks_venv:
        return
    reason = "il manque " + ", ".join(absent + (["le module venv de Python"] if lacks_venv else []))
    is_packaged = not lacks_venv or sys.executable.startswith("/usr/bin/")
    if shutil.which("apt-get") is None or not is_packaged:
        stop(reason + " : installez-les avec l'outil de votre système.")
    packages = {ALL[soname] for soname in absent} | ({"python3-venv"} if lacks_venv else set())
    install_or_stop(sorted(packages), reason)
    if missing(wanted()) or (with_venv and not has_venv()):
        stop(reason + ", même après apt-get install.")
    if lacks_venv:  # the package may have renewed the interpreter that is running
        os.execv(sys.executable, [sys.executable, *sys.argv])


def has_venv() -> bool:
    """Whether ``python -m venv`` would work: Debian ships ``ensurepip`` apart."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("venv") is not None and importlib.util.find_spec("ensurepip") is not None


def install_or_stop(packages: list[str], reason: str) -> None:
    """Install Debian ``packages`` as root; anybody else, or a failure, is told the exact command."""
    by_hand = "sudo apt-get install " + " ".join(packages)
    if os.geteuid() != 0:
        stop(f"{reason} ; tapez : {by_hand}")
    print("Installation par apt : {}".format(" ".join(packages)), file=sys.stderr)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-q"], install):
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0:
        stop(f"{reason} et apt n'a pas pu les installer ; quand le réseau sera là, tapez : {by_hand}")
