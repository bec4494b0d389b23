"""The form of a page template: its name, colours, logo, foot, columns and second language."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from einvoice_desktop.ports.records import Template, TemplateScope
from einvoice_desktop.services.keep_templates import COLOURS
from einvoice_desktop.ui.screens.settings.templates_presenter import COLUMN_WORDS, LANGUAGES
from einvoice_desktop.ui.widgets.binding import YES, read, write
from einvoice_desktop.ui.widgets.buttons import Button
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.colour_field import ColourField
from einvoice_desktop.ui.widgets.fields import CheckField, ChoiceField, Field, NoteField, TextField
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import column, fields_row, row
from einvoice_desktop.ui.widgets.look import look


class TemplateForm(QWidget):
    """Every field of a template.

    Signals:
        changed: something was typed or chosen. logo_asked, logo_dropped: another logo, or the company's own.
    """

    changed = Signal()
    logo_asked = Signal()
    logo_dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = TextField("Nom du modèle", limit=80)
        self.primary = ColourField("Couleur", COLOURS, placeholder="celle de l’entreprise")
        self.secondary = ColourField("Seconde couleur", (), placeholder="assortie")
        self.footer = NoteField("Pied de page", placeholder="celui de l’entreprise", rows=3)
        self.footer.set_hint("<b>gras</b> et <i>italique</i> sont admis ; rien d’autre n’est gardé.")
        self.language = ChoiceField("Langue", LANGUAGES)
        self.follows = CheckField("Les colonnes utiles à chaque document")
        self.columns = {f"column.{key}": CheckField(words) for key, words in COLUMN_WORDS.items()}
        self.fields: dict[str, Field] = {
            "name": self.name,
            "footer_html": self.footer,
            "language": self.language,
            "follows_document": self.follows,
            **self.columns,
        }
        self._logo = QLabel()
        self._logo.setFixedSize(look().ems(7), look().ems(3))
        self._no_logo = Label("Celui de l’entreprise", "muted")
        self.choose_logo = Button("Choisir un logo…", icon="import")
        self.choose_logo.clicked.connect(self.logo_asked)
        self.drop_logo = Button("Reprendre celui de l’entreprise", "link")
        self.drop_logo.clicked.connect(self.logo_dropped)
        self._lay_out()
        for field in self.fields.values():
            field.changed.connect(field.clear_problem)
            field.changed.connect(self._edited)
        for colour in (self.primary, self.secondary):
            colour.changed.connect(self._edited)

    def _lay_out(self) -> None:
        self._read_only = Label("Modèle du programme : copiez-le pour le changer.", "muted", wrap=True)
        logo = row(self._logo, self._no_logo, self.choose_logo, self.drop_logo, 1, gap="m")
        boxes = list(self.columns.values())
        half = (len(boxes) + 1) // 2
        self._boxes = QWidget()
        column(fields_row(*boxes[:half]), fields_row(*boxes[half:]), gap="s", of=self._boxes)
        self._cards = QWidget()
        column(
            Card(fields_row(self.name, self.language, stretches=(3, 2)), title="Modèle"),
            Card(self.primary, self.secondary, Label("Logo", "label"), logo, title="Couleurs et logo"),
            Card(self.follows, self._boxes, title="Colonnes du tableau"),
            Card(self.footer, title="Bas de page"),
            gap="l",
            of=self._cards,
        )
        column(self._read_only, self._cards, 1, gap="m", of=self)

    def _edited(self) -> None:
        self._boxes.setEnabled(not self.follows.value())
        self.changed.emit()

    def values(self) -> dict[str, str]:
        """What stands in the form."""
        colours = {"primary": self.primary.value(), "secondary": self.secondary.value()}
        return {name: read(field) for name, field in self.fields.items()} | colours

    def show_template(self, template: Template, values: Mapping[str, str]) -> None:
        """Show a template; one of the program can only be looked at."""
        self.blockSignals(True)
        for name, field in self.fields.items():
            write(field, values[name])
            field.set_problem("")
        self.primary.set_value(values["primary"])
        self.secondary.set_value(values["secondary"])
        self._boxes.setEnabled(values["follows_document"] != YES)
        is_ours = template.scope is not TemplateScope.SYSTEM
        self._cards.setEnabled(is_ours)
        self._read_only.setVisible(not is_ours)
        self.show_logo(template.logo)
        self.blockSignals(False)

    def show_logo(self, content: bytes | None) -> bool:
        """Show the logo of the template, or that it has none of its own; whether it could be read."""
        pixmap = QPixmap()
        is_read = content is not None and pixmap.loadFromData(content)
        if is_read:
            shape, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._logo.setPixmap(pixmap.scaled(self._logo.size(), shape, smooth))
        self._logo.setVisible(is_read)
        self._no_logo.setVisible(not is_read)
        self.drop_logo.setVisible(is_read)
        return is_read
