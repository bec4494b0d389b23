"""Purchases: drop zone and list on the left, the page in the middle, its data on the right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QSplitter

from einvoice_desktop.ports.queries import Page as Rows
from einvoice_desktop.ports.queries import ReceivedRow
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.services.view_document import ReceivedView
from einvoice_desktop.ui.background import Lane, Latest
from einvoice_desktop.ui.page import Header, Page, Tools
from einvoice_desktop.ui.screens.purchases.delegates import ReceivedDelegate
from einvoice_desktop.ui.screens.purchases.import_panel import ImportPanel
from einvoice_desktop.ui.screens.purchases.presenter import (
    WIDE_PILLS,
    ImportLine,
    PurchasesPresenter,
    left_out_words,
    to_review,
)
from einvoice_desktop.ui.screens.purchases.received_panel import ReceivedPanel
from einvoice_desktop.ui.screens.purchases.rows import ReceivedModel
from einvoice_desktop.ui.screens.purchases.sources import Gathered, Source
from einvoice_desktop.ui.widgets.empty import Picture
from einvoice_desktop.ui.widgets.formats import plural
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pdf_view import PdfView
from einvoice_desktop.ui.widgets.pill import pill_size

_KINDS = "Factures (*.pdf *.xml *.zip *.eml);;Tous les fichiers (*)"
_SEARCH_DELAY = 180


class DropCard(QFrame):
    """Where files are dropped, or chosen with a click.

    Signals:
        dropped: paths. clicked: choose files instead.
    """

    dropped = Signal(list)
    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "drop")
        self.setAcceptDrops(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Zone de dépôt de factures")
        layout = column(gap="xs", margin="m", of=self)
        words = Label("PDF, XML, ZIP, e-mail ou dossier", "small", wrap=True)
        title = Label("Déposez ici vos factures", "strong")
        for part in (title, words):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(Picture("import", "accent", 1.6), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(title)
        layout.addWidget(words)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take local files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which."""
        self.dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses files."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()


class PurchasesPage(Page):
    """Received documents."""

    def __init__(self, services: Services, tools: Tools) -> None:
        super().__init__()
        self._presenter = PurchasesPresenter(services)
        self._tools = tools
        self._wanted = ""
        self._shown: ReceivedView | None = None
        self._waiting: list[Source] = []
        self._notes: list[str] = []
        self._total = 0
        self._is_importing = self._is_cancelled = self._is_fetching = False
        self._lists: Latest[Rows[ReceivedRow]] = Latest(tools.background)
        self._views: Latest[ReceivedView] = Latest(tools.background)
        self._import_action = self.command("Importer…", self._choose, keys="Ctrl+O", icon="import")
        self._save_action = self.command("Enregistrer l’original sous…", self._save, keys="Ctrl+Shift+S", icon="export")
        self._build()
        tools.bridge.data_changed.connect(self._on_data_changed)

    def _build(self) -> None:
        self.drop = DropCard()
        self.drop.dropped.connect(self.import_files)
        self.drop.clicked.connect(self._choose)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Fournisseur, numéro, montant…")
        self.search.setAccessibleName("Chercher dans les achats")
        self.search.setClearButtonEnabled(True)
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(_SEARCH_DELAY)
        self._search_timer.timeout.connect(self.reload)
        self.search.textChanged.connect(self._search_timer.start)
        self.model = ReceivedModel()
        self.list = QListView()
        self.model.setParent(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(ReceivedDelegate(self.list))
        self.list.setProperty("kind", "rows")
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Factures reçues")
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.list.selectionModel().currentChanged.connect(self._picked)
        self.imports = ImportPanel()
        self.imports.cancelled.connect(self._cancel)
        self.imports.opened.connect(self.show_document)
        self.pdf, self.data = PdfView(), ReceivedPanel()
        self._lay_out()

    def _lay_out(self) -> None:
        left = QFrame()
        left.setProperty("kind", "panel")
        top = column(self.drop, self.search, gap="m", margin="l")
        whole = column(gap="", of=left)
        whole.addLayout(top)
        whole.addWidget(self.list, 1)
        whole.addWidget(self.imports)
        self.setFocusProxy(self.list)
        words = self.search.fontMetrics().horizontalAdvance(self.search.placeholderText()) + look().ems(2.4)
        pills = sum(pill_size(text, self.font()).width() for text in WIDE_PILLS) + look().gap.s
        left.setMinimumWidth(max(words, pills) + 2 * look().gap.l + self.list.verticalScrollBar().sizeHint().width())
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        for part in (left, self.pdf, self.data):
            self.splitter.addWidget(part)
        self.splitter.setChildrenCollapsible(False)
        for index, stretch in enumerate((3, 4, 4)):
            self.splitter.setStretchFactor(index, stretch)
        self.splitter.setSizes([340, 440, 420])
        column(self.splitter, gap="", of=self)
        self._show_nothing()

    # -- the page in the window ----------------------------------------------------------------------------------

    def header(self) -> Header:
        """Title, what waits, « Importer… »."""
        count = to_review(self.model.rows)
        pill = (plural(count, "{n} à examiner", "{n} à examiner"), "info") if count else ("", "neutral")
        actions = (self._save_action,) if self._shown is not None else ()
        return Header("Achats", pill=pill, primary=self._import_action, actions=actions)

    def open(self, argument: str) -> None:
        """Show the list, and a document of it."""
        if argument:
            self._wanted = argument
        self.list.setFocus()
        self.reload()

    def may_be_made_again(self) -> bool:
        """Not while files are being received, nor while their list is shown."""
        return not self._is_importing and not self.imports.lines

    def close_panel(self) -> bool:
        """Échap closes the list of the import, once it is over."""
        if self.imports.isVisible() and not self._is_importing:
            self.imports.hide()
            return True
        return False

    def reload(self) -> None:
        """Read the list again."""
        company, text = self._tools.company_id(), self.search.text().strip()
        self._lists.run(lambda: self._presenter.rows(company, search=text), self._listed)

    def _on_data_changed(self, topic: str) -> None:
        if topic == "received" and self.isVisible() and not self._is_importing:
            self.reload()

    def _listed(self, page: Rows[ReceivedRow]) -> None:
        self.model.load(page.rows, page.next_key)
        self.header_changed.emit()
        wanted = self._wanted or (self._shown.document.id if self._shown is not None else "")
        self._wanted = ""
        if wanted:
            self.show_document(wanted)
        elif page.rows:
            self.list.setCurrentIndex(self.model.index(0))
        else:
            self._show_nothing()

    def _scrolled(self, value: int) -> None:
        bar = self.list.verticalScrollBar()
        if self.model.next_key and not self._is_fetching and value > bar.maximum() - bar.pageStep():
            self._is_fetching = True
            company, key, text = self._tools.company_id(), self.model.next_key, self.search.text().strip()
            self._tools.background.run(
                lambda: self._presenter.rows(company, after=key, search=text),
                success=self._fetched,
                failure=self._not_fetched,
            )

    def _fetched(self, page: Rows[ReceivedRow]) -> None:
        self._is_fetching = False
        self.model.append(page.rows, page.next_key)

    def _not_fetched(self, error: Exception) -> None:
        self._is_fetching = False
        self._tools.dialogs.error(error)

    # -- one document --------------------------------------------------------------------------------------------

    def show_document(self, document_id: str) -> None:
        """Show a document, in the list or not."""
        row = self.model.row_of(document_id)
        if row >= 0 and self.list.currentIndex().row() != row:
            self.list.setCurrentIndex(self.model.index(row))
        else:
            self._load(document_id)

    def _picked(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._load(self.model.rows[current.row()].id)

    def _load(self, document_id: str) -> None:
        self._views.run(lambda: self._presenter.view(document_id), self._loaded)

    def _loaded(self, view: ReceivedView) -> None:
        self._shown = view
        self.data.show_view(view)
        if view.document.pdf is not None:
            self.pdf.show_bytes(view.document.pdf)
        else:
            self.pdf.show_message("Ce fichier n’a pas de page à montrer.")
        self.header_changed.emit()

    def _show_nothing(self) -> None:
        self._shown = None
        self.data.clear_view()
        self.pdf.show_message("Vos factures d’achat s’afficheront ici, la page à côté de ses données.")

    def _save(self) -> None:
        if self._shown is None:
            return
        document = self._shown.document
        path = self._tools.dialogs.save_file("Enregistrer l’original", Path(document.filename).name)
        if path is not None:
            content = document.original
            self._tools.background.run(lambda: path.write_bytes(content), success=self._written, lane=Lane.WRITE)

    def _written(self, _count: int) -> None:
        self._tools.dialogs.tell("L’original est enregistré, octet pour octet.", "success")

    # -- importing -----------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        paths = self._tools.dialogs.choose_files("Importer des factures", _KINDS)
        if paths:
            self.import_files(paths)

    def import_files(self, paths: Sequence[Path]) -> None:
        """Receive files, folders, ZIP and e-mails, one document after the other, in the background."""
        chosen = tuple(Path(path) for path in paths)
        self._tools.background.run(lambda: self._presenter.gather(chosen), success=self._gathered)

    def _gathered(self, gathered: Gathered) -> None:
        found, left_out = gathered.sources, left_out_words(gathered.left_out, is_cut=gathered.is_cut)
        if not found:
            words = f"Aucune facture dans ce qui a été déposé (PDF, XML, ZIP ou e-mail). {left_out}".rstrip()
            self._tools.dialogs.tell(words, "warning")
            return
        if left_out:
            self._notes.append(left_out)
        self._waiting.extend(found)
        if self._is_importing:
            self._total += len(found)
            return
        self._total, self._is_importing, self._is_cancelled = len(found), True, False
        self.imports.start(self._total)
        self._receive_next()

    def _receive_next(self) -> None:
        if self._is_cancelled or not self._waiting:
            self._finish()
            return
        source, company = self._waiting.pop(0), self._tools.company_id()
        self._tools.background.run(
            lambda: self._presenter.receive(company, source),
            success=self._received,
            failure=self._broke,
            lane=Lane.WRITE,
        )

    def _received(self, line: ImportLine) -> None:
        self.imports.add(line, self._total)
        self._receive_next()

    def _broke(self, error: Exception) -> None:
        """A bug or a full disk: the rest stays where it is, the user is told."""
        self._is_cancelled = True
        self._finish()
        self._tools.dialogs.error(error)

    def _cancel(self) -> None:
        self._is_cancelled = True

    def _finish(self) -> None:
        self._waiting.clear()
        self._is_importing = False
        for words in self._notes:
            self.imports.add_note(words)
        self._notes.clear()
        self.imports.finish(is_cancelled=self._is_cancelled)
        last = next((line.document_id for line in reversed(self.imports.lines) if line.document_id), "")
        if last:
            self._wanted = last
            self._tools.bridge.announce("received")
            self.reload()
