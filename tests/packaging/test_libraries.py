"""What Qt needs of the system, and what is said when it is not there."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import PySide6
import pytest

from tests.packaging.elf import needed

Load = Callable[[str], ModuleType]

WHEEL = Path(PySide6.__file__).parent
OF_THE_SYSTEM = {
    "libc.so.6",
    "libdl.so.2",
    "libgcc_s.so.1",
    "libm.so.6",
    "libpthread.so.0",
    "libresolv.so.2",
    "librt.so.1",
    "libstdc++.so.6",
    "ld-linux-x86-64.so.2",
    "ld-linux-aarch64.so.1",
}
"""The C and C++ run-time, which every Python on Debian has."""

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="shared libraries of Linux")


def asked_by(*starts: str) -> set[str]:
    """What these files of the wheel and those they use inside it ask of the system."""
    inside = {path.name: path for path in (*WHEEL.glob("Qt/lib/*"), *WHEEL.glob("*.so*"))}
    inside |= {path.name: path for path in (WHEEL.parent / "shiboken6").glob("*.so*")}
    waiting = [WHEEL / start for start in starts]
    seen: set[str] = set()
    outside: set[str] = set()
    while waiting:
        for name in needed(waiting.pop()) - seen:
            seen.add(name)
            if name in inside:
                waiting.append(inside[name])
            else:
                outside.add(name)
    return outside - OF_THE_SYSTEM


@linux
def test_the_table_is_what_drawing_without_a_screen_asks_for(script: Load) -> None:
    bindings = [f"Qt{name}.abi3.so" for name in ("Core", "Gui", "Widgets", "Svg", "SvgWidgets", "Pdf", "PdfWidgets")]
    plugins = ["platforms/libqoffscreen", "imageformats/libqsvg", "iconengines/libqsvgicon", "imageformats/libqjpeg"]
    asked = asked_by(*bindings, *(f"Qt/plugins/{name}.so" for name in plugins))
    libraries = script("libraries")
    assert asked == set(libraries.DRAWING)


@linux
def test_the_tables_are_what_a_window_asks_for(script: Load) -> None:
    libraries = script("libraries")
    names = [
        "platforms/libqxcb",
        "xcbglintegrations/libqxcb-egl-integration",
        "xcbglintegrations/libqxcb-glx-integration",
    ]
    x11 = asked_by(*(f"Qt/plugins/{name}.so" for name in names))
    assert x11 - set(libraries.DRAWING) == set(libraries.X11)
    names = ["platforms/libqwayland", "wayland-shell-integration/libxdg-shell"]
    names += ["wayland-graphics-integration-client/libqt-plugin-wayland-egl", "wayland-decoration-client/libbradient"]
    wayland = asked_by(*(f"Qt/plugins/{name}.so" for name in names))
    assert wayland - set(libraries.DRAWING) == set(libraries.WAYLAND)


@linux
def test_what_is_there_is_not_missing_and_what_is_not_is(script: Load) -> None:
    libraries = script("libraries")
    assert libraries.missing({"libc.so.6": "libc6", "libnowhere.so.9": "libnowhere9"}) == ["libnowhere.so.9"]


@linux
def test_one_who_is_not_root_is_told_the_command(
    script: Load, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    libraries = script("libraries")
    monkeypatch.setattr(libraries.shutil, "which", lambda _name: "/usr/bin/apt-get")
    monkeypatch.setattr(libraries, "missing", lambda _table: ["libEGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0"])
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as stopped:
        libraries.require(with_venv=False)
    assert stopped.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("tapez : sudo apt-get install libegl1 libglib2.0-0")
    assert "libEGL.so.1" in line


@linux
def test_without_apt_the_libraries_are_named(
    script: Load, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    libraries = script("libraries")
    monkeypatch.setattr(libraries.shutil, "which", lambda _name: None)
    monkeypatch.setattr(libraries, "missing", lambda _table: ["libEGL.so.1"])
    with pytest.raises(SystemExit):
        libraries.require(with_venv=False)
    (line,) = capsys.readouterr().err.splitlines()
    assert "libEGL.so.1" in line


@linux
@pytest.mark.parametrize(
    ("variables", "has_screen"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, False),
        ({"QT_QPA_PLATFORM": "vnc:port=5901"}, True),
    ],
)
def test_a_screen_is_told_by_its_variables(
    script: Load, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], has_screen: bool
) -> None:
    libraries = script("libraries")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert libraries.has_screen() is has_screen
