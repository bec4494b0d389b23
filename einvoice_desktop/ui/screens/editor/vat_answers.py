"""The VAT answers of the form, in words: long ones to choose by, short ones that fit a cell."""

from __future__ import annotations

from einvoice_desktop.domain.vat_choices import ALL_VAT_CHOICES, VAT_CHOICES, VatChoice, VatGroup, vat_choice
from einvoice_desktop.ui.widgets.answer_cell import Answer

WHY_KEY = "?"
WHY = Answer(WHY_KEY, "Pourquoi n’y a-t-il pas de TVA ?", is_door=True)
_SHORT = {"E": "Exonéré", "AE": "Autoliquidation", "K": "Livraison UE", "G": "Export", "O": "Hors champ"}


def vat_choices_of(present: str) -> tuple[tuple[str, str], ...]:
    """Keys and words of the usual answers, ``present`` among them."""
    usual = tuple((choice.key, choice.label) for choice in VAT_CHOICES.values())
    return usual if not present or present in VAT_CHOICES else (*usual, (present, long_words(present)))


def vat_answers(*, for_credit_note: bool = False) -> tuple[Answer, ...]:
    """Every answer, the rates first, then what explains that there is no VAT; the door to the questions last."""
    known = [choice for choice in ALL_VAT_CHOICES if for_credit_note or not choice.is_for_credit_notes]
    return (*(Answer(choice.key, choice.label, _quiet(choice)) for choice in known), WHY)


def _quiet(choice: VatChoice) -> str:
    treatment = choice.treatment
    if treatment.category == "S":
        return ""
    parts = (treatment.exemption_reason or "", treatment.exemption_code or "")
    return " · ".join(part for part in parts if part and part != choice.label)


def short_words(key: str) -> str:
    """What a cell shows: « 20 % », « Exonéré »; the key itself when it is none of ours."""
    choice = vat_choice(key)
    if choice is None:
        return key
    if choice.key in VAT_CHOICES:
        return choice.label
    category = str(choice.treatment.category)
    if choice.group is VatGroup.MARGIN:
        return "Marge"
    if category == "S":
        return choice.label.partition(" (")[0]
    return _SHORT.get(category, choice.label)


def long_words(key: str) -> str:
    """The whole answer with its legal sentence, for a tool tip."""
    choice = vat_choice(key)
    if choice is None:
        return key
    quiet = _quiet(choice)
    return f"{choice.label} : {quiet}" if quiet else choice.label
