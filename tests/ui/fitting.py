"""What a person cannot read: texts cut or ended with « … » because their widget is too small for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from einvoice_desktop.ui.theme import Theme
from einvoice_desktop.ui.widgets.labels import ElidedLabel

TAKES_TWO_PIXELS = 2
"""Rounding of fractional advances."""


def wide_font(pixels: int) -> QFont:
    """Bitstream Vera, the mother of DejaVu Sans: the widest body font usual on a desktop; it comes with reportlab."""
    from importlib import resources

    for face in ("Vera", "VeraBd"):
        content = (resources.files("reportlab") / "fonts" / f"{face}.ttf").read_bytes()
        number = QFontDatabase.addApplicationFontFromData(content)
        assert number >= 0
    font = QFont(QFontDatabase.applicationFontFamilies(number)[0])
    font.setPixelSize(pixels)
    return font


@contextmanager
def system_font(themed: Theme, app: QApplication, font: QFont) -> Iterator[None]:
    """The program as it starts on a computer whose font is ``font``; what was before comes back."""
    before = QFont(app.font())
    app.setFont(font)
    other = Theme(app, "light")
    try:
        yield
    finally:
        app.styleHints().colorSchemeChanged.disconnect(other._on_system_changed)
        other.deleteLater()
        app.setFont(before)
        themed.choose("light")


@contextmanager
def watched_elision(monkeypatch: Any) -> Iterator[list[str]]:
    """Every text that was shortened to be painted, as « whole → shown »."""
    seen: list[str] = []
    real: Callable[..., str] = QFontMetrics.elidedText

    def elided(self: QFontMetrics, text: str, mode: Qt.TextElideMode, width: int, *rest: Any) -> str:
        shown = real(self, text, mode, width, *rest)
        if shown != text:
            seen.append(f"{text} → {shown}")
        return shown

    with monkeypatch.context() as patch:
        patch.setattr(QFontMetrics, "elidedText", elided)
        yield seen


def cut_texts(root: QWidget) -> list[str]:
    """What is cut among the visible widgets of ``root``."""
    found: list[str] = []
    for widget in root.findChildren(QWidget):
        if widget.isVisibleTo(root) and widget.isVisible() and not getattr(widget, "is_folded", False):
            found += [f"{type(widget).__name__}: {words}" for words in _cut(widget)]
    return found


def _cut(widget: QWidget) -> list[str]:
    if isinstance(widget, ElidedLabel):
        return []
    if isinstance(widget, QLabel):
        return _cut_label(widget)
    if isinstance(widget, QHeaderView):
        return _cut_sections(widget)
    if isinstance(widget, QScrollArea):
        return _cut_content(widget)
    if isinstance(widget, QTabBar):
        return [widget.tabText(i) for i in range(widget.count()) if widget.tabRect(i).right() > widget.width()]
    if isinstance(widget, QComboBox):
        return _cut_combo(widget)
    if isinstance(widget, QLineEdit):
        return _cut_line(widget)
    if isinstance(widget, QToolButton) and isinstance(widget.parent(), QTabBar):
        return []  # the bar itself tells
    if isinstance(widget, QAbstractButton) and widget.width() + TAKES_TWO_PIXELS < widget.minimumSizeHint().width():
        return [f"{widget.accessibleName() or widget.text()} {widget.width()} < {widget.minimumSizeHint().width()}"]
    return []


def _cut_label(label: QLabel) -> list[str]:
    if not label.text() or not label.pixmap().isNull():
        return []
    area, metrics = label.contentsRect(), label.fontMetrics()
    if not label.wordWrap():
        needed = max(metrics.horizontalAdvance(line) for line in label.text().splitlines())
        return [f"{label.text()} {area.width()} < {needed}"] if needed > area.width() + TAKES_TWO_PIXELS else []
    box = metrics.boundingRect(0, 0, area.width(), 10_000, int(Qt.TextFlag.TextWordWrap), label.text())
    is_cut = box.height() > area.height() + TAKES_TWO_PIXELS or box.width() > area.width() + TAKES_TWO_PIXELS
    return [f"{label.text()} {area.width()}x{area.height()} < {box.width()}x{box.height()}"] if is_cut else []


def _cut_content(area: QScrollArea) -> list[str]:
    content, room = area.widget(), area.viewport().width()
    can_scroll = area.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if content is None or can_scroll or content.width() <= room:
        return []
    return [f"content {content.width()} > {room}"]


def _cut_sections(header: QHeaderView) -> list[str]:
    if header.orientation() is Qt.Orientation.Vertical or header.model() is None:
        return []
    found = []
    for number in range(header.count()):
        needed, given = header.sectionSizeHint(number), header.sectionSize(number)
        words = str(header.model().headerData(number, Qt.Orientation.Horizontal) or "")
        if words and not header.isSectionHidden(number) and needed > given + TAKES_TWO_PIXELS:
            found.append(f"{words} {given} < {needed}")
    return found


def _cut_combo(combo: QComboBox) -> list[str]:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    style = combo.style()
    room = style.subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    ).width()
    needed = combo.fontMetrics().horizontalAdvance(combo.currentText())
    return [f"{combo.currentText()} {room} < {needed}"] if needed > room + TAKES_TWO_PIXELS else []


def _cut_line(line: QLineEdit) -> list[str]:
    """Invitations in full; what a person types may scroll."""
    if line.text() or not line.placeholderText() or isinstance(line.parent(), QComboBox):
        return []
    margins = line.textMargins()
    edge = margins.left() + margins.right() + 4
    option_room = line.style().subElementRect
    from PySide6.QtWidgets import QStyleOptionFrame

    option = QStyleOptionFrame()
    line.initStyleOption(option)
    room = option_room(QStyle.SubElement.SE_LineEditContents, option, line).width() - edge
    needed = line.fontMetrics().horizontalAdvance(line.placeholderText())
    return [f"{line.placeholderText()} {room} < {needed}"] if needed > room + TAKES_TWO_PIXELS else []
