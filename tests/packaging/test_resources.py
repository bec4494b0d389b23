"""Shipped files are found in a checkout and in an installed wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from einvoice_desktop.resources import resource
from tests.conftest import PROJECT

ICON = "icons/einvoice-desktop.svg"


def test_the_icon_is_a_drawing_without_outside_references() -> None:
    root = ElementTree.fromstring(resource(ICON).read_bytes())
    assert root.tag.endswith("svg")
    values = {value for node in root.iter() for value in node.attrib.values()}
    assert not [value for value in values if value.startswith("http")]


def test_what_was_not_shipped_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match="absent"):
        resource("icons/absent.svg")


def test_the_wheel_carries_the_same_files(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="the build tool is in the project's own environment")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=PROJECT, capture_output=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    assert (tmp_path / "site" / "einvoice_desktop" / "_resources" / ICON).read_bytes() == resource(ICON).read_bytes()
    code = f"from einvoice_desktop.resources import resource; print(resource({ICON!r}))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=dict(os.environ, PYTHONPATH=str(tmp_path / "site")),
    )
    assert "_resources" in done.stdout
