"""The style sheet of the whole program, written from the look: one sheet, no other ``setStyleSheet`` anywhere."""

from __future__ import annotations

from einvoice_desktop.ui.widgets.look import Look


def style_sheet(look: Look) -> str:
    """The sheet for ``look``."""
    parts = (_frames, _text, _buttons, _fields, _lists, _controls)
    return "\n".join(part(look) for part in parts)


def _frames(look: Look) -> str:
    c, r = look.colours, look.radius
    notices = "\n".join(
        f'QFrame[kind="notice"][tone="{tone}"] {{ background: {c[tone + "_soft"]}; }}'
        for tone in ("success", "warning", "danger", "info")
    )
    return f"""
    QMainWindow, QDialog, QWidget[kind="page"], QWidget[kind="canvas"] {{ background: {c["background"]}; }}
    QScrollArea {{ background: transparent; border: none; }}
    QFrame[kind="card"] {{ background: {c["surface"]}; border: 1px solid {c["border"]}; border-radius: {r + 2}px; }}
    QFrame[kind="panel"] {{ background: {c["surface"]}; border: none; }}
    QFrame[kind="side"] {{ background: {c["side"]}; border: none; border-right: 1px solid {c["border"]}; }}
    QFrame[kind="header"] {{ background: {c["surface"]}; border: none; border-bottom: 1px solid {c["border"]}; }}
    QFrame[kind="status"] {{ background: {c["side"]}; border: none; border-top: 1px solid {c["border"]}; }}
    QFrame[kind="line"] {{ background: {c["border"]}; border: none; }}
    QFrame[kind="notice"] {{ border: none; border-radius: {r}px; }}
    {notices}
    QFrame[kind="bar"] {{ background: {c["inverse"]}; border: none; border-radius: {r + 2}px; }}
    QFrame[kind="bar"] QLabel {{ color: {c["on_inverse"]}; }}
    QFrame[kind="popup"] {{ background: {c["surface"]}; border: 1px solid {c["border_strong"]}; border-radius: {r + 4}px; }}
    QFrame[kind="drop"] {{ background: {c["accent_soft"]}; border: 2px dashed {c["accent"]}; border-radius: {r + 2}px; }}
    QFrame[kind="row"] {{ background: transparent; border: none; border-bottom: 1px solid {c["border"]}; }}
    QSplitter::handle {{ background: {c["border"]}; }}
    QSplitter::handle:horizontal {{ width: 1px; }}
    QSplitter::handle:vertical {{ height: 1px; }}
    """


def _text(look: Look) -> str:
    c, px = look.colours, look.ems
    return f"""
    QLabel {{ background: transparent; }}
    QLabel[role="title"] {{ font-size: {px(1.45)}px; font-weight: 600; }}
    QLabel[role="display"] {{ font-size: {px(2.0)}px; font-weight: 600; }}
    QLabel[role="heading"] {{ font-weight: 600; }}
    QLabel[role="strong"] {{ font-weight: 600; }}
    QLabel[role="figure"] {{ font-size: {px(1.85)}px; font-weight: 600; }}
    QLabel[role="total"] {{ font-size: {px(1.22)}px; font-weight: 600; }}
    QLabel[role="muted"] {{ color: {c["muted"]}; }}
    QLabel[role="small"] {{ color: {c["muted"]}; font-size: {px(0.89)}px; }}
    QLabel[role="label"] {{ color: {c["muted"]}; font-size: {px(0.89)}px; }}
    QLabel[role="group"] {{ color: {c["muted"]}; font-size: {px(0.79)}px; }}
    QLabel[role="danger"] {{ color: {c["danger"]}; font-size: {px(0.89)}px; }}
    QLabel[role="warning"] {{ color: {c["warning"]}; font-size: {px(0.89)}px; }}
    QLabel[role="success"] {{ color: {c["success"]}; font-size: {px(0.89)}px; }}
    QLabel[role="bar-strong"] {{ font-weight: 600; }}
    QToolTip {{ background: {c["inverse"]}; color: {c["on_inverse"]}; border: none; padding: {px(0.3)}px {px(0.5)}px;
        font-size: {px(0.89)}px; }}
    """


def _buttons(look: Look) -> str:
    c, r, px = look.colours, look.radius, look.ems
    return f"""
    QPushButton {{ background: {c["surface"]}; color: {c["text"]}; border: 1px solid {c["border_strong"]};
        border-radius: {r}px; font-weight: 500; }}
    QPushButton:hover {{ background: {c["hover"]}; }}
    QPushButton:pressed {{ background: {c["border"]}; }}
    QPushButton:focus {{ border-color: {c["accent"]}; }}
    QPushButton:disabled {{ border-color: {c["border"]}; }}
    QPushButton[kind="primary"] {{ background: {c["accent"]}; border-color: {c["accent"]}; }}
    QPushButton[kind="primary"]:hover {{ background: {c["accent_hover"]}; }}
    QPushButton[kind="primary"]:focus {{ border: 2px solid {c["text"]}; }}
    QPushButton[kind="primary"]:disabled {{ background: {c["accent_mid"]}; border-color: {c["accent_mid"]}; }}
    QPushButton[kind="link"], QPushButton[kind="quiet"], QPushButton[kind="ghost"] {{ background: transparent;
        border: 1px solid transparent; }}
    QPushButton[kind="link"], QPushButton[kind="quiet"] {{ font-weight: 600; border-radius: {r // 2}px; }}
    QPushButton[kind="link"]:focus, QPushButton[kind="quiet"]:focus, QPushButton[kind="ghost"]:focus {{ border-color: {c["accent"]}; }}
    QPushButton[kind="ghost"]:hover {{ background: {c["hover"]}; }}
    QPushButton[kind="bar"] {{ background: transparent; border: 1px solid transparent; color: {c["on_inverse"]};
        padding: {px(0.3)}px {px(0.6)}px; }}
    QPushButton[kind="bar"]:hover {{ background: rgba(255, 255, 255, 30); }}
    QPushButton[kind="bar"]:focus {{ border-color: {c["inverse_muted"]}; }}
    QPushButton[kind="nav"] {{ background: transparent; border: 1px solid transparent; text-align: left; }}
    QPushButton[kind="nav"]:hover {{ background: {c["hover"]}; }}
    QPushButton[kind="nav"]:checked {{ background: {c["accent_soft"]}; }}
    QPushButton[kind="nav"]:focus {{ border-color: {c["accent"]}; }}
    QPushButton[kind="palette"] {{ background: {c["background"]}; border-color: {c["border"]}; }}
    QPushButton[kind="palette"]:hover {{ border-color: {c["border_strong"]}; }}
    QPushButton[kind="palette"]:focus {{ border-color: {c["accent"]}; }}
    QPushButton[kind="choice"] {{ background: {c["surface"]}; border: 1px solid {c["border_strong"]}; border-radius: {r + 2}px; }}
    QPushButton[kind="choice"]:hover {{ background: {c["hover"]}; }}
    QPushButton[kind="choice"]:focus {{ border: 2px solid {c["accent"]}; }}
    QPushButton[kind="choice"]:checked {{ background: {c["accent_soft"]}; border: 2px solid {c["accent"]}; }}
    QPushButton[kind="status"] {{ background: transparent; border: 1px solid transparent; color: {c["muted"]};
        font-size: {px(0.89)}px; font-weight: 400; border-radius: {r // 2}px; padding: {px(0.15)}px {px(0.4)}px; }}
    QPushButton[kind="status"]:hover {{ background: {c["hover"]}; color: {c["text"]}; }}
    QPushButton[kind="status"]:focus {{ border-color: {c["accent"]}; }}
    """


def _fields(look: Look) -> str:
    c, r, px = look.colours, look.radius, look.ems
    editors = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox"
    states = "\n".join(_state(look, editors, state) for state in ("danger", "warning"))
    focus = ", ".join(f"{name.strip()}:focus" for name in editors.split(","))
    disabled = ", ".join(f"{name.strip()}:disabled" for name in editors.split(","))
    return f"""
    {editors} {{ background: {c["surface"]}; color: {c["text"]}; border: 1px solid {c["border_strong"]};
        border-radius: {r}px; padding: {px(0.4)}px {px(0.6)}px; selection-background-color: {c["accent"]};
        selection-color: {c["on_accent"]}; placeholder-text-color: {c["faint"]}; }}
    QLineEdit, QComboBox, QDateEdit, QSpinBox {{ min-height: {px(1.35)}px; }}
    {focus} {{ border: 2px solid {c["accent"]}; padding: {px(0.4) - 1}px {px(0.6) - 1}px; }}
    {disabled} {{ background: {c["background"]}; color: {c["muted"]}; }}
    QLineEdit[kind="search"] {{ background: {c["background"]}; border-color: {c["border"]}; }}
    QLineEdit[kind="cell"], QComboBox[kind="cell"] {{ min-height: 0; padding: 0 {px(0.5)}px; }}
    QLineEdit[kind="cell"]:focus, QComboBox[kind="cell"]:focus {{ padding: 0 {px(0.5) - 1}px; }}
    QLineEdit[kind="bare"] {{ background: transparent; border: none; font-size: {px(1.1)}px; }}
    {states}
    QComboBox::drop-down {{ border: none; width: {px(1.8)}px; }}
    QComboBox::down-arrow {{ image: none; }}
    QComboBox QAbstractItemView {{ background: {c["surface"]}; border: 1px solid {c["border_strong"]};
        selection-background-color: {c["accent_soft"]}; selection-color: {c["text"]}; outline: none;
        padding: {px(0.25)}px; }}
    QComboBox QAbstractItemView::item {{ min-height: {px(2.0)}px; padding: 0 {px(0.5)}px; }}
    QCheckBox, QRadioButton {{ spacing: {px(0.6)}px; background: transparent; }}
    """


def _state(look: Look, editors: str, state: str) -> str:
    """The frame of an editor in trouble; each class named, a selector for every widget would cost at each polish."""
    names = [f'{name.strip()}[state="{state}"]' for name in editors.split(",")]
    colour = look.colours[state]
    focused = ", ".join(f"{name}:focus" for name in names)
    return f"{', '.join(names)} {{ border: 1px solid {colour}; }}\n{focused} {{ border: 2px solid {colour}; }}"


def _lists(look: Look) -> str:
    c, px = look.colours, look.ems
    return f"""
    QAbstractItemView {{ background: {c["surface"]}; border: none; outline: none;
        selection-background-color: {c["accent_soft"]}; selection-color: {c["text"]}; }}
    QTableView {{ background: transparent; gridline-color: transparent; }}
    QHeaderView {{ background: transparent; border: none; }}
    QHeaderView::section {{ background: transparent; color: {c["muted"]}; border: none;
        border-bottom: 1px solid {c["border"]}; padding: {px(0.6)}px {px(0.75)}px; font-size: {px(0.89)}px;
        font-weight: 500; }}
    QListView::item {{ padding: {px(0.35)}px {px(0.6)}px; border-radius: {look.radius}px; }}
    QListView::item:selected {{ background: {c["accent_soft"]}; color: {c["text"]}; }}
    QTabBar {{ background: transparent; border: none; }}
    QTabBar::tab {{ background: transparent; color: {c["muted"]}; border: none; border-bottom: 2px solid transparent;
        padding: {px(0.75)}px {px(0.1)}px {px(0.6)}px {px(0.1)}px; margin-right: {px(1.0)}px; }}
    QTabBar::tab:selected {{ color: {c["accent"]}; border-bottom-color: {c["accent"]}; font-weight: 600; }}
    QTabBar::tab:hover {{ color: {c["text"]}; }}
    QTabBar::tab:focus {{ color: {c["accent"]}; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {c["border"]}; }}
    QMenu {{ background: {c["surface"]}; border: 1px solid {c["border_strong"]}; padding: {px(0.3)}px; }}
    QMenu::item {{ padding: {px(0.45)}px {px(1.6)}px {px(0.45)}px {px(0.8)}px; border-radius: {look.radius - 2}px; }}
    QMenu::item:selected {{ background: {c["accent_soft"]}; }}
    QMenu::item:disabled {{ color: {c["faint"]}; }}
    QMenu::separator {{ height: 1px; background: {c["border"]}; margin: {px(0.3)}px; }}
    """


def _controls(look: Look) -> str:
    c, px = look.colours, look.ems
    thick = px(0.75)
    return f"""
    QScrollBar {{ background: transparent; border: none; margin: 0; }}
    QScrollBar:vertical {{ width: {thick}px; }}
    QScrollBar:horizontal {{ height: {thick}px; }}
    QScrollBar::handle {{ background: {c["border_strong"]}; border-radius: {thick // 2 - 1}px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: {px(2)}px; }}
    QScrollBar::handle:horizontal {{ min-width: {px(2)}px; }}
    QScrollBar::handle:hover {{ background: {c["faint"]}; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: transparent; border: none; width: 0; height: 0; }}
    QProgressBar {{ background: {c["border"]}; border: none; border-radius: {px(0.28)}px;
        min-height: {px(0.57)}px; max-height: {px(0.57)}px; }}
    QProgressBar::chunk {{ background: {c["accent"]}; border-radius: {px(0.28)}px; }}
    """
