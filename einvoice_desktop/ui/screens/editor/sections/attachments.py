"""« Pièces jointes »: files that go with the document (BG-24), what each is in plain words (BR-FR-17), its size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from einvoice_desktop.domain.compose import ComposeContext
from einvoice_desktop.domain.draft import DraftAttachment, DraftForm
from einvoice_desktop.ui.screens.editor.sections.section import Section
from einvoice_desktop.ui.widgets.binding import read, write
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.fields import ChoiceField, Field, TextField
from einvoice_desktop.ui.widgets.formats import number
from einvoice_desktop.ui.widgets.labels import ElidedLabel, Label
from einvoice_desktop.ui.widgets.layouts import column, row

QUALIFIERS = (
    ("DOCUMENT_ANNEXE", "Document annexe"),
    ("BON_COMMANDE", "Bon de commande"),
    ("BON_LIVRAISON", "Bon de livraison"),
    ("RIB", "RIB"),
    ("LISIBLE", "Facture lisible (PDF)"),
    ("PJA", "Pièce justificative"),
    ("BORDEREAU_SUIVI", "Bordereau de suivi"),
    ("BORDEREAU_SUIVI_VALIDATION", "Bordereau de suivi validé"),
    ("ETAT_ACOMPTE", "État d’acompte"),
    ("FACTURE_PAIEMENT_DIRECT", "Facture en paiement direct"),
    ("RECAPITULATIF_COTRAITANCE", "Récapitulatif de cotraitance"),
    ("FEUILLE_DE_STYLE", "Feuille de style"),
)
"""What a file is, the usual kinds first."""
KINDS = "Fichiers (*.pdf *.png *.jpg *.jpeg *.csv *.xlsx *.ods)"
_KILO, _MEGA = 1000, 1_000_000


def size_words(size: int) -> str:
    """``48 Ko``, ``1,2 Mo``."""
    if size < _KILO:
        return f"{size} octets"
    if size < _MEGA:
        return f"{number(round(size / _KILO))} Ko"
    return f"{number((Decimal(size) / _MEGA).quantize(Decimal('0.1')))} Mo"


class AttachmentRow(QWidget):
    """One file, or one link: its name, its size, what it is.

    Signals:
        changed: what it is was chosen. removal_asked.
    """

    changed = Signal()
    removal_asked = Signal()

    def __init__(self, attached: DraftAttachment, size: int | None) -> None:
        super().__init__()
        self._attached = attached
        name = attached.filename or attached.reference or "lien"
        self.kind = ChoiceField("", QUALIFIERS)
        self.kind.editor.setAccessibleName(f"Nature de {name}")
        self.url = TextField("", placeholder="https://…")
        self.url.editor.setAccessibleName("Adresse du document")
        self._name = ElidedLabel(name, "strong")
        self._size = Label("" if size is None else size_words(size), "muted")
        self._size.setMinimumWidth(self._size.fontMetrics().horizontalAdvance("999 octets"))
        self._size.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        remove = Button("", "ghost", icon="cross")
        remove.setAccessibleName(f"Retirer {name}")
        remove.setToolTip("Retirer")
        remove.clicked.connect(self.removal_asked)
        is_link = not attached.sha256
        self.url.setVisible(is_link)
        self._name.setVisible(not is_link)
        self._size.setVisible(not is_link)
        layout = row(self._name, self.url, self._size, self.kind, remove, gap="m", of=self)
        for place, share in ((0, 5), (1, 5), (3, 4)):
            layout.setStretch(place, share)
        write(self.kind, attached.description or QUALIFIERS[0][0])
        write(self.url, attached.url)
        self.kind.changed.connect(self.changed)
        self.url.changed.connect(self.changed)

    def value(self) -> DraftAttachment:
        """The attachment as it stands."""
        return replace(self._attached, description=read(self.kind), url=read(self.url))

    def show_size(self, size: int | None) -> None:
        """Say how large it is, once known."""
        if size is not None:
            self._size.setText(size_words(size))


class AttachmentsSection(Section):
    """The files, one below the other.

    Signals:
        files_asked: the user wants to choose files. files_given: paths dropped or pasted. picture_given: bytes of a
        pasted picture, as a PNG.
    """

    files_asked = Signal()
    files_given = Signal(object)
    picture_given = Signal(object)

    def __init__(self) -> None:
        super().__init__({})
        self._rows: list[AttachmentRow] = []
        self._list: QVBoxLayout = column(gap="s")
        self.add = Button("Ajouter un fichier…", "link", icon="plus")
        self.add.clicked.connect(self.files_asked)
        self.link = Button("Ajouter un lien", "link", icon="link")
        self.link.clicked.connect(self._add_link)
        words = "PDF, image, CSV, XLSX ou ODS, 10 Mo au plus. Déposez-les ici, ou collez-les (Ctrl+V)."
        column(self._list, row(self.add, self.link, 1, gap="l"), Label(words, "small", wrap=True), gap="m", of=self)
        self.setAcceptDrops(True)
        paste = QShortcut(QKeySequence.StandardKey.Paste, self, self.paste)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- the form ------------------------------------------------------------------------------------------------

    def load(self, form: DraftForm, context: ComposeContext) -> None:
        """Show ``form``; sizes come from the bytes the form is read with."""
        super().load(form, context)
        self._show(form.attachments, {sha256: len(content) for sha256, content in context.files.items()})

    def show_sizes(self, context: ComposeContext) -> None:
        """Sizes known since."""
        for entry in self._rows:
            content = context.files.get(entry.value().sha256)
            entry.show_size(len(content) if content is not None else None)

    def append(self, attached: DraftAttachment, size: int) -> None:
        """One more file."""
        self._make(attached, size)
        self.fields_made.emit()
        self.edited.emit()

    def values(self) -> dict[str, Any]:
        """The files, and the links that say where."""
        kept = tuple(entry.value() for entry in self._rows)
        return {
            "attachments": tuple(attached for attached in kept if attached.sha256 or attached.url or attached.filename)
        }

    def places(self) -> dict[str, Field]:
        """Whatever is wrong with a file is told at what it is."""
        found: dict[str, Field] = {}
        for index, entry in enumerate(self._rows):
            at = entry.kind if entry.value().sha256 else entry.url
            for name in ("filename", "media_type", "reference", "url"):
                found[f"attachments.{index}.{name}"] = at
            found[f"attachments.{index}.description"] = entry.kind
        return found

    def order(self) -> Iterator[QWidget]:
        """Down the card."""
        for entry in self._rows:
            yield entry.url.editor
            yield entry.kind.editor
        yield self.add
        yield self.link

    def focus_first(self) -> None:
        """To the button: what one comes for."""
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- rows ----------------------------------------------------------------------------------------------------

    def _show(self, attachments: Sequence[DraftAttachment], sizes: Mapping[str, int]) -> None:
        if tuple(entry.value() for entry in self._rows) == tuple(attachments):
            return
        while self._rows:
            self._drop(self._rows[-1])
        for attached in attachments:
            self._make(attached, sizes.get(attached.sha256))
        self.fields_made.emit()

    def _make(self, attached: DraftAttachment, size: int | None) -> AttachmentRow:
        entry = AttachmentRow(attached, size)
        self._rows.append(entry)
        self._list.addWidget(entry)
        entry.changed.connect(self.edited)
        entry.removal_asked.connect(lambda entry=entry: self._remove(entry))
        return entry

    def _add_link(self) -> None:
        entry = self._make(DraftAttachment(), None)
        self.fields_made.emit()
        entry.url.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, entry: AttachmentRow) -> None:
        self._drop(entry)
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fields_made.emit()
        self.edited.emit()

    def _drop(self, entry: AttachmentRow) -> None:
        self._rows.remove(entry)
        entry.hide()
        self._list.removeWidget(entry)
        entry.deleteLater()

    # -- what is dropped or pasted -------------------------------------------------------------------------------

    def paste(self) -> None:
        """Files or a picture of the clipboard; a text is not for here."""
        clipboard = QGuiApplication.clipboard()
        paths, picture = _paths(clipboard.mimeData()), clipboard.image()
        if paths:
            self.files_given.emit(paths)
        elif not picture.isNull():
            self.picture_given.emit(_png(picture))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files hanging over the card are for this document, not for the purchases."""
        if _paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        event.acceptProposedAction()
        self.files_given.emit(_paths(event.mimeData()))


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
