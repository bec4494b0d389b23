"""Ctrl+K: type a few letters, run an action or open a document or a customer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from einvoice_desktop.ports.queries import Queries
from einvoice_desktop.ui.background import Background, Latest
from einvoice_desktop.ui.errors import Explanation, explain_rule, find_rules
from einvoice_desktop.ui.widgets.buttons import shortcut_words
from einvoice_desktop.ui.widgets.card import Line
from einvoice_desktop.ui.widgets.formats import identifier, money
from einvoice_desktop.ui.widgets.layouts import column
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.matching import matches

_PAUSE, _MOST = 120, 8
_QUIET = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the palette: words, quiet words, icon, what it does."""

    words: str
    quiet: str
    icon: str
    run: Callable[[], object]


def find_records(queries: Queries, company_id: str, typed: str, go: Callable[[str, str], None]) -> list[Suggestion]:
    """Documents and customers that answer to ``typed`` (reads the store)."""
    found = []
    for row in queries.invoices(company_id, search=typed, limit=_MOST).rows:
        screen = "editor" if row.is_draft else "document"
        quiet = f"{row.buyer_name} · {money(row.with_vat, row.currency)}"
        found.append(Suggestion(row.number or "Brouillon", quiet, "invoice", _opens(go, screen, row.id)))
    for buyer in queries.buyers(company_id, search=typed, limit=_MOST).rows:
        quiet = " · ".join(part for part in (identifier(buyer.siren), buyer.city) if part)
        found.append(Suggestion(buyer.name, quiet, "buyers", _opens(go, "buyers", buyer.id)))
    return found


def find_rule_help(typed: str, show: Callable[[Explanation], None]) -> list[Suggestion]:
    """Help on the official rules whose identifier holds ``typed`` (``br-fr-05``)."""
    return [
        Suggestion(f"{code} · {words}", "Règle", "help", _tells(show, code)) for code, words in find_rules(typed, _MOST)
    ]


def _tells(show: Callable[[Explanation], None], code: str) -> Callable[[], None]:
    def tell() -> None:
        explanation = explain_rule(code)
        if explanation is not None:
            show(explanation)

    return tell


def _opens(go: Callable[[str, str], None], screen: str, argument: str) -> Callable[[], None]:
    return lambda: go(screen, argument)


class _Line(QStyledItemDelegate):
    """Icon, words at the left, quiet words at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(look().ems(10), look().ems(2.3))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("accent_soft"))
            painter.drawRoundedRect(rect, look().radius, look().radius)
        side = look().ems(1.2)
        index.data(Qt.ItemDataRole.DecorationRole).paint(
            painter, QRect(rect.x() + look().gap.s, rect.center().y() - side // 2, side, side)
        )
        inner = rect.adjusted(look().gap.s + side + look().gap.m, 0, -look().gap.m, 0)
        quiet = str(index.data(_QUIET) or "")
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(look().colour("muted"))
        painter.drawText(inner, middle | int(Qt.AlignmentFlag.AlignRight), quiet)
        painter.setPen(look().colour("text"))
        inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(quiet) - look().gap.m)
        words = str(index.data() or "")
        painter.drawText(
            inner, middle, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        )
        painter.restore()


class Palette(QFrame):
    """The box that opens over the window; Échap closes it."""

    def __init__(
        self,
        window: QWidget,
        *,
        background: Background,
        search: Callable[[str], list[Suggestion]],
        actions: Callable[[], Sequence[QAction]],
    ) -> None:
        super().__init__(window)
        self.setProperty("kind", "popup")
        self.setAccessibleName("Rechercher ou exécuter")
        self._window, self._search, self._actions = window, search, actions
        self._latest: Latest[list[Suggestion]] = Latest(background)
        self._shown: list[Suggestion] = []
        self._records: list[Suggestion] = []
        self.line = QLineEdit()
        self.line.setProperty("kind", "bare")
        self.line.setPlaceholderText("Document, client, action…")
        self.line.setAccessibleName("Rechercher ou exécuter")
        self.list = QListWidget()
        self.list.setItemDelegate(_Line(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setIconSize(QSize(look().ems(1.2), look().ems(1.2)))
        column(self.line, Line(), self.list, gap="s", margin="m", of=self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._ask)
        self.line.textChanged.connect(self._on_typed)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self._run())
        self.hide()

    def open(self) -> None:
        """Show it, empty, ready to type."""
        window = self._window
        width = min(look().ems(44), window.width() - look().ems(4))
        self.setFixedWidth(width)
        self.move(QPoint((window.width() - width) // 2, look().ems(5)))
        self._records = []
        self.line.clear()
        self._fill()
        self.show()
        self.raise_()
        self.line.setFocus()

    def _on_typed(self, typed: str) -> None:
        self._records = [r for r in self._records if matches(f"{r.words} {r.quiet}", typed)]
        self._fill()
        self._timer.start() if typed.strip() else self._timer.stop()

    def _ask(self) -> None:
        typed = self.line.text().strip()
        self._latest.run(lambda: self._search(typed), self._on_found)

    def _on_found(self, found: list[Suggestion]) -> None:
        if self.isVisible():
            self._records = found
            self._fill()

    def _fill(self) -> None:
        typed = self.line.text().strip()
        commands = [
            Suggestion(a.text().rstrip("…"), shortcut_words(a.shortcut()), "", a.trigger)
            for a in self._actions()
            if a.isEnabled() and a.isVisible() and a.text() and matches(f"{a.text()} {a.statusTip()}", typed)
        ]
        icons = {a.text().rstrip("…"): a.icon() for a in self._actions()}
        self._shown = [*self._records, *commands]
        self.list.clear()
        for suggestion in self._shown:
            item = QListWidgetItem(suggestion.words)
            item.setData(_QUIET, suggestion.quiet)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, suggestion.quiet)
            item.setIcon(look().icon(suggestion.icon) if suggestion.icon else icons[suggestion.words])
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._fit()

    def _fit(self) -> None:
        """As high as what it shows, within the window."""
        lines = max(1, self.list.count())
        wanted = look().ems(2.3) * lines + look().ems(5.6)
        self.setFixedHeight(min(wanted, look().ems(32), self._window.height() - look().ems(8)))

    def _run(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._shown):
            self.hide()
            self._shown[row].run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list typed in the line."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            count = max(1, self.list.count())
            self.list.setCurrentRow((self.list.currentRow() + step) % count)
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._run()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False
