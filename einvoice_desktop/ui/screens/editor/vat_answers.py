"""The VAT answers of the form, in words."""

from __future__ import annotations

from einvoice_desktop.domain.vat_choices import VAT_CHOICES


def vat_choices_of(present: str) -> tuple[tuple[str, str], ...]:
    """Keys and words of the usual answers, ``present`` among them."""
    usual = tuple((choice.key, choice.label) for choice in VAT_CHOICES.values())
    return usual if not present or present in VAT_CHOICES else (*usual, (present, present))
