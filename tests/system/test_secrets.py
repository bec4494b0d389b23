"""Secrets rest in the keyring, in a sealed file, or nowhere; never in clear on the disk."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.secrets import SecretStore
from einvoice_desktop.system.keyring_store import KeyringSecrets, find_keyring, protects
from einvoice_desktop.system.sealed_file import FileSecrets
from einvoice_desktop.system.vault import MemorySecrets, open_vault

QUICK = 2**4
"""scrypt's cost in tests that are not about it."""


class Keyring(keyring.backend.KeyringBackend):
    """A keyring with the narrowest limit of real ones: 2,560 bytes of UTF-16 a credential, as on Windows."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.fails_at: str | None = None

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if username == self.fails_at:
            raise keyring.errors.PasswordSetError("interrupted")
        if len(password.encode("utf-16-le")) > 2560:
            raise OSError(1783, "The stub received bad data")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise keyring.errors.PasswordDeleteError("no such password")
        del self.kept[service, username]


@pytest.fixture(params=["keyring", "file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SecretStore:
    makers: dict[str, Callable[[], SecretStore]] = {
        "keyring": lambda: KeyringSecrets("s1", Keyring()),
        "file": lambda: FileSecrets(tmp_path / "s1.secrets", lambda: "phrase", cost=QUICK),
        "memory": MemorySecrets,
    }
    return makers[request.param]()


def test_a_secret_is_kept_replaced_and_forgotten(store: SecretStore) -> None:
    assert store.get("platform:p1:client_secret") is None
    store.put("platform:p1:client_secret", "un")
    store.put("platform:p1:token", "jeton")
    store.put("platform:p1:client_secret", "deux é€🔑")
    assert store.get("platform:p1:client_secret") == "deux é€🔑"
    store.forget("platform:p1:client_secret")
    store.forget("platform:p1:client_secret")
    assert store.get("platform:p1:client_secret") is None
    assert store.get("platform:p1:token") == "jeton"


@pytest.mark.parametrize("length", [0, 600, 601, 8000])
def test_values_of_any_length_come_back(store: SecretStore, length: int) -> None:
    value = "".join(chr(33 + index % 90) for index in range(length))
    store.put("token", value)
    assert store.get("token") == value


@given(st.lists(st.tuples(st.sampled_from("ab"), st.one_of(st.none(), st.text(max_size=1500))), max_size=8))
def test_the_keyring_ends_up_with_the_last_values_and_no_crumbs(acts: list[tuple[str, str | None]]) -> None:
    backend = Keyring()
    secrets = KeyringSecrets("s1", backend)
    expected: dict[str, str] = {}
    for name, value in acts:
        if value is None:
            secrets.forget(name)
            expected.pop(name, None)
        else:
            secrets.put(name, value)
            expected[name] = value
    assert {name: secrets.get(name) for name in "ab" if secrets.get(name) is not None} == expected
    for name in "ab":
        secrets.forget(name)
    assert backend.kept == {}


def test_two_stores_do_not_see_each_other() -> None:
    backend = Keyring()
    KeyringSecrets("sandbox", backend).put("token", "x")
    assert KeyringSecrets("production", backend).get("token") is None
    assert {service for service, _ in backend.kept} == {"einvoice-desktop:sandbox"}


def test_a_long_value_interrupted_half_way_leaves_the_old_one() -> None:
    backend = Keyring()
    secrets = KeyringSecrets("s1", backend)
    secrets.put("token", "old" * 400)
    backend.fails_at = "token"
    with pytest.raises(UserError, match="ED-NO-KEYRING"):
        secrets.put("token", "new" * 400)
    assert secrets.get("token") == "old" * 400


def test_a_locked_keyring_is_told_to_the_user() -> None:
    class Locked(Keyring):
        def get_password(self, service: str, username: str) -> str | None:
            raise keyring.errors.KeyringLocked("Failed to unlock the collection!")

    with pytest.raises(UserError, match="ED-NO-KEYRING") as error:
        KeyringSecrets("s1", Locked()).get("token")
    assert "Failed to unlock" in error.value.detail


def test_a_backend_that_keeps_passwords_in_clear_is_not_a_keyring() -> None:
    clear = type("PlaintextKeyring", (Keyring,), {"__module__": "keyrings.alt.file"})
    assert not protects(clear())
    assert not protects(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    assert protects(Keyring())


def test_the_keyring_of_the_session_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Keyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    assert find_keyring() is backend
    monkeypatch.setattr(keyring, "get_keyring", keyring.backends.fail.Keyring)
    assert find_keyring() is None


def test_the_sealed_file_shows_nothing_and_opens_again_with_its_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "s1.secrets"
    FileSecrets(path, lambda: "phrase", cost=QUICK).put("client_secret", "très secret")
    written = path.read_bytes()
    assert b"client_secret" not in written
    assert "très".encode() not in written
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert FileSecrets(path, lambda: "phrase").get("client_secret") == "très secret"


def test_another_passphrase_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "s1.secrets"
    FileSecrets(path, lambda: "phrase", cost=QUICK).put("a", "1")
    before = path.read_bytes()
    answers = iter(["autre", "phrase"])
    secrets = FileSecrets(path, lambda: next(answers))
    with pytest.raises(UserError, match="ED-SECRETS-PASSPHRASE"):
        secrets.put("b", "2")
    assert path.read_bytes() == before
    assert secrets.get("a") == "1", "asked again after a wrong answer"


def test_no_passphrase_no_secret(tmp_path: Path) -> None:
    secrets = FileSecrets(tmp_path / "s1.secrets", lambda: None, cost=QUICK)
    with pytest.raises(UserError, match="ED-SECRETS-PASSPHRASE"):
        secrets.put("a", "1")
    assert list(tmp_path.iterdir()) == []


def test_the_passphrase_is_asked_once(tmp_path: Path) -> None:
    answers = iter(["phrase"])
    secrets = FileSecrets(tmp_path / "s1.secrets", lambda: next(answers), cost=QUICK)
    secrets.put("a", "1")
    secrets.put("b", "2")
    assert secrets.get("a") == "1"
    assert list(answers) == []


def test_each_writing_is_sealed_anew(tmp_path: Path) -> None:
    path = tmp_path / "s1.secrets"
    secrets = FileSecrets(path, lambda: "phrase", cost=QUICK)
    nonces = set()
    for _ in range(5):
        secrets.put("a", "1")
        nonces.add(json.loads(path.read_bytes())["nonce"])
    assert len(nonces) == 5


def tampered(field: str, value: object) -> Callable[[bytes], bytes]:
    return lambda content: json.dumps(json.loads(content) | {field: value}).encode()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda content: content[: len(content) // 2], "ED-SECRETS-DAMAGED"),
        (lambda _: b"", "ED-SECRETS-DAMAGED"),
        (lambda _: b"[1]", "ED-SECRETS-DAMAGED"),
        (tampered("cost", 2**30), "ED-SECRETS-DAMAGED"),
        (tampered("format", "something else"), "ED-SECRETS-DAMAGED"),
        (tampered("salt", ""), "ED-SECRETS-DAMAGED"),
        (tampered("data", "AAAAAAAAAAAAAAAAAAAAAAAA"), "ED-SECRETS-PASSPHRASE"),
    ],
    ids=["cut", "empty", "list", "costly", "other format", "no salt", "changed"],
)
def test_a_spoilt_file_is_told_and_kept(tmp_path: Path, spoil: Callable[[bytes], bytes], code: str) -> None:
    path = tmp_path / "s1.secrets"
    FileSecrets(path, lambda: "phrase", cost=QUICK).put("a", "1")
    path.write_bytes(spoil(path.read_bytes()))
    spoilt = path.read_bytes()
    with pytest.raises(UserError, match=code):
        FileSecrets(path, lambda: "phrase").put("b", "2")
    assert path.read_bytes() == spoilt


def test_keyring_first_then_sealed_file_then_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", Keyring)
    assert isinstance(open_vault("s1", tmp_path, variables={}), KeyringSecrets)
    assert isinstance(open_vault("s1", tmp_path, variables={"EINVOICE_PASSPHRASE": "p"}), FileSecrets)
    monkeypatch.setattr(keyring, "get_keyring", keyring.backends.fail.Keyring)
    assert isinstance(open_vault("s1", tmp_path, ask_passphrase=lambda: "p", variables={}), FileSecrets)
    vault = open_vault("s1", tmp_path, variables={})
    assert isinstance(vault, MemorySecrets)
    assert not vault.is_lasting
    vault.put("a", "1")
    assert list(tmp_path.iterdir()) == [], "nothing on the disk"


def test_the_sealed_file_costs_an_attacker_something(tmp_path: Path) -> None:
    path = tmp_path / "s1.secrets"
    open_vault("s1", tmp_path, variables={"EINVOICE_PASSPHRASE": "p"}).put("a", "1")
    assert json.loads(path.read_bytes())["cost"] >= 2**16
