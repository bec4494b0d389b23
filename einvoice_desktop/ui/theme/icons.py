"""Icons drawn for this program: strokes on a 24 × 24 grid, coloured by role when they are painted.

Vector all the way (crisp at any scale), and no icon font to load at start-up.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from einvoice_desktop.ui.widgets.look import look

_SHAPES: dict[str, str] = {
    "home": "M4 11.2 12 4.5l8 6.7|M6 9.8V19a1 1 0 0 0 1 1h3.6v-5.2h2.8V20H17a1 1 0 0 0 1-1V9.8",
    "invoice": "M6 3.8h12v16.7l-2.4-1.5-2.4 1.5-1.2-.8-1.2.8-2.4-1.5L6 20.5z|M9.2 8.4h5.6|M9.2 12h5.6|M9.2 15.4h3",
    "credit": "M6 3.8h12v16.7l-2.4-1.5-2.4 1.5-1.2-.8-1.2.8-2.4-1.5L6 20.5z|M14.8 11.6H9.4|M11.6 9.2 9.2 11.6l2.4 2.4",
    "purchases": "M4 13.4 6.6 5.6A1 1 0 0 1 7.6 5h8.8a1 1 0 0 1 1 .6L20 13.4|"
    "M4 13.4V18a1.2 1.2 0 0 0 1.2 1.2h13.6A1.2 1.2 0 0 0 20 18v-4.6h-4.6a3.4 3.4 0 0 1-6.8 0z",
    "buyers": "M9.2 11.2a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6z|M3.4 19.4c.3-3.4 2.7-5.3 5.8-5.3s5.5 1.9 5.8 5.3|"
    "M15.6 4.9a3.3 3.3 0 0 1 0 6|M17.4 14.5c1.9.8 3 2.5 3.2 4.9",
    "send": "M20.2 4 10.6 13.6|M20.2 4 14 20.2l-3.4-6.6L4 10.2z",
    "register": "M12 3.6 5 6.2v5.2c0 4.3 2.9 7.6 7 9 4.1-1.4 7-4.7 7-9V6.2z|M8.8 12l2.3 2.3 4.2-4.4",
    "settings": "M5 7h8.2|M17.4 7H19|M15.3 9.1a2.1 2.1 0 1 0 0-4.2 2.1 2.1 0 0 0 0 4.2z|"
    "M5 17h1.6|M10.8 17H19|M8.7 19.1a2.1 2.1 0 1 0 0-4.2 2.1 2.1 0 0 0 0 4.2z|M5 12h14",
    "search": "M10.8 17.2a6.4 6.4 0 1 0 0-12.8 6.4 6.4 0 0 0 0 12.8z|M15.5 15.5 20 20",
    "plus": "M12 5v14|M5 12h14",
    "import": "M12 4v10.4|M7.8 10.4 12 14.6l4.2-4.2|M4.6 16.4v2.2a1.4 1.4 0 0 0 1.4 1.4h12a1.4 1.4 0 0 0 1.4-1.4v-2.2",
    "export": "M12 14.6V4.4|M7.8 8.4 12 4.2l4.2 4.2|M4.6 16.4v2.2a1.4 1.4 0 0 0 1.4 1.4h12a1.4 1.4 0 0 0 1.4-1.4v-2.2",
    "file": "M13.4 3.8H7.2A1.2 1.2 0 0 0 6 5v14a1.2 1.2 0 0 0 1.2 1.2h9.6A1.2 1.2 0 0 0 18 19V8.4z|M13.4 3.8v4.6H18",
    "folder": "M3.8 7.2A1.2 1.2 0 0 1 5 6h4.2l2 2.4H19a1.2 1.2 0 0 1 1.2 1.2v7.2A1.2 1.2 0 0 1 19 18H5a1.2 1.2 0 0 1-1.2-1.2z",
    "check": "M5 12.8 9.6 17.4 19 7.2",
    "cross": "M6.4 6.4 17.6 17.6|M17.6 6.4 6.4 17.6",
    "alert": "M12 4.6 3.8 19h16.4z|M12 10.2v4|M12 16.6v.1",
    "info": "M12 20.2a8.2 8.2 0 1 0 0-16.4 8.2 8.2 0 0 0 0 16.4z|M12 11.4v4.8|M12 8.1v.1",
    "help": "M12 20.2a8.2 8.2 0 1 0 0-16.4 8.2 8.2 0 0 0 0 16.4z|M9.6 9.6a2.4 2.4 0 1 1 3.5 2.2c-.8.4-1.1.9-1.1 1.8|M12 16.5v.1",
    "sync": "M19.4 10.4A7.6 7.6 0 0 0 5.6 8.2|M5.2 4.6v3.8H9|M4.6 13.6a7.6 7.6 0 0 0 13.8 2.2|M18.8 19.4v-3.8H15",
    "right": "M9.4 5.8 15.6 12l-6.2 6.2",
    "left": "M14.6 5.8 8.4 12l6.2 6.2",
    "down": "M5.8 9.4 12 15.6l6.2-6.2",
    "up": "M5.8 14.6 12 8.4l6.2 6.2",
    "trash": "M5 7h14|M9.4 7V4.6h5.2V7|M6.8 7l.8 12.4a1 1 0 0 0 1 .9h6.8a1 1 0 0 0 1-.9L17.2 7|M10.4 10.8v5.6|M13.6 10.8v5.6",
    "edit": "M4.6 19.4l.9-3.9L16 5a1.6 1.6 0 0 1 2.3 0l.7.7a1.6 1.6 0 0 1 0 2.3L8.5 18.5z|M14.2 6.8l3 3",
    "copy": "M9 9h9.4a1 1 0 0 1 1 1v8.4a1 1 0 0 1-1 1H10a1 1 0 0 1-1-1z|M15 9V5.6a1 1 0 0 0-1-1H5.6a1 1 0 0 0-1 1V14a1 1 0 0 0 1 1H9",
    "eye": "M3 12c2-4 5.1-6 9-6s7 2 9 6c-2 4-5.1 6-9 6s-7-2-9-6z|M12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z",
    "clock": "M12 20.2a8.2 8.2 0 1 0 0-16.4 8.2 8.2 0 0 0 0 16.4z|M12 7.4V12l3.2 2",
    "print": "M7.4 8.6V4.2h9.2v4.4|M7.4 16.6H5.2A1.2 1.2 0 0 1 4 15.4V9.8a1.2 1.2 0 0 1 1.2-1.2h13.6A1.2 1.2 0 0 1 20 9.8v5.6a1.2 1.2 0 0 1-1.2 1.2h-2.2|M7.4 13.8h9.2v6H7.4z",
    "mail": "M4.8 5.8h14.4a1 1 0 0 1 1 1v10.4a1 1 0 0 1-1 1H4.8a1 1 0 0 1-1-1V6.8a1 1 0 0 1 1-1z|M4.2 7.2 12 12.8l7.8-5.6",
    "lock": "M6.8 11h10.4a1 1 0 0 1 1 1v6.8a1 1 0 0 1-1 1H6.8a1 1 0 0 1-1-1V12a1 1 0 0 1 1-1z|M8.4 11V8a3.6 3.6 0 0 1 7.2 0v3|M12 14.4v2.2",
    "building": "M5.6 20V5.2a1 1 0 0 1 1-1h7.2a1 1 0 0 1 1 1V20|M14.8 9.8h2.6a1 1 0 0 1 1 1V20|M3.8 20h16.4|M8.4 8h3.6|M8.4 11.8h3.6|M8.4 15.6h3.6",
    "play": "M8 5.4 18.4 12 8 18.6z",
    "more": "M5.8 12h.4|M11.8 12h.4|M17.8 12h.4|M6 11.8v.4|M12 11.8v.4|M18 11.8v.4",
    "link": "M10.2 13.8a3.6 3.6 0 0 0 5.2.2l3-3a3.6 3.6 0 0 0-5.1-5.1l-1 1|M13.8 10.2a3.6 3.6 0 0 0-5.2-.2l-3 3a3.6 3.6 0 0 0 5.1 5.1l1-1",
    "calendar": "M5.4 6.2h13.2a1 1 0 0 1 1 1v11.6a1 1 0 0 1-1 1H5.4a1 1 0 0 1-1-1V7.2a1 1 0 0 1 1-1z|M4.4 10.4h15.2|M8.4 4v3.6|M15.6 4v3.6",
    "wallet": "M4.4 7.4A1.6 1.6 0 0 1 6 5.8h10.8v2.6|M4.4 7.4v9.8a1.4 1.4 0 0 0 1.4 1.4h12.8a1 1 0 0 0 1-1V9.4a1 1 0 0 0-1-1H5.4a1 1 0 0 1-1-1z|M15.8 13.5v.1",
    "history": "M4.6 12a7.6 7.6 0 1 0 2.3-5.4L4.8 8.6|M4.6 4.8v4h4|M12 8.2V12l2.8 1.8",
    "sun": "M12 15.6a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2z|M12 3.6v1.8|M12 18.6v1.8|M3.6 12h1.8|M18.6 12h1.8|M6.1 6.1l1.2 1.2|M16.7 16.7l1.2 1.2|M17.9 6.1l-1.2 1.2|M7.3 16.7l-1.2 1.2",
    "moon": "M19.4 14.2A7.8 7.8 0 0 1 9.8 4.6a7.8 7.8 0 1 0 9.6 9.6z",
    "undo": "M8.4 5 4.6 8.8l3.8 3.8|M4.6 8.8h9a5.4 5.4 0 0 1 0 10.8H9.4",
    "sparkle": "M11 4.4l1.7 4.9 4.9 1.7-4.9 1.7L11 17.6l-1.7-4.9L4.4 11l4.9-1.7z|M18 15.4v4|M16 17.4h4",
    "package": "M12 3.8 4.8 7.6v8.8l7.2 3.8 7.2-3.8V7.6z|M4.8 7.6 12 11.4l7.2-3.8|M12 11.4v8.8",
}  # fmt: skip

NAMES = tuple(_SHAPES)


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    paths = "".join(f'<path d="{shape}"/>' for shape in _SHAPES[name].split("|"))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><g fill="none" stroke="{colour}" '
        f'stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">{paths}</g></svg>'
    )
    return QSvgRenderer(QByteArray(svg.encode()))


class _Engine(QIconEngine):
    """Paints one icon in the colour its role has at that moment."""

    def __init__(self, name: str, role: str, on: str) -> None:
        super().__init__()
        self._name, self._role, self._on = name, role, on

    def clone(self) -> QIconEngine:
        twin = _Engine(self._name, self._role, self._on)
        _kept.append(twin)
        return twin

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        is_on = state == QIcon.State.On or mode == QIcon.Mode.Selected
        role = self._on if is_on else self._role
        if mode == QIcon.Mode.Disabled:
            role = "faint"
        side = min(rect.width(), rect.height())
        box = QRectF(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side)
        _renderer(self._name, look().colours[role]).render(painter, box)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap


_kept: list[QIconEngine] = []
"""Engines live as long as the program: Qt does not hold the Python side of those it owns."""


@lru_cache(maxsize=512)
def icon(name: str, role: str = "muted", on: str = "") -> QIcon:
    """The icon ``name`` in the colour of ``role``, or of ``on`` when checked or selected.

    Raises:
        KeyError: no such icon.
    """
    if name not in _SHAPES:
        raise KeyError(name)
    engine = _Engine(name, role, on or role)
    _kept.append(engine)
    return QIcon(engine)
