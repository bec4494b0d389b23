"""The right side of the editor: the page as it will be, and the verdict."""

from __future__ import annotations

from PySide6.QtCore import Signal

from einvoice_desktop.ui.screens.editor.words import PanelWords
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.pdf_view import PdfView
from einvoice_desktop.ui.widgets.rule_panel import RulePanel
from einvoice_desktop.ui.widgets.tabs import Tabs


class ContextPanel(Tabs):
    """Tabs « Aperçu » and « Conformité ».

    Signals:
        preview_wanted: the preview has just become visible.
    """

    preview_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("Aperçu et conformité")
        self.preview = PdfView()
        self.rules = RulePanel()
        self.add("Aperçu", self.preview)
        self.add("Conformité", self.rules)
        self.current_changed.connect(self._changed)
        self.setMinimumWidth(look().ems(14))

    @property
    def shows_preview(self) -> bool:
        """Whether the page is what is looked at."""
        return self.current is self.preview

    def show_rules(self) -> None:
        """Bring the verdict forward."""
        self.show_page(self.rules)

    def show_preview(self) -> None:
        """Bring the page forward."""
        self.show_page(self.preview)

    def show_verdict(self, words: PanelWords) -> None:
        """The verdict, and its count on the tab."""
        self.rules.show_verdict(words.tone, words.verdict, words.detail, words.problems, words.footer)
        self.set_title(self.rules, f"Conformité · {words.count}" if words.count else "Conformité")

    def _changed(self, _index: int) -> None:
        if self.shows_preview:
            self.preview_wanted.emit()
