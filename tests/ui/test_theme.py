"""What is written can be read, in light and in dark, and every icon can be drawn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from einvoice_desktop.ui.theme import Theme, icon
from einvoice_desktop.ui.theme.icons import NAMES
from einvoice_desktop.ui.theme.tokens import DARK, LIGHT
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pill import TONES
from tests.conftest import PROJECT

UI = PROJECT / "einvoice_desktop" / "ui"


def _luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    c = QColor(colour)
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF())


def contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXTS = [
    *((front, ground) for front, ground in TONES.values()),
    *((role, ground) for role in ("text", "muted") for ground in ("background", "surface", "side", "hover")),
    *((role, "surface") for role in ("accent", "danger", "warning", "success")),
    ("text", "accent_soft"),
    ("muted", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("warning", "side"),
    ("danger", "danger_soft"),
    ("text", "border"),
    ("on_inverse", "inverse"),
    *(("text", f"{tone}_soft") for tone in ("success", "warning", "danger", "info")),
]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), TEXTS)
def test_text_stands_out_from_its_ground(palette: dict[str, str], front: str, ground: str) -> None:
    assert contrast(palette[front], palette[ground]) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_large_marks_stand_out(palette: dict[str, str]) -> None:
    for role in ("accent", "accent_mid", "danger", "success"):
        assert contrast(palette[role], palette["surface"]) >= (2.4 if role == "accent_mid" else 3)


def test_both_themes_name_the_same_roles() -> None:
    assert set(LIGHT) == set(DARK)


def test_every_icon_draws_something_in_its_colour(themed: Theme) -> None:
    del themed
    for name in NAMES:
        image = icon(name, "danger").pixmap(32, 32).toImage()
        drawn = {
            image.pixelColor(x, y).rgb() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255
        }
        assert QColor(look().colours["danger"]).rgb() in drawn, name


def test_a_theme_reaches_what_is_already_drawn(themed: Theme) -> None:
    try:
        themed.choose("dark")
        assert look().is_dark
        assert look().colour("surface").name().upper() == DARK["surface"]
    finally:
        themed.choose("light")


def test_colours_are_named_in_one_module_only() -> None:
    colour = re.compile(r"[\"'#]#?[0-9A-Fa-f]{6}[\"']")
    allowed = {UI / "theme" / "tokens.py"}
    sources = [path for path in UI.rglob("*.py") if path not in allowed]
    offenders = [
        f"{path.relative_to(UI)}: {line.strip()}"
        for path in sources
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\"#[0-9A-Fa-f]{6}\"", line)
        and "placeholder" not in line
        and "TextField" not in line
        and "_line(" not in line
        and "_text(" not in line
    ]
    assert colour.pattern
    assert offenders == []


def test_a_box_may_stop_the_user_in_two_modules_only() -> None:
    allowed = {UI / "dialogs.py", UI / "app.py"}
    offenders = [path for path in _sources() if path not in allowed and re.search(r"\.exec\(", path.read_text("utf-8"))]
    assert offenders == []


def test_one_style_sheet() -> None:
    users = [path.relative_to(UI) for path in _sources() if "setStyleSheet(" in path.read_text("utf-8")]
    assert users == [Path("theme/apply.py")]


def _sources() -> list[Path]:
    return list(UI.rglob("*.py"))
