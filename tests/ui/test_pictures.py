"""Pictures of the screens: every file asked for, the right size, something on it, dark unlike light."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.ui.app import settle
from einvoice_desktop.ui.shell.pictures import Photographer
from einvoice_desktop.ui.theme import Theme


def test_a_screen_is_taken_in_both_themes_and_at_twice_the_scale(
    themed: Theme, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Photographer, "_stops", lambda _self, _company: iter([("home", "home", "")]))
    try:
        written = Photographer(themed, services, tmp_path, "", settle).take_all()
    finally:
        themed.choose("light")
    names = {path.name for path in written}
    screens = ("start", "wizard", "home", "palette")
    assert names == {f"{name}-{end}.png" for name in screens for end in ("light", "dark", "light@2x")}
    light, dark, large = (QImage(str(tmp_path / f"home-{end}.png")) for end in ("light", "dark", "light@2x"))
    assert (light.width(), light.height()) == (1280, 800)
    assert (large.width(), large.height()) == (2560, 1600)
    middle = light.rect().center()
    assert light.pixelColor(middle).lightness() > 200
    assert dark.pixelColor(middle).lightness() < 90
    assert len({light.pixel(x, 150) for x in range(0, 1280, 3)}) > 10
