"""How near a turnover is to a ceiling: « Franchise : 31 200 € sur 37 500 € », with what happens past it and where it was read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from einvoice_desktop.domain.thresholds import Advice, Ceiling, Counted, Position
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.formats import money, number
from einvoice_desktop.ui.widgets.labels import Label
from einvoice_desktop.ui.widgets.layouts import clear, column, row
from einvoice_desktop.ui.widgets.share_bar import ShareBar

_NAMES = {
    (Ceiling.FRANCHISE, Counted.ALL): "Franchise de TVA",
    (Ceiling.FRANCHISE, Counted.SERVICES): "Franchise de TVA, services",
    (Ceiling.FRANCHISE, Counted.REGULATED): "Franchise, avocats et auteurs",
    (Ceiling.FRANCHISE, Counted.OTHER): "Franchise, autres travaux",
    (Ceiling.MICRO, Counted.ALL): "Régime micro",
    (Ceiling.MICRO, Counted.SERVICES): "Régime micro, services",
}
_TONES = {
    Position.UNDER: "success",
    Position.NEAR: "warning",
    Position.OVER_BASE: "danger",
    Position.OVER_RAISED: "danger",
}
_HUNDRED = Decimal(100)


def whole(amount: Decimal) -> str:
    """``31 200 €``: euros without cents."""
    return money(amount.quantize(Decimal(1))).replace(",00", "")


def title_words(advice: Advice) -> str:
    """« Franchise de TVA : 31 200 € sur 37 500 € »."""
    threshold = advice.threshold
    name = _NAMES.get((threshold.ceiling, threshold.counted), "Seuil")
    return f"{name} : {whole(advice.counted)} sur {whole(advice.base)}"


def meaning_words(advice: Advice) -> str:
    """What the position means, in one sentence."""
    is_franchise = advice.threshold.ceiling is Ceiling.FRANCHISE
    match advice.position:
        case Position.UNDER:
            return f"Il reste {whole(advice.remaining)} avant le seuil de l’année."
        case Position.NEAR:
            return f"Plus que {whole(advice.remaining)} avant le seuil : préparez-vous avec votre comptable."
        case Position.OVER_BASE if is_franchise and advice.raised is not None:
            return (
                "Seuil dépassé : vous facturerez la TVA dès le 1er janvier prochain, "
                f"ou tout de suite au-delà de {whole(advice.raised)}."
            )
        case Position.OVER_RAISED:
            return "Seuil majoré dépassé : la TVA est due dès la date du dépassement. Voyez votre comptable."
        case _:
            return "Seuil dépassé : au bout de deux années de suite, le régime micro prend fin."


def source_words(advice: Advice) -> str:
    """Where the figure was read, and that it is to be checked."""
    year = advice.threshold.checked_for
    check = (
        f"Chiffres vérifiés pour {year} seulement : à vérifier."
        if advice.to_be_checked
        else f"Chiffres vérifiés pour {year}, à vérifier chaque année."
    )
    return f"{check} Source : {advice.threshold.source}."


class CeilingBar(ShareBar):
    """The turnover along the ceiling."""

    def __init__(self, advice: Advice) -> None:
        words = f"{title_words(advice)}, {number(advice.used_percent)} %"
        super().__init__(((advice.used_percent / _HUNDRED, _TONES[advice.position]),), words)


class CeilingCard(Card):
    """One or several ceilings, the most pressing first; hidden while there is none."""

    def __init__(self) -> None:
        self._host = QWidget()
        self._rows = column(gap="m", of=self._host)
        super().__init__(self._host, title="Vos seuils")
        self.hide()

    def show_advice(self, told: Sequence[Advice]) -> None:
        """Show these."""
        clear(self._rows)
        for advice in told:
            head = row(Label(title_words(advice), "strong", wrap=True), gap="m")
            source = Label(source_words(advice), "small", wrap=True)
            meaning = Label(meaning_words(advice), "" if advice.position is Position.UNDER else "warning", wrap=True)
            self._rows.addLayout(column(head, CeilingBar(advice), meaning, source, gap="xs"))
        self.setVisible(bool(told))
