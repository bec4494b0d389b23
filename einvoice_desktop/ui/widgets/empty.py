"""What a list says when it has nothing to show: why, and the one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column
from einvoice_desktop.ui.widgets.look import look


class Picture(QWidget):
    """An icon on the page, ``ems`` high, drawn in the colour its role has when it is painted."""

    def __init__(self, icon: str, role: str = "muted", ems: float = 1.2) -> None:
        super().__init__()
        self._icon, self._role, self._ems = icon, role, ems
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, icon: str, role: str) -> None:
        """Show another icon."""
        self._icon, self._role = icon, role
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(look().ems(self._ems), look().ems(self._ems))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        look().icon(self._icon, self._role).paint(QPainter(self), QRect(0, 0, self.width(), self.height()))


class EmptyState(QWidget):
    """Icon, title, sentence and at most one button, in the middle."""

    def __init__(self, icon: str, title: str, text: str = "", action: Button | None = None) -> None:
        super().__init__()
        self.title = Label(title, "heading")
        self.text = Label(text, "muted", wrap=True)
        self.text.setFixedWidth(look().ems(28))
        self.action = action
        middle = Qt.AlignmentFlag.AlignHCenter
        self.title.setAlignment(middle)
        self.text.setAlignment(middle)
        layout = column(2, gap="s", of=self)
        for part in (Picture(icon, "faint", 2.8), self.title, self.text):
            layout.addWidget(part, 0, middle)
        if action is not None:
            layout.addSpacing(look().gap.s)
            layout.addWidget(action, 0, middle)
        layout.addStretch(3)
        self._fit()

    def _fit(self) -> None:
        """Several lines in the middle of a column: the layout would give them the height of one."""
        self.text.setFixedHeight(max(0, self.text.heightForWidth(self.text.width())))

    def set(self, title: str, text: str, *, has_action: bool = True) -> None:
        """Say something else."""
        self.title.setText(title)
        self.text.setText(text)
        self._fit()
        if self.action is not None:
            self.action.setVisible(has_action)
