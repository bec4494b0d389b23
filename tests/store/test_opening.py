"""Opening: what a file is found to be, one program at a time, and nothing changed by a refusal."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.unit_of_work import Environment
from einvoice_desktop.store import SqliteStore, open_store
from tests.store.records import issue

SANDBOX = Environment.SANDBOX
PROJECT = Path(__file__).resolve().parents[2]

_HOLD = """
import sys
from pathlib import Path
from einvoice_desktop.ports.unit_of_work import Environment
from einvoice_desktop.store import open_store
store = open_store(Path(sys.argv[1]), Environment.SANDBOX)
print("open", flush=True)
sys.stdin.read()
"""


def refusal(path: Path, environment: Environment = SANDBOX) -> UserError:
    with pytest.raises(UserError) as caught:
        open_store(path, environment)
    return caught.value


def test_a_new_store_is_made_in_a_folder_that_was_not_there(tmp_path: Path) -> None:
    path = tmp_path / "some" / "where" / "été %d.sqlite"
    store = open_store(path, SANDBOX)
    assert store.environment is SANDBOX
    assert store.path == path
    store.close()
    assert sorted(p.name for p in path.parent.iterdir()) == ["été %d.sqlite", "été %d.sqlite.lock"]


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    path.touch()
    open_store(path, SANDBOX).close()
    open_store(path, SANDBOX).close()


def test_what_was_kept_is_there_again(path: Path) -> None:
    with closing(open_store(path, SANDBOX)) as store, store.unit_of_work() as work:
        work.settings.put("theme", "dark")
        work.commit()
    with closing(open_store(path, SANDBOX)) as store, store.reading() as work:
        assert work.settings.get("theme") == "dark"


def test_every_connection_is_durable_and_checked(real: SqliteStore) -> None:
    wanted = {"synchronous": 2, "foreign_keys": 1, "journal_mode": "wal", "recursive_triggers": 1}
    for engine in (real._writing, real._reading):
        with engine.connect() as connection:
            for pragma, value in wanted.items():
                assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_the_other_environment_is_refused(path: Path) -> None:
    error = refusal(path, Environment.PRODUCTION)
    assert error.code == "ED-STORE-ENVIRONMENT"
    assert error.params["found"] == "sandbox"
    open_store(path, SANDBOX).close()


def test_a_newer_store_is_refused_and_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = path.read_bytes()
    assert refusal(path).code == "ED-STORE-NEWER"
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"hello", b"%PDF-1.7\n" * 500, b"SQLite format 3"], ids=["text", "pdf", "stump"])
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.sqlite"
    path.write_bytes(content)
    assert refusal(path).code == "ED-STORE-NOT-ONE"
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE invoices (id)")
    before = path.read_bytes()
    assert refusal(path).code == "ED-STORE-NOT-ONE"
    assert path.read_bytes() == before


def test_a_file_cut_short_is_corrupt(path: Path) -> None:
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size // 2)
    assert refusal(path).code == "ED-STORE-CORRUPT"


def test_a_file_overwritten_at_its_start_is_corrupt(path: Path) -> None:
    with path.open("rb+") as file:
        file.seek(100)
        file.write(b"\xff" * 8000)
    assert refusal(path).code == "ED-STORE-CORRUPT"


def test_damage_met_while_working_is_told(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        page_size = connection.execute("PRAGMA page_size").fetchone()[0]
        page = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_setting_1'"
        ).fetchone()[0]
    with path.open("rb+") as file:
        file.seek((page - 1) * page_size)
        file.write(b"\xff" * page_size)
    with closing(open_store(path, SANDBOX)) as store:
        with pytest.raises(UserError) as caught, store.reading() as work:
            work.settings.get("theme")
        assert caught.value.code == "ED-STORE-CORRUPT"
        assert store.check_integrity().problems


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").mkdir()
    assert refusal(tmp_path / "store.sqlite").code == "ED-STORE-READONLY"


def test_an_old_sqlite_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    assert refusal(path).code == "ED-STORE-SQLITE"


def test_a_full_disk_undoes_the_whole_and_says_so(real: SqliteStore, path: Path) -> None:
    issue(real, "i1")
    with real._writing.connect() as connection:
        used = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {used}")
    with pytest.raises(UserError) as caught:
        issue(real, "i2", search_text="x" * 100_000)
    assert caught.value.code == "ED-STORE-FULL"
    with real._writing.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert issue(real, "i2") == "F2026-0002"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs root, to become somebody else")
def test_a_store_one_may_not_write_is_refused(tmp_path: Path, path: Path) -> None:
    folder = path.parent
    path.chmod(0o444)
    for parent in (folder, *folder.parents):
        if parent.owner() == "root" and parent.is_relative_to("/tmp") and parent != Path("/tmp"):
            parent.chmod(0o755)
    script = (
        "import os, sys; from pathlib import Path; from einvoice_desktop.store import open_store;"
        "from einvoice_desktop.ports.errors import UserError; from einvoice_desktop.ports.unit_of_work import Environment\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "try: open_store(Path(sys.argv[1]), Environment.SANDBOX)\n"
        "except UserError as error: print(error.code)\n"
    )
    command = [sys.executable, "-c", script, str(path)]
    told = [subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.strip()]
    lock = path.with_name(f"{path.name}.lock")
    lock.touch()
    lock.chmod(0o666)
    told.append(subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.strip())
    assert told == ["ED-STORE-READONLY", "ED-STORE-READONLY"]


def test_two_programs_cannot_open_one_store(path: Path) -> None:
    with closing(open_store(path, SANDBOX)):
        assert refusal(path).code == "ED-STORE-IN-USE"
        other = subprocess.run(
            [sys.executable, "-c", _HOLD, str(path)], cwd=PROJECT, capture_output=True, text=True, input="", check=False
        )
        assert "ED-STORE-IN-USE" in other.stderr
    open_store(path, SANDBOX).close()


def test_a_killed_program_leaves_the_store_free(path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        assert refusal(path).code == "ED-STORE-IN-USE"
        holder.send_signal(signal.SIGKILL)
        holder.wait(10)
    open_store(path, SANDBOX).close()


def test_a_refused_opening_keeps_no_lock(path: Path) -> None:
    for _ in range(2):
        assert refusal(path, Environment.PRODUCTION).code == "ED-STORE-ENVIRONMENT"
    open_store(path, SANDBOX).close()


def test_opening_a_current_store_is_fast_and_does_without_alembic(path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from einvoice_desktop.store import open_store;"
        "from einvoice_desktop.ports.unit_of_work import Environment\n"
        "open_store(Path(sys.argv[1]), Environment.SANDBOX).close(); assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], cwd=PROJECT, check=True)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        store = open_store(path, SANDBOX)
        times.append(time.perf_counter() - start)
        store.close()
    assert min(times) < 0.05
