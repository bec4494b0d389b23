"""« Profil »: how much of the norm the file speaks (BT-24); EN 16931 unless one knows why not."""

from __future__ import annotations

from einvoice_desktop.domain.compose import ComposeContext
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.invoice import Profile
from einvoice_desktop.ui.screens.editor.sections.section import Section
from einvoice_desktop.ui.widgets.binding import read
from einvoice_desktop.ui.widgets.card import Notice
from einvoice_desktop.ui.widgets.fields import ChoiceField
from einvoice_desktop.ui.widgets.layouts import column

PROFILES: tuple[tuple[str, str, str], ...] = (
    ("", "Automatique (EN 16931)", "Le profil de la norme européenne, celui qu’il faut dans presque tous les cas."),
    (Profile.EN16931, "EN 16931", "Toute la norme européenne, rien de plus."),
    (Profile.BASIC, "BASIC", "La norme sans ses raretés : lignes, TVA et totaux. Certains clients l’exigent."),
    (Profile.EXTENDED, "EXTENDED", "La norme et des précisions de métier : plusieurs commandes, acomptes par ligne."),
    (
        Profile.EXTENDED_CTC_FR,
        "EXTENDED-CTC-FR",
        "L’extension française de la réforme. Il n’existe pas de Factur-X à ce profil : le XML part seul.",
    ),
    (
        Profile.BASIC_WL,
        "BASIC WL, sans lignes",
        "Sans lignes : ce n’est pas une facture électronique au sens de la réforme.",
    ),
    (Profile.MINIMUM, "MINIMUM", "Quelques totaux : ce n’est pas une facture électronique au sens de la réforme."),
)
"""BT-24, name, and what it is in one sentence."""
NOT_AN_INVOICE = frozenset({str(Profile.MINIMUM), str(Profile.BASIC_WL)})


class ProfileSection(Section):
    """The choice and what it means."""

    def __init__(self) -> None:
        self._choice = ChoiceField("Profil du fichier", tuple((str(key), name) for key, name, _ in PROFILES))
        super().__init__({"profile": self._choice})
        self._meaning = Notice("", "info")
        column(self._choice, self._meaning, gap="m", of=self)
        self._choice.changed.connect(self._explain)
        self._explain()

    def load(self, form: DraftForm, context: ComposeContext) -> None:
        """Show ``form``."""
        super().load(form, context)
        self._explain()

    def _explain(self) -> None:
        chosen = read(self._choice)
        words = next((words for key, _, words in PROFILES if str(key) == chosen), "")
        self._meaning.set(words, "warning" if chosen in NOT_AN_INVOICE else "info")
