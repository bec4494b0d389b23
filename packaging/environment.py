"""The program's own virtual environment: made once from the hash-checked lock, reused while nothing changed.

Only the standard library; the syntax stays readable to any Python 3 from 3.7, so that a wrong one gets a sentence.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import libraries

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging"
RUN, DEV = "requirements.lock", "requirements-dev.lock"
SUPPORTED = ((3, 13), (3, 12), (3, 11))
STATE = "einvoice-environment.json"

NO_NETWORK = (
    r"Temporary failure in name resolution|NewConnectionError|Max retries exceeded|ConnectTimeout|ReadTimeout"
    r"|Connection (refused|reset|aborted|broken)|Network is unreachable|SSLError|getaddrinfo failed|ProxyError"
)
FAILURES = (
    (r"No space left on device", "le disque est plein"),
    (r"DO NOT MATCH THE HASHES", "un paquet reçu n'a pas l'empreinte du verrou : rien n'a été installé"),
    (
        NO_NETWORK,
        "l'index des paquets Python est injoignable : voyez le réseau ou la configuration de pip (pip config list)",
    ),
    (
        r"No matching distribution found|Could not find a version",
        "l'index configuré pour pip ne répond pas, ou n'a pas un paquet du verrou pour ce système et ce Python",
    ),
)
"""What pip's log says, and the line the user reads."""


def require_python() -> None:
    """Go on with a Python 3.11 to 3.13: this one, or one found on the PATH."""
    if sys.version_info[:2] in SUPPORTED:
        return
    for major, minor in SUPPORTED:
        other = shutil.which(f"python{major}.{minor}")
        if other and _version_of(other) == f"{major}.{minor}":
            raise SystemExit(subprocess.call([other, *sys.argv]))
    libraries.stop(
        "il faut Python 3.11, 3.12 ou 3.13 ; celui-ci est {}.{} et aucun autre n'est sur le PATH.".format(
            *sys.version_info[:2]
        )
    )


def _version_of(python: str) -> str:
    show = "import sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run(
        [python, "-c", show], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, text=True
    )
    return done.stdout.strip()


def folder() -> Path:
    """``.venv`` in the checkout, or a folder of the user's cache when the checkout cannot be written."""
    if os.access(str(ROOT), os.W_OK):
        return ROOT / ".venv"
    home = Path.home()
    caches = {"win32": os.environ.get("LOCALAPPDATA", str(home)), "darwin": str(home / "Library" / "Caches")}
    cache = caches.get(sys.platform) or os.environ.get("XDG_CACHE_HOME") or str(home / ".cache")
    return Path(cache) / "einvoice-desktop" / f"venv-{_sha256(str(ROOT).encode())[:12]}"


def python_of(venv: Path) -> Path:
    """The interpreter inside ``venv``."""
    return venv / "Scripts" / "python.exe" if sys.platform == "win32" else venv / "bin" / "python"


def variables() -> dict[str, str]:
    """The variables the environment runs with: nothing of another Python leaks in."""
    leaky = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")
    return {name: value for name, value in os.environ.items() if name not in leaky}


def ensure(lock: str) -> Path:
    """The interpreter of an environment that holds what ``lock`` says and this checkout of the program.

    Nothing is done, and nothing printed, when the environment is already what the lock and ``pyproject.toml`` say.
    """
    venv = folder()
    state = _read_state(venv)
    is_ready = python_of(venv).exists() and state.get(lock) == fingerprint(lock)
    libraries.require(with_venv=not is_ready)
    if is_ready:
        return python_of(venv)
    started = time.monotonic()
    print(f"Préparation de l'environnement dans {venv} (la première fois, une à trois minutes)…", file=sys.stderr)
    lock = DEV if DEV in state else lock
    _build(venv, lock, is_new=not state)
    kept = (DEV, RUN) if lock == DEV else (RUN,)
    (venv / STATE).write_text(json.dumps({name: fingerprint(name) for name in kept}), encoding="utf-8")
    print(f"Environnement prêt en {time.monotonic() - started:.0f} s.", file=sys.stderr)
    return python_of(venv)


def fingerprint(lock: str) -> str:
    """What the environment depends on, in one hash: lock, project file, interpreter and place."""
    parts = [(LOCKS / lock).read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
    parts.append(f"{sys.version}|{ROOT}".encode())
    return _sha256(b"\0".join(parts))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read_state(venv: Path) -> dict[str, str]:
    try:
        found = json.loads((venv / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _build(venv: Path, lock: str, *, is_new: bool) -> None:
    """Install ``lock`` and the project; what is in the environment and not in the lock goes away."""
    is_new = is_new or not python_of(venv).exists() or not _is_ours(venv)
    venv.mkdir(parents=True, exist_ok=True)
    if (venv / STATE).exists():
        (venv / STATE).unlink()
    log = venv / "install.log"
    command = [sys.executable, "-m", "venv", *(["--clear"] if is_new else []), str(venv)]
    made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, env=variables())
    if made.returncode != 0:
        libraries.stop(f"l'environnement {venv} ne peut pas être créé : {_last_line(made.stdout)}")
    log.write_bytes(made.stdout)
    _pip(venv, ["install", "--require-hashes", "--no-deps", "--only-binary=:all:", "-r", str(LOCKS / lock)], log)
    _prune(venv, lock, log)
    _pip(venv, ["install", "--no-deps", "--no-index", "--no-build-isolation", "--editable", str(ROOT)], log)


def _is_ours(venv: Path) -> bool:
    """Whether the environment was made with the very interpreter that runs now."""
    done = subprocess.run(
        [str(python_of(venv)), "-c", "import sys; print(sys.version)"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
        text=True,
        env=variables(),
    )
    return done.returncode == 0 and done.stdout.strip() == sys.version.strip()


def _prune(venv: Path, lock: str, log: Path) -> None:
    kept = {"pip", "setuptools", "wheel", "einvoice-desktop"}
    kept |= locked_names((LOCKS / lock).read_text(encoding="utf-8"))
    listed = _pip(venv, ["list", "--format=json", "--disable-pip-version-check"], log)
    rows = json.loads(listed[listed.index("[") : listed.rindex("]") + 1])
    stray = [row["name"] for row in rows if normalized(row["name"]) not in kept]
    if stray:
        _pip(venv, ["uninstall", "--yes", *stray], log)


def normalized(name: str) -> str:
    """A distribution's name as comparisons want it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked_names(lock_text: str) -> set[str]:
    """The normalized names of the distributions of a lock."""
    return {normalized(name) for name in re.findall(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", lock_text, re.MULTILINE)}


def _pip(venv: Path, arguments: list[str], log: Path) -> str:
    """Run the environment's pip with whatever index this machine is configured for; its words go to the log."""
    command = [str(python_of(venv)), "-m", "pip", "--no-input", *arguments]
    environment = dict(variables(), PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1", PYTHONIOENCODING="utf-8")
    pip = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    said = []
    with pip, log.open("a", encoding="utf-8") as written:
        for line in pip.stdout or ():
            written.write(line)
            said.append(line)
            _show_progress(line)
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    text = "".join(said)
    if pip.returncode != 0:
        libraries.stop(f"{reason_of(text)}. Journal : {log}")
    return text


def _show_progress(line: str) -> None:
    if sys.stderr.isatty() and line.startswith(("Collecting", "Installing", "Building")):
        sys.stderr.write("\r\x1b[K  " + line.strip()[:70])
        sys.stderr.flush()


def reason_of(pip_output: str) -> str:
    """Why pip failed, in one line."""
    for pattern, sentence in FAILURES:
        if re.search(pattern, pip_output):
            return sentence
    return f"l'installation des paquets a échoué ({_last_line(pip_output.encode())})"


def _last_line(output: bytes) -> str:
    lines = [line for line in output.decode("utf-8", "replace").splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().lstrip("× ").startswith("error")]
    return (errors or lines or ["sans un mot"])[-1].strip()
