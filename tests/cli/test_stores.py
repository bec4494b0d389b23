"""A disk that is full, a store that is not one, a store somebody has open: told in French, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from einvoice_desktop.bootstrap import Program
from tests.cli.terminal import Body, Terminal, executable, write


def error_of(result: object) -> str:
    return str(result.json["error"]["code"])  # type: ignore[attr-defined]


def test_no_place_for_the_files_and_nothing_is_issued(
    run: Terminal, tmp_path: Path, store: Path, body: Body, small_disk: Path
) -> None:
    (small_disk / "already.bin").write_bytes(b"x" * 40_000)
    file = write(tmp_path / "b.json", body)
    result = run("issue", file, "-o", small_disk, "--store", store, "--json")
    assert (result.code, error_of(result)) == (2, "ED-OUTPUT")
    assert "rien n'a été émis" in result.json["error"]["message"]
    assert [path.name for path in small_disk.iterdir()] == ["already.bin"]
    again = run("issue", file, "-o", tmp_path / "out", "--store", store, "--json")
    assert again.json["number"].endswith("-0001")


def test_no_place_for_the_store_and_nothing_is_half_done(
    run: Terminal, tmp_path: Path, body: Body, small_disk: Path
) -> None:
    subprocess.run(["mount", "-o", "remount,size=600k", str(small_disk)], check=True)
    store = small_disk / "store.sqlite3"
    file = write(tmp_path / "b.json", body)
    codes, number = [], 0
    for attempt in range(30):
        result = run("issue", file, "-o", tmp_path / str(attempt), "--store", store, "--json")
        codes.append(result.code)
        if result.code:
            break
        number += 1
    assert codes[-1] == 2, codes
    assert error_of(result) in {"ED-STORE-FULL", "ED-STORE-DISK"}
    assert not [path for path in (tmp_path / str(attempt)).rglob("*") if path.is_file()]
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    verified = run("ledger", "verify", "--store", store, "--json")
    assert verified.code == 0
    assert sum(chain["head_sequence"] for chain in verified.json["data"]["chains"]) == number
    after = run("issue", file, "-o", tmp_path / "after", "--store", store, "--json")
    assert after.json["number"].endswith(f"-{number + 1:04d}")


def test_a_disk_too_small_to_make_a_store(run: Terminal, tmp_path: Path, body: Body, small_disk: Path) -> None:
    store = small_disk / "store.sqlite3"
    result = run("issue", write(tmp_path / "b.json", body), "-o", tmp_path / "out", "--store", store, "--json")
    assert (result.code, error_of(result)) == (2, "ED-STORE-FULL")
    assert not store.exists()


def test_an_output_that_is_a_file(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    file = write(tmp_path / "b.json", body)
    result = run("issue", file, "-o", file / "below", "--store", store, "--json")
    assert (result.code, error_of(result)) == (2, "ED-OUTPUT")
    assert run("ledger", "verify", "--store", store, "--json").json["data"]["chains"] == []


def test_a_standard_output_that_is_full_is_told_on_the_other(tmp_path: Path, store: Path, body: Body) -> None:
    file = write(tmp_path / "b.json", body)
    command = [sys.executable, "-m", "einvoice_desktop", "issue", str(file), "-o", str(tmp_path), "--json"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*command, "--store", str(store)], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert done.returncode == 2
    assert "Le disque est plein" in done.stderr.decode()
    number = next(tmp_path.glob("F*.pdf")).stem
    status = executable("status", number, "--store", store, "--json")
    assert status.json["number"] == number


def test_a_store_another_program_has_open(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    file = write(tmp_path / "b.json", body)
    program = Program(store)
    try:
        for command in (["issue", file, "-o", tmp_path / "out"], ["ledger", "verify"], ["sync"], ["status", "F1"]):
            result = run(*command, "--store", store, "--json")
            assert (result.code, error_of(result)) == (2, "ED-STORE-IN-USE")
            assert "déjà ouvert par un autre programme" in result.json["error"]["message"]
    finally:
        program.close()
    assert run("issue", file, "-o", tmp_path / "out", "--store", store).code == 0


def not_sqlite(path: Path) -> None:
    path.write_bytes(b"not a store" * 100)


def of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")


def a_folder(path: Path) -> None:
    path.mkdir()


def below_a_file(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_bytes(b"")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (not_sqlite, "ED-STORE-NOT-ONE"),
        (of_another_program, "ED-STORE-NOT-ONE"),
        (a_folder, "ED-STORE-READONLY"),
        (below_a_file, "ED-STORE-READONLY"),
    ],
)
def test_what_is_no_store_is_left_alone(run: Terminal, tmp_path: Path, body: Body, make: object, code: str) -> None:
    store = tmp_path / "folder" / "store.sqlite3"
    store.parent.mkdir()
    make(store)  # type: ignore[operator]
    before = store.read_bytes() if store.is_file() else None
    result = run("issue", write(tmp_path / "b.json", body), "-o", tmp_path / "out", "--store", store, "--json")
    assert (result.code, error_of(result)) == (2, code)
    assert "Traceback" not in result.err
    assert (store.read_bytes() if store.is_file() else None) == before


def test_a_damaged_store_is_told(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    file = write(tmp_path / "b.json", body)
    assert run("issue", file, "-o", tmp_path, "--store", store).code == 0
    content = bytearray(store.read_bytes())
    whole = bytes(content)
    content[4096 : len(content)] = os.urandom(len(content) - 4096)
    store.write_bytes(bytes(content))
    result = run("issue", file, "-o", tmp_path / "out", "--store", store, "--json")
    assert (result.code, error_of(result)) == (2, "ED-STORE-CORRUPT")
    store.write_bytes(whole[: len(whole) // 2])
    result = run("ledger", "verify", "--store", store, "--json")
    assert (result.code, error_of(result)) == (2, "ED-STORE-CORRUPT")


def test_a_store_that_cannot_be_written_is_told(run: Terminal, tmp_path: Path, body: Body, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    store = small_disk / "store.sqlite3"
    file = write(tmp_path / "b.json", body)
    assert run("issue", file, "-o", tmp_path / "out", "--store", store).code == 0
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    result = run("issue", file, "-o", tmp_path / "out", "--store", store, "--json")
    assert (result.code, error_of(result)) == (2, "ED-STORE-READONLY")
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    again = run("issue", file, "-o", tmp_path / "out", "--store", store, "--json")
    assert again.json["number"].endswith("-0002")


@pytest.mark.parametrize("command", [["ledger", "verify"], ["sync"], ["status", "F1"], ["receive", "x.pdf"]])
def test_a_store_that_is_not_there_is_never_verified(run: Terminal, store: Path, command: list[str]) -> None:
    for arguments in ([*command, "--store", store], ["--store", store, *command]):
        result = run(*arguments, "--json")
        assert (result.code, error_of(result)) == (2, "ED-STORE-MISSING")
    result = run(*command, "--json")
    assert (result.code, error_of(result)) == (2, "ED-STORE-MISSING")
    assert not store.exists()


def test_a_home_that_cannot_be_made(run: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "file", b"x")
    monkeypatch.setenv("EINVOICE_HOME", str(tmp_path / "file" / "home"))
    for command in (["sync"], ["sandbox"]):
        result = run(*command, "--json")
        assert (result.code, error_of(result)) == (2, "ED-STORE-READONLY")


def test_a_register_somebody_wrote_in_is_broken(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    file = write(tmp_path / "b.json", body)
    for _ in range(2):
        assert run("issue", file, "-o", tmp_path, "--store", store).code == 0
    whole = run("ledger", "verify", "--store", store, "--json")
    assert whole.code == 0
    assert list(whole.json) == ["data"]
    assert list(whole.json["data"]) == ["as_of", "chains"]
    (chain,) = whole.json["data"]["chains"]
    promised = {"scope", "head_sequence", "head_hash", "gaps", "orphan_entities", "tampering"}
    assert promised <= set(chain)
    assert (chain["head_sequence"], chain["gaps"], chain["orphan_entities"], chain["tampering"]) == (2, [], [], False)
    assert {"tenant_id", "sub_tenant_id"} <= set(chain["scope"])
    copy = tmp_path / "copy.sqlite3"
    shutil.copy(store, copy)
    with closing(sqlite3.connect(copy)) as connection:
        triggers = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        (table,) = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%ledger%'"
        ).fetchone()
        connection.execute(f"UPDATE {table} SET payload = replace(payload, '1800', '1900') WHERE sequence = 1")
        connection.commit()
    broken = run("ledger", "verify", "--store", copy, "--json")
    assert broken.code == 1
    (chain,) = broken.json["data"]["chains"]
    assert chain["tampering"] is True
    assert "ROMPU" in run("ledger", "verify", "--store", copy).out
