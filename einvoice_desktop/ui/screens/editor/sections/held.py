"""What each folded part of the sheet holds, told in a few words without opening it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.typed import parse_date
from einvoice_desktop.ui.screens.editor.sections.currency import CURRENCIES
from einvoice_desktop.ui.screens.editor.sections.discounts import NATURES
from einvoice_desktop.ui.screens.editor.sections.mentions import SUBJECTS
from einvoice_desktop.ui.screens.editor.sections.payment import MEANS
from einvoice_desktop.ui.screens.editor.sections.presentation import LANGUAGES
from einvoice_desktop.ui.screens.editor.sections.profile import PROFILES
from einvoice_desktop.ui.screens.editor.sections.tax import PROCESSES, TAX_POINTS
from einvoice_desktop.ui.widgets.formats import day

_USUAL = DraftForm()
_SHORTENED = 40


@dataclass(frozen=True, slots=True)
class Part:
    """One folded part: its key, its title, what it is for, and the fields of the form it holds."""

    key: str
    title: str
    tip: str
    names: tuple[str, ...]


PARTS: tuple[Part, ...] = (
    Part(
        "discounts", "Remises et frais", "Remise sur le total, port, emballage, remise par ligne",
        ("global_discount", "changes"),
    ),
    Part(
        "delivery", "Livraison", "Autre lieu, période couverte",
        ("period_start", "period_end", "delivery_name", "delivery_line1", "delivery_line2", "delivery_postal_code",
         "delivery_city", "delivery_country"),
    ),
    Part(
        "references", "Références", "Contrat, projet, service, bons, documents antérieurs",
        ("buyer_reference", "contract", "project", "sales_order", "despatch_advice", "receiving_advice", "tender",
         "accounting_reference", "object_id", "object_scheme", "references"),
    ),
    Part(
        "payment", "Paiement", "Prélèvement, carte, chèque, autre compte, déjà payé, arrondi",
        ("payment_means", "payment_terms", "iban", "bic", "remittance", "mandate", "creditor_id", "debited_account",
         "card_number", "card_holder", "paid", "rounding"),
    ),
    Part(
        "tax", "TVA", "Quand elle est due, prix TTC, pourquoi il n’y en a pas",
        ("tax_point", "tax_point_date", "process", "prices_include_vat"),
    ),
    Part("currency", "Devise", "Facturer dans une autre monnaie que l’euro", ("currency", "exchange_rate")),
    Part("mentions", "Mentions", "Assurance, retenue de garantie, affacturage, éco-participation", ("notes",)),
    Part("attachments", "Pièces jointes", "Bon de commande, bon de livraison, RIB…", ("attachments",)),
    Part("presentation", "Présentation", "Modèle de page, seconde langue", ("template_id", "language")),
    Part("profile", "Profil", "Ce que le fichier dit de la norme", ("profile",)),
)  # fmt: skip
"""In the order they are offered."""

_NAMES = {
    "payment_terms": "conditions", "iban": "IBAN", "bic": "BIC", "remittance": "libellé", "mandate": "mandat",
    "creditor_id": "ICS", "debited_account": "compte débité", "card_number": "carte", "card_holder": "porteur",
    "paid": "déjà payé", "rounding": "arrondi", "tax_point_date": "TVA due le", "exchange_rate": "taux",
    "delivery_name": "", "delivery_line1": "", "delivery_line2": "", "delivery_postal_code": "", "delivery_city": "",
    "delivery_country": "", "period_start": "du", "period_end": "au", "buyer_reference": "", "contract": "contrat",
    "project": "projet", "sales_order": "commande", "despatch_advice": "livraison", "receiving_advice": "réception",
    "tender": "marché", "accounting_reference": "imputation", "object_id": "objet",
}  # fmt: skip
_CHOICES: dict[str, dict[str, str]] = {
    "payment_means": dict(MEANS),
    "tax_point": {key: f"TVA due {words}" for key, words in TAX_POINTS},
    "process": dict(PROCESSES),
    "currency": dict(CURRENCIES),
    "language": dict(LANGUAGES),
    "profile": {str(key): name for key, name, _ in PROFILES},
    "prices_include_vat": {"yes": "prix TTC"},
    "template_id": {},
    "object_scheme": {},
}


def part_of(place: str) -> Part | None:
    """The part that holds the field of a form path, ``None`` for one that is always in sight."""
    head = place.partition(".")[0]
    return next((part for part in PARTS if head in part.names), None)


def held(form: DraftForm, part: Part) -> tuple[str, ...]:
    """Each thing ``part`` holds that differs from the usual, in a few words."""
    return tuple(words for name in part.names for words in _told(form, name))


def _told(form: DraftForm, name: str) -> Iterator[str]:
    value = getattr(form, name)
    if value == getattr(_USUAL, name) or name == "object_scheme":
        return
    if name in _LISTS:
        yield from (_LISTS[name](entry) for entry in value)
    elif name in _CHOICES:
        yield _CHOICES[name].get(value, "modèle choisi" if name == "template_id" else value)
    elif name == "global_discount":
        yield f"remise {value.strip().rstrip('%').strip()} %"
    elif str(value).strip():
        shown = parse_date(value) if name in _DATES else None
        yield f"{_NAMES.get(name, '')} {day(shown) if shown else _short(value)}".strip()


_DATES = frozenset({"period_start", "period_end", "tax_point_date"})


def _change(entry: object) -> str:
    kind = f"{_of(entry, 'kind')}:{_of(entry, 'reason_code')}"
    percent = _of(entry, "percentage").strip()
    words = _of(entry, "reason").strip() or dict(NATURES).get(kind, "Remise ou frais")
    return f"{words} {f'{percent} %' if percent else _of(entry, 'amount')}".strip()


def _note(entry: object) -> str:
    return dict(SUBJECTS).get(_of(entry, "subject")) or _short(_of(entry, "text"))


def _of(entry: object, name: str) -> str:
    return str(getattr(entry, name))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORTENED else line[: _SHORTENED - 1] + "…"


_LISTS: dict[str, Callable[[object], str]] = {
    "changes": _change,
    "notes": _note,
    "references": lambda entry: _of(entry, "number"),
    "attachments": lambda entry: _of(entry, "filename") or _of(entry, "reference") or _of(entry, "url"),
}
