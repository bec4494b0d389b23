"""Short ways to stand widgets beside and below one another, with the gaps of the look."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from einvoice_desktop.ui.widgets.look import look

Item = QWidget | QLayout | int | None
"""A widget, a layout, an ``int`` (stretch) or ``None`` (skipped)."""


def _filled(layout: QBoxLayout, items: tuple[Item, ...], gap: str, margin: str) -> None:
    gaps = look().gap
    layout.setSpacing(getattr(gaps, gap) if gap else 0)
    edge = getattr(gaps, margin) if margin else 0
    layout.setContentsMargins(edge, edge, edge, edge)
    for item in items:
        if isinstance(item, QWidget):
            layout.addWidget(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        elif item is not None:
            layout.addStretch(item)


def column(*items: Item, gap: str = "m", margin: str = "", of: QWidget | None = None) -> QVBoxLayout:
    """A vertical layout; ``gap`` and ``margin`` are names of :class:`Gaps`, empty for none; ``of``: whose layout."""
    layout = QVBoxLayout(of) if of is not None else QVBoxLayout()
    _filled(layout, items, gap, margin)
    return layout


def row(*items: Item, gap: str = "m", margin: str = "", of: QWidget | None = None) -> QHBoxLayout:
    """A horizontal layout, see :func:`column`."""
    layout = QHBoxLayout(of) if of is not None else QHBoxLayout()
    _filled(layout, items, gap, margin)
    return layout


def fields_row(*items: QWidget, stretches: tuple[int, ...] = ()) -> QHBoxLayout:
    """Fields beside one another, their labels on one line whatever stands under them."""
    layout = row()
    for index, item in enumerate(items):
        stretch = stretches[index] if index < len(stretches) else 1
        layout.addWidget(item, stretch, Qt.AlignmentFlag.AlignTop)
    return layout


class _Area(QScrollArea):
    """Scrolls up and down only, so it asks for the width its content cannot do without."""

    def minimumSizeHint(self) -> QSize:
        height = super().minimumSizeHint().height()
        content = self.widget()
        if content is None:
            return super().minimumSizeHint()
        return QSize(content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width(), height)


def scrolled(content: QWidget) -> QScrollArea:
    """``content`` in a frameless area that scrolls when it must, vertically only."""
    area = _Area()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    content.setProperty("kind", "canvas")
    area.setWidget(content)
    return area


class Reflow(QWidget):
    """Two widgets at the ends of one line while both fit, else one below the other."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__()
        self._first, self._second = first, second
        self._line = row(first, second, gap="m", of=self)
        self._line.setStretch(0, 1)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of both."""
        return QSize(self._second.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the direction that fits."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Choose again: what the two say may have changed."""
        needed = self._first.sizeHint().width() + self._second.minimumSizeHint().width() + look().gap.m
        fits = needed <= self.width()
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != direction:
            self._line.setDirection(direction)


def clear(layout: QLayout) -> None:
    """Take everything out of ``layout`` and delete it."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            # Hidden, not orphaned: a widget without a parent whose showing is already queued flashes as a window.
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
            inner.deleteLater()
