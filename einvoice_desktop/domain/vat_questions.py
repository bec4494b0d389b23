"""« Pourquoi n'y a-t-il pas de TVA ? »: questions and answers by key, without words, and what follows from them.

A form asks :func:`first_question`, shows :func:`answers`, and calls :func:`follow` until an :class:`Outcome` comes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from einvoice_desktop.domain.exemptions import CREDIT_NET_OF_TAX, MARGIN_SCHEMES
from einvoice_desktop.domain.invoice import TaxPoint
from einvoice_desktop.domain.parties import BuyerKind
from einvoice_desktop.domain.vat import VatCategory, VatTreatment
from einvoice_desktop.domain.vat_choices import vat_choice

EU_COUNTRIES = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MC MT NL PL PT RO SE SI SK XI".split()
)
"""Member states of the union's VAT territory, Monaco and Northern Ireland (goods) with them."""


class Question(StrEnum):
    """What is asked, one at a time."""

    WHY = "why"
    BUYER_PLACE = "buyer_place"
    SUPPLY_EU = "supply_eu"
    SUPPLY_OUTSIDE = "supply_outside"
    REVERSE_CHARGE = "reverse_charge"
    ACTIVITY = "activity"
    LETTING = "letting"
    MARGIN = "margin"
    SUSPENSION = "suspension"


class BuyerNeed(StrEnum):
    """What must be known of the customer or of the delivery."""

    VAT_NUMBER = "vat_number"
    IDENTITY = "identity"
    DELIVERY_COUNTRY = "delivery_country"
    DELIVERY_DATE = "delivery_date"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known before asking.

    Attributes:
        is_franchise, has_vat_number: of the company. buyer_kind, buyer_country: ``None`` and empty while unknown.
        is_credit_note: whether the document is one. nature: letter of the form, ``B``, ``S`` or ``M``.
        on_debits: whether the company opted for VAT on invoices.
    """

    is_franchise: bool = False
    has_vat_number: bool = True
    buyer_kind: BuyerKind | None = None
    buyer_country: str = ""
    is_credit_note: bool = False
    nature: str = "S"
    on_debits: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the answers come to.

    Attributes:
        vat: key of the VAT answer. reason: its legal sentence (BT-120). code: BT-121.
        tax_point: BT-8, ``None`` to write none: no French VAT falls due on the line, whatever the option.
        nature: letter of BT-23 the answers imply, ``None`` when they say nothing of it. process: BT-23 for that letter.
        needs_tax_registration: BT-32 stands for the missing VAT number (franchise).
        needs_vat_number: the company must have one (BR-AE-02, BR-IC-02, BR-G-02).
        buyer: what is needed of the customer and the delivery.
        prices_include_vat: margin scheme: the price is the whole price.
    """

    vat: str
    reason: str
    code: str
    tax_point: TaxPoint | None = None
    nature: str | None = None
    process: str = ""
    needs_tax_registration: bool = False
    needs_vat_number: bool = False
    buyer: frozenset[BuyerNeed] = frozenset()
    prices_include_vat: bool = False


def _always(_: Circumstances) -> bool:
    return True


def _is_domestic(known: Circumstances) -> bool:
    return known.buyer_kind is not BuyerKind.FOREIGN_BUSINESS


def _is_business(known: Circumstances) -> bool:
    return known.buyer_kind is not BuyerKind.INDIVIDUAL


def _is_normal(known: Circumstances) -> bool:
    return not known.is_franchise


def _may_be_abroad(known: Circumstances) -> bool:
    is_french = known.buyer_kind in {BuyerKind.FRENCH_BUSINESS, BuyerKind.PUBLIC} or known.buyer_country == "FR"
    return not known.is_franchise and not is_french


def _may_be_in_the_union(known: Circumstances) -> bool:
    return not known.buyer_country or known.buyer_country in EU_COUNTRIES - {"FR"}


def _may_be_outside(known: Circumstances) -> bool:
    return not known.buyer_country or known.buyer_country not in EU_COUNTRIES


@dataclass(frozen=True, slots=True)
class _Answer:
    """``to``: the next question, or the key of a VAT answer. ``when``: whether it makes sense. ``nature``: implied."""

    to: Question | str
    when: Callable[[Circumstances], bool] = _always
    nature: str | None = None


def _exempt(code: str) -> str:
    return f"E:{code}"


_TREE: dict[Question, dict[str, _Answer]] = {
    Question.WHY: {
        "franchise": _Answer("FRANCHISE", lambda k: k.is_franchise),
        "buyer_abroad": _Answer(Question.BUYER_PLACE, _may_be_abroad),
        "reverse_charge": _Answer(
            Question.REVERSE_CHARGE, lambda k: _is_normal(k) and _is_domestic(k) and _is_business(k)
        ),
        "exempt_activity": _Answer(Question.ACTIVITY),
        "margin": _Answer(Question.MARGIN, _is_normal),
        "suspension": _Answer(Question.SUSPENSION, lambda k: _is_normal(k) and _is_business(k)),
        "overseas": _Answer(_exempt("VATEX-FR-CGI295"), _is_normal),
        "disbursement": _Answer(_exempt("VATEX-EU-79-C")),
        "out_of_scope": _Answer("O"),
        "net_credit": _Answer(_exempt(CREDIT_NET_OF_TAX), lambda k: k.is_credit_note and not k.is_franchise),
    },
    Question.BUYER_PLACE: {
        "eu": _Answer(Question.SUPPLY_EU, lambda k: _may_be_in_the_union(k) and _is_business(k)),
        "outside": _Answer(Question.SUPPLY_OUTSIDE, _may_be_outside),
    },
    Question.SUPPLY_EU: {
        "goods": _Answer("K", nature="B"),
        "new_vehicle": _Answer("K:298SEXIES", nature="B"),
        "services": _Answer("AE:UE", nature="S"),
    },
    Question.SUPPLY_OUTSIDE: {
        "goods": _Answer("G", nature="B"),
        "services": _Answer("G:259-1", _is_business, nature="S"),
    },
    Question.REVERSE_CHARGE: {
        "construction": _Answer("AE:283-2NONIES", nature="S"),
        "waste": _Answer("AE:283-2SEXIES", nature="B"),
        "energy": _Answer("AE:283-2QUINQUIES", nature="B"),
        "other": _Answer("AE"),
    },
    Question.ACTIVITY: {
        "health": _Answer(_exempt("VATEX-FR-CGI261-4"), nature="S"),
        "teaching": _Answer(_exempt("VATEX-FR-CGI261-4"), nature="S"),
        "association": _Answer(_exempt("VATEX-FR-CGI261-7")),
        "letting": _Answer(Question.LETTING),
        "real_estate": _Answer(_exempt("VATEX-FR-CGI261-5"), nature="B"),
        "insurance": _Answer(_exempt("VATEX-FR-CGI261C-2"), nature="S"),
        "banking": _Answer(_exempt("VATEX-FR-CGI261C-1"), nature="S"),
        "group": _Answer(_exempt("VATEX-FR-CGI261B"), nature="S"),
        "used_equipment": _Answer(_exempt("VATEX-FR-CGI261-3"), nature="B"),
        "farming_and_fishing": _Answer(_exempt("VATEX-FR-CGI261-2")),
        "gambling": _Answer(_exempt("VATEX-FR-CGI261E-2"), nature="S"),
        "gold": _Answer(_exempt("VATEX-FR-298SEXDECIESA"), nature="B"),
    },
    Question.LETTING: {
        "furnished": _Answer(_exempt("VATEX-FR-CGI261D-4"), nature="S"),
        "bare": _Answer(_exempt("VATEX-FR-CGI261D-2"), nature="S"),
        "farmland": _Answer(_exempt("VATEX-FR-CGI261D-1"), nature="S"),
    },
    Question.MARGIN: {
        "second_hand": _Answer(_exempt("VATEX-EU-F"), nature="B"),
        "art": _Answer(_exempt("VATEX-EU-I"), nature="B"),
        "antiques": _Answer(_exempt("VATEX-EU-J"), nature="B"),
        "travel": _Answer(_exempt("VATEX-EU-D"), nature="S"),
    },
    Question.SUSPENSION: {
        "exporter": _Answer(_exempt("VATEX-FR-CGI275"), nature="B"),
        "warehouse": _Answer(_exempt("VATEX-FR-CGI277A"), nature="B"),
    },
}


def first_question() -> Question:
    """Where to begin."""
    return Question.WHY


def answers(question: Question, known: Circumstances) -> tuple[str, ...]:
    """Keys of the answers that make sense, in order."""
    return tuple(key for key, answer in _TREE[question].items() if answer.when(known))


def follow(question: Question, answer: str, known: Circumstances) -> Question | Outcome:
    """The next question, or what the answers come to.

    Raises:
        KeyError: no such answer to ``question``.
    """
    chosen = _TREE[question][answer]
    if isinstance(chosen.to, Question):
        return chosen.to
    return outcome_of(chosen.to, known, nature=chosen.nature)


def outcome_of(vat: str, known: Circumstances, *, nature: str | None = None) -> Outcome:
    """What the VAT answer of key ``vat`` brings with it.

    Raises:
        KeyError: no such VAT answer.
    """
    choice = vat_choice(vat)
    if choice is None:
        raise KeyError(vat)
    treatment = choice.treatment
    is_taxed = treatment.category == VatCategory.STANDARD
    return Outcome(
        vat=choice.key,
        reason=treatment.exemption_reason or "",
        code=treatment.exemption_code or "",
        tax_point=TaxPoint.INVOICE if is_taxed and known.on_debits else None,
        nature=nature,
        process=f"{nature or known.nature}1",
        needs_tax_registration=treatment.category == VatCategory.EXEMPT and not known.has_vat_number,
        needs_vat_number=treatment.category in {"S", "AE", "K", "G"},
        buyer=_buyer_needs(treatment, known, choice.key),
        prices_include_vat=treatment.exemption_code in MARGIN_SCHEMES,
    )


def _buyer_needs(treatment: VatTreatment, known: Circumstances, key: str) -> frozenset[BuyerNeed]:
    """BR-AE-02: VAT number or legal identifier; BR-IC-02, 11, 12: VAT number, date or period, and country of delivery."""
    if treatment.category == VatCategory.INTRA_COMMUNITY:
        return frozenset({BuyerNeed.VAT_NUMBER, BuyerNeed.DELIVERY_COUNTRY, BuyerNeed.DELIVERY_DATE})
    if treatment.category != VatCategory.REVERSE_CHARGE:
        return frozenset()
    is_abroad = key == "AE:UE" or known.buyer_kind is BuyerKind.FOREIGN_BUSINESS
    return frozenset({BuyerNeed.VAT_NUMBER if is_abroad else BuyerNeed.IDENTITY})
