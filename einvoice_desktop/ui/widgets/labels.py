"""Words on the screen: titles, quiet text, amounts."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from einvoice_desktop.ui.widgets.formats import money


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at, and apply the sheet again when it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Label(QLabel):
    """Text in one of the roles of the style sheet.

    ``role``: ``title`` (1.5 em), ``heading`` (semi-bold), ``muted``, ``small``, ``label`` (above a field), ``figure``
    (a large amount), ``strong``; empty for body text.
    """

    def __init__(self, text: str = "", role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def set_role(self, role: str) -> None:
        """Show the text in another role."""
        restyle(self, "role", role)


class AmountLabel(Label):
    """An amount, right-aligned with tabular figures."""

    def __init__(self, amount: Decimal | None = None, currency: str = "EUR", role: str = "") -> None:
        super().__init__(role=role)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.set_amount(amount, currency)

    def set_amount(self, amount: Decimal | None, currency: str = "EUR") -> None:
        """Show another amount; a dash for none."""
        self.setText(money(amount, currency))


class ElidedLabel(Label):
    """One line that ends with « … » where it does not fit; the whole text is its tool tip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text, role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """May shrink to a few letters."""
        return QSize(self.fontMetrics().horizontalAdvance("MMM…"), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        area = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        self.setToolTip(self.text() if text != self.text() else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), text)
