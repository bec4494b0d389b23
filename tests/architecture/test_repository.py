"""What the repository itself promises: it names no index, and its pages speak of files that exist."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PROJECT

INDEX_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("repo", "maven", "apache", "org"),
        ("repo1", "maven", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
        ("crates", "io"),
    )
)
PAGES = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md")
TOP_LEVEL = ("einvoice_desktop/", "resources/", "tests/", "packaging/", ".ci/")


def tracked() -> list[Path]:
    """The files of the checkout that belong to the project, kept or about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    return [PROJECT / name for name in listed.split("\0") if name and (PROJECT / name).is_file()]


def mentions(page: str) -> set[str]:
    """Paths of the project that ``page`` writes in backquotes, in links or in commands."""
    words = re.findall(r"[\w./{}*-]+", (PROJECT / page).read_text(encoding="utf-8"))
    return {word.rstrip(".") for word in words if word.startswith(TOP_LEVEL)}


def test_no_file_names_an_index() -> None:
    files = tracked()
    assert PROJECT / "pyproject.toml" in files
    guilty = {
        f"{path.relative_to(PROJECT)}: {host}"
        for path in files
        for host in INDEX_HOSTS
        if host.encode() in path.read_bytes()
    }
    assert not guilty


@pytest.mark.parametrize("page", PAGES)
def test_a_page_speaks_of_files_that_exist(page: str) -> None:
    absent = {name for name in mentions(page) if not (PROJECT / name).exists()}
    assert not absent


def test_the_pages_do_speak_of_files() -> None:
    assert {"packaging/run.py", "packaging/test.py"} <= mentions("README.md")


def test_nothing_shadows_the_library_called_packaging() -> None:
    assert not (PROJECT / "packaging" / "__init__.py").exists()
