"""F1: every action that has keys, of the window and of the page shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QWidget

from einvoice_desktop.ui.dialogs import Sheet
from einvoice_desktop.ui.widgets.buttons import Button, shortcut_words
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import scrolled
from einvoice_desktop.ui.widgets.look import look


def shortcuts_sheet(groups: Sequence[tuple[str, Sequence[QAction]]], about: str) -> Sheet:
    """The list of keys, group by group; ``about``: which program this is."""
    content = QWidget()
    grid = QGridLayout(content)
    grid.setContentsMargins(0, 0, look().gap.l, 0)
    grid.setHorizontalSpacing(look().gap.xl)
    grid.setVerticalSpacing(look().gap.s)
    grid.setColumnStretch(0, 1)
    line = 0
    for title, actions in groups:
        with_keys = [action for action in actions if not action.shortcut().isEmpty()]
        if not with_keys:
            continue
        grid.addWidget(Label(title, "heading"), line, 0, 1, 2)
        line += 1
        for action in with_keys:
            grid.addWidget(Label(action.text()), line, 0)
            keys = Label(shortcut_words(action.shortcut()), "muted")
            grid.addWidget(keys, line, 1, Qt.AlignmentFlag.AlignRight)
            line += 1
    area = scrolled(content)
    area.setMinimumHeight(look().ems(24))
    sheet = Sheet("Raccourcis clavier", area, Label(about, "small"))
    sheet.add_button(Button("Fermer", "primary"), accepts=True).setDefault(True)
    return sheet
