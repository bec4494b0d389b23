"""A colour by its code, or by one of a few swatches."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from einvoice_desktop.ui.widgets.fields import TextField
from einvoice_desktop.ui.widgets.layouts import row
from einvoice_desktop.ui.widgets.look import look

_CODE = re.compile(r"#[0-9A-Fa-f]{6}")


class Swatch(QAbstractButton):
    """One colour to touch, by its name."""

    def __init__(self, name: str, code: str) -> None:
        super().__init__()
        self.code = code
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A disc and room for its ring."""
        side = look().ems(1.9)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The disc; a ring when it is chosen, or when it has the keys."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        ring = look().ems(0.14)
        if self.isChecked() or self.hasFocus():
            painter.setPen(QPen(look().colour("accent"), ring))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box.adjusted(ring, ring, -ring, -ring))
        inset = ring * 3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.code))
        painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))


class ColourField(QWidget):
    """The code typed and the swatches, each following the other.

    Signals:
        changed: another colour, or one being typed.
    """

    changed = Signal()

    def __init__(self, label: str, swatches: Sequence[tuple[str, str]], *, placeholder: str = "") -> None:
        super().__init__()
        self.code = TextField(label, placeholder=placeholder, limit=7)
        self.code.line.setFixedWidth(look().ems(13))
        self.code.changed.connect(self._follow)
        self._swatches = [Swatch(name, code) for name, code in swatches]
        for swatch in self._swatches:
            swatch.clicked.connect(lambda _checked=False, code=swatch.code: self.code.set_text(code))
        discs = row(*self._swatches, 1, gap="xs")
        layout = row(self.code, gap="m", of=self)
        layout.addLayout(discs)
        layout.setAlignment(discs, Qt.AlignmentFlag.AlignBottom)
        layout.setStretch(1, 1)

    def value(self) -> str:
        """What stands in the field."""
        return self.code.value()

    def set_value(self, code: str) -> None:
        """Show a colour."""
        self.code.set_text(code)
        self._follow()

    @property
    def is_right(self) -> bool:
        """Whether it is empty or a colour."""
        return not self.value() or _CODE.fullmatch(self.value()) is not None

    def _follow(self) -> None:
        for swatch in self._swatches:
            swatch.setChecked(swatch.code.lower() == self.value().lower())
            swatch.update()
        self.code.clear_problem()
        self.changed.emit()
