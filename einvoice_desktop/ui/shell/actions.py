"""The actions of the whole window: each with words, keys and a tip, all listed in the palette and under F1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from einvoice_desktop.ui.shell.registry import ENTRIES, Entry
from einvoice_desktop.ui.widgets.look import look

Go = Callable[[str, str], None]
Run = Callable[[], None]
_PAUSE, _RESUME = "Suspendre la synchronisation", "Reprendre la synchronisation"


class WindowActions:
    """Every action that works wherever one is.

    Attributes:
        entries: one for each entry of the sidebar (Alt+1…9). The others by name.
    """

    def __init__(
        self, window: QWidget, go: Go, *, palette: Run, sync: Run, pause: Run, files: Run, close: Run, help_: Run
    ) -> None:
        self._window = window
        self._keys: dict[QAction, str] = {}
        self.entries: list[tuple[Entry, QAction]] = []
        for position, entry in enumerate(ENTRIES, start=1):
            run = partial(go, entry.screen, entry.argument)
            tip = f"Afficher : {entry.words}"
            self.entries.append((entry, self._make(entry.words, run, f"Alt+{position}", tip, entry.icon)))
        self.palette = self._make(
            "Rechercher ou exécuter…", palette, "Ctrl+K", "Chercher un document, un client, une action", "search"
        )
        self.new_invoice = self._make(
            "Nouvelle facture", partial(go, "editor", "new:380"), "Ctrl+Shift+F", "Commencer une facture", "plus"
        )
        self.new_buyer = self._make(
            "Nouveau client", partial(go, "buyers", "new"), "Ctrl+Shift+C", "Ajouter un client au répertoire", "buyers"
        )
        self.new_credit = self._make(
            "Nouvel avoir", partial(go, "editor", "new:381"), "Ctrl+Shift+A", "Commencer un avoir", "credit"
        )
        self.import_files = self._make(
            "Importer des factures reçues…",
            files,
            "Ctrl+O",
            "Lire des factures de fournisseurs depuis des fichiers",
            "import",
        )
        self.sync = self._make(
            "Synchroniser maintenant", sync, "F5", "Envoyer ce qui attend et relever les nouvelles", "sync"
        )
        self.pause = self._make(
            _PAUSE, pause, "", "Ne plus rien envoyer ni relever jusqu’à nouvel ordre, ou reprendre", "clock"
        )
        self.platform = self._make(
            "Plateforme…",
            partial(go, "settings", "platform"),
            "",
            "Plateforme à laquelle les documents sont envoyés",
            "link",
        )
        self.company = self._make(
            "Mon entreprise…", partial(go, "settings", "company"), "", "Nom, adresse, TVA, IBAN, mentions", "building"
        )
        self.appearance = self._make(
            "Apparence…", partial(go, "settings", "appearance"), "", "Clair, sombre ou comme le système", "sun"
        )
        self.new_company = self._make(
            "Nouvelle entreprise…", partial(go, "start", "new"), "", "Ajouter une entreprise", "building"
        )
        self.back = self._make(
            "Revenir à l’écran précédent", partial(go, "back", ""), "Alt+Left", "Revenir à l’écran précédent", "left"
        )
        self.close_panel = self._make(
            "Fermer le panneau", close, "Esc", "Fermer le panneau ouvert ou la sélection", "cross"
        )
        self.help = self._make("Raccourcis clavier", help_, "F1", "Toutes les touches de cet écran", "help")
        self.quit = self._make(
            "Quitter", window.close, "Ctrl+Q", "Fermer la fenêtre ; rien de ce qui est saisi n’est perdu", "cross"
        )

    def all(self) -> list[QAction]:
        """In the order of the palette."""
        return [action for action in self._window.actions() if action is not self.palette]

    def show_paused(self, *, is_paused: bool) -> None:
        """Say what the pause action would do now."""
        self.pause.setText(_RESUME if is_paused else _PAUSE)

    def give_way_to(self, page_actions: Sequence[QAction]) -> None:
        """A page may give a meaning of its own to keys of the window; two actions never share them."""
        taken = {action.shortcut().toString() for action in page_actions if not action.shortcut().isEmpty()}
        for action, keys in self._keys.items():
            action.setShortcut(QKeySequence() if keys in taken else QKeySequence(keys))

    def _make(self, words: str, run: Callable[[], object], keys: str, tip: str, icon: str) -> QAction:
        action = QAction(look().icon(icon), words, self._window)
        if keys:
            action.setShortcut(QKeySequence(keys))
            self._keys[action] = action.shortcut().toString()
        action.setStatusTip(tip)
        action.triggered.connect(lambda _checked=False: run())
        self._window.addAction(action)
        return action
