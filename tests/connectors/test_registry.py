"""Which connector serves which platform, ours or another package's."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from einvoice_desktop.connectors.afnor import AfnorPlatform
from einvoice_desktop.connectors.registry import connect, kinds
from einvoice_desktop.ports.errors import NeedsAttentionError
from tests.connectors.platforms import PROFILE, Secrets

MODULE = """
class Other:
    def __init__(self, profile, secrets):
        self.profile = profile
"""
ENTRY_POINTS = """
[einvoice_desktop.platforms]
other = other_pdp:Other
broken = other_pdp:Missing
absent = not_a_module_at_all:X
afnor = other_pdp:Other
"""


@pytest.fixture
def other_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that brings connectors, installed as any other."""
    (tmp_path / "other_pdp.py").write_text(MODULE)
    info = tmp_path / "other_pdp-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: other-pdp\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "other_pdp", raising=False)


def test_afnor_is_built_in() -> None:
    assert kinds()[0] == "afnor"
    platform = connect(PROFILE, Secrets())
    assert isinstance(platform, AfnorPlatform)
    platform.close()


@pytest.mark.usefixtures("other_package")
def test_another_package_brings_its_own_kind_and_never_replaces_ours() -> None:
    assert kinds() == ("afnor", "absent", "broken", "other")
    assert type(connect(replace(PROFILE, kind="other"), Secrets())).__name__ == "Other"
    ours = connect(PROFILE, Secrets())
    assert isinstance(ours, AfnorPlatform)
    ours.close()


@pytest.mark.usefixtures("other_package")
@pytest.mark.parametrize(
    ("kind", "code"), [("broken", "broken_connector"), ("absent", "broken_connector"), ("?", "unknown_kind")]
)
def test_a_connector_that_cannot_be_had_is_for_the_user(kind: str, code: str) -> None:
    with pytest.raises(NeedsAttentionError) as caught:
        connect(replace(PROFILE, kind=kind), Secrets())
    assert caught.value.code == code
