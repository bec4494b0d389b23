"""Files: nothing half written, nothing read without a limit, no name believed."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tracemalloc
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.system.files import NAME_LIMIT, read_bounded, safe_name, write_atomically

posix = pytest.mark.skipif(sys.platform == "win32", reason="rights and pipes of POSIX")


def code_of(error: pytest.ExceptionInfo[UserError]) -> str:
    return error.value.code


def test_a_file_up_to_the_limit_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "facture.xml"
    path.write_bytes(b"x" * 100)
    assert read_bounded(path, 100) == b"x" * 100


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "facture.xml"
    path.write_bytes(b"x" * 101)
    with pytest.raises(UserError) as error:
        read_bounded(path, 100)
    assert code_of(error) == "ED-FILE-TOO-LARGE"
    assert error.value.params == {"name": "facture.xml", "limit": "100"}


def test_two_gigabytes_are_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "enorme.pdf"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)  # sparse: takes no room on the disk
    tracemalloc.start()
    try:
        with pytest.raises(UserError) as error:
            read_bounded(path, 100_000_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert code_of(error) == "ED-FILE-TOO-LARGE"
    assert peak < 1_000_000


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "vide.xml").touch()
    with pytest.raises(UserError) as error:
        read_bounded(tmp_path / "vide.xml", 10)
    assert code_of(error) == "ED-FILE-EMPTY"


@pytest.mark.parametrize("name", ["absent.xml", "."])
def test_what_is_not_a_readable_file_says_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError) as error:
        read_bounded(tmp_path / name, 10)
    assert code_of(error) == "ED-FILE-UNREADABLE"


@posix
def test_a_pipe_nobody_writes_to_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tuyau")
    with pytest.raises(UserError) as error:
        read_bounded(tmp_path / "tuyau", 10)
    assert code_of(error) == "ED-FILE-UNREADABLE"


def test_writing_replaces_the_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "facture.pdf"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


@posix
def test_a_private_file_is_its_owners_only(tmp_path: Path) -> None:
    write_atomically(tmp_path / "secret", b"x", is_private=True)
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


@posix
def test_an_ordinary_file_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    write_atomically(tmp_path / "ours", b"x")
    (tmp_path / "theirs").write_bytes(b"x")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "theirs").stat().st_mode


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "ED-DISK-FULL"), (errno.EIO, "ED-FILE-UNWRITABLE")], ids=["full", "broken"]
)
def test_a_disk_that_fails_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    path = tmp_path / "facture.pdf"
    path.write_bytes(b"old")

    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UserError) as error:
        write_atomically(path, b"new")
    assert code_of(error) == code
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        write_atomically(tmp_path / "absent" / "facture.pdf", b"x")
    assert code_of(error) == "ED-FILE-UNWRITABLE"


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_really_full_device_has_the_number_we_translate() -> None:
    with pytest.raises(OSError, match="No space") as error, Path("/dev/full").open("wb", buffering=0) as full:
        full.write(b"x")
    assert error.value.errno == errno.ENOSPC


@pytest.mark.parametrize(
    ("untrusted", "name"),
    [
        ("facture n° 12.pdf", "facture n° 12.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\facture.xml", "facture.xml"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("a\0b\nc.pdf", "abc.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        (".bashrc", "bashrc"),
        ("facture.pdf. . ", "facture.pdf"),
        ('a<b>:"c|d?*.xml', "a_b___c_d__.xml"),
        ("..", "document"),
        ("", "document"),
        ("x" * 500 + ".pdf", "x" * (NAME_LIMIT - 4) + ".pdf"),
    ],
)
def test_names_of_others_are_made_harmless(untrusted: str, name: str) -> None:
    assert safe_name(untrusted) == name


@given(st.text(max_size=400))
def test_any_text_becomes_a_name_that_can_be_written(untrusted: str) -> None:
    name = safe_name(untrusted)
    assert 0 < len(name.encode()) <= NAME_LIMIT
    assert Path(name).name == name
    assert not set('<>:"/\\|?*') & set(name)
    assert name[0] not in ". "
    assert name[-1] not in ". "
    assert not any(unicodedata.category(sign).startswith("C") for sign in name)
    assert safe_name(name) == name
