"""How far a deal is paid by deposits: issued, being typed, and what is left, as one bar."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from einvoice_desktop.domain.deposit import DepositProgress
from einvoice_desktop.ui.widgets.formats import money, number
from einvoice_desktop.ui.widgets.look import look


def progress_words(progress: DepositProgress, currency: str) -> str:
    """« 3 000,00 € demandés sur 10 000,00 € HT, 30 % »."""
    asked = progress.deposited + progress.drafted
    share = f"{number(progress.percent)} %"
    if progress.drafted:
        share += f", dont {money(progress.drafted, currency)} en brouillon"
    return f"{money(asked, currency)} demandés sur {money(progress.deal_total, currency)} HT, {share}"


def remaining_words(progress: DepositProgress, currency: str) -> str:
    """What may still be asked, or that the deal is ended."""
    if progress.has_balance:
        return "Ce marché est soldé."
    return f"Il reste {money(progress.remaining, currency)} HT à demander."


class DealBar(QWidget):
    """Plain for what is issued, pale for drafts, empty for the rest; its words are for whoever does not see it."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_progress(self, progress: DepositProgress, currency: str) -> None:
        """Show a deal."""
        total = progress.deal_total or Decimal(1)
        self._parts = (progress.deposited / total, progress.drafted / total)
        if progress.has_balance:
            self._parts = (Decimal(1), Decimal(0))
        self.setAccessibleName(progress_words(progress, currency))
        self.update()

    def sizeHint(self) -> QSize:
        """Thin."""
        return QSize(look().ems(10), look().ems(0.57))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, drafts, then what is issued."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        edge = QPainterPath()
        edge.addRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setClipPath(edge)
        painter.fillRect(box, look().colour("border"))
        issued, drafted = (float(part) for part in self._parts)
        painter.fillRect(
            QRectF(0, 0, box.width() * min(1.0, issued + drafted), box.height()), look().colour("accent_soft")
        )
        painter.fillRect(QRectF(0, 0, box.width() * min(1.0, issued), box.height()), look().colour("accent"))
