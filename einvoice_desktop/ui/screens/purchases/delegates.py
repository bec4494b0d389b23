"""A purchase on two lines: supplier and amount, verdict and state."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from einvoice_desktop.ports.queries import ReceivedRow
from einvoice_desktop.ui.screens.purchases.presenter import row_pills
from einvoice_desktop.ui.screens.purchases.rows import ROW_ROLE
from einvoice_desktop.ui.widgets.formats import money
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pill import paint_pill, pill_size


class ReceivedDelegate(QStyledItemDelegate):
    """Draws a row."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines and their air."""
        return QSize(look().ems(18), look().ems(4.8))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, words, pills, line."""
        row: ReceivedRow = index.data(ROW_ROLE)
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look().colour("accent_soft"))
        painter.setPen(QPen(look().colour("border"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inner = area.adjusted(look().gap.l, look().ems(0.7), -look().gap.l, -look().ems(0.7))
        self._draw_words(painter, inner, row)
        verdict, state = row_pills(row)
        low = QRect(inner.x(), inner.bottom() - look().ems(1.5), inner.width(), look().ems(1.6))
        width = pill_size(state[0], option.font).width()
        paint_pill(painter, low.adjusted(0, 0, -width - look().gap.s, 0), verdict[0], verdict[1], option.font)
        paint_pill(painter, low.adjusted(low.width() - width, 0, 0, 0), state[0], state[1], option.font)
        painter.restore()

    @staticmethod
    def _draw_words(painter: QPainter, inner: QRect, row: ReceivedRow) -> None:
        high = QRect(inner.x(), inner.y(), inner.width(), look().ems(1.5))
        amount = money(row.with_vat, row.currency) if row.with_vat is not None else ""
        painter.setPen(look().colour("text"))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(high, right, amount)
        room = high.width() - painter.fontMetrics().horizontalAdvance(amount) - look().gap.m
        bold = QFont(painter.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        name = row.supplier_name or row.filename
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(high, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
