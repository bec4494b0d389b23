"""The scripts of ``packaging/`` are no package: they are imported as they import each other, by their bare names."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from types import ModuleType

import pytest

from tests.conftest import PROJECT

SCRIPTS = ("catalogue", "environment", "libraries", "lock", "run")


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Imports one of the scripts afresh; nothing of it stays in ``sys.modules``."""
    monkeypatch.syspath_prepend(str(PROJECT / "packaging"))
    for name in SCRIPTS:
        monkeypatch.delitem(sys.modules, name, raising=False)

    def load(name: str) -> ModuleType:
        module = importlib.import_module(name)
        for loaded in SCRIPTS:
            if loaded in sys.modules:
                monkeypatch.setitem(sys.modules, loaded, sys.modules[loaded])
        return module

    return load
