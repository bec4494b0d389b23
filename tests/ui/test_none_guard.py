"""Under Python 3.11 Qt's own calls must not run the count of ``None`` down to nothing."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from einvoice_desktop.ui.theme import Theme


def test_none_outlives_any_number_of_calls(qtbot: QtBot, themed: Theme) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    for _ in range(100_000):
        widget.update()
    assert sys.getrefcount(None) > 1_000_000
