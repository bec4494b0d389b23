"""The VAT answers a form offers, the usual ones first, and the treatment behind each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from einvoice_desktop.domain.exemptions import (
    CREDIT_NET_OF_TAX,
    EUROPEAN_EXEMPTIONS,
    FRENCH_EXEMPTIONS,
    MARGIN_SCHEMES,
)
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.vat import (
    VatCategory,
    VatTreatment,
    export,
    intra_community,
    out_of_scope,
    reverse_charge,
    small_business_exemption,
    standard,
)


class VatGroup(StrEnum):
    """Where a VAT answer stands in a form; in the order they are shown."""

    USUAL = "usual"
    OVERSEAS = "overseas"
    CORSICA = "corsica"
    REVERSE_CHARGE = "reverse_charge"
    ABROAD = "abroad"
    MARGIN = "margin"
    FRENCH_EXEMPTION = "french_exemption"
    EUROPEAN_EXEMPTION = "european_exemption"
    SPECIAL = "special"
    HISTORIC = "historic"


@dataclass(frozen=True, slots=True)
class VatChoice:
    """One VAT answer a form offers.

    Attributes:
        key: what a form keeps (``S20``, ``FRANCHISE``, ``E:VATEX-FR-CGI261-4``). label: the words shown.
        treatment: category, rate and reason. group: where it stands.
    """

    key: str
    label: str
    treatment: VatTreatment
    group: VatGroup = VatGroup.USUAL

    @property
    def is_for_credit_notes(self) -> bool:
        """Whether only a credit note may bear it (« avoir net de taxe », A7 G6.21)."""
        return self.treatment.exemption_code == CREDIT_NET_OF_TAX


def _percent(rate: str) -> str:
    return f"{rate.replace('.', ',')} %"


def _reverse(reason: str, code: str = "VATEX-EU-AE") -> VatTreatment:
    return VatTreatment(VatCategory.REVERSE_CHARGE, ZERO, reason, code)


def _exempt(reason: str, code: str) -> VatTreatment:
    return VatTreatment(VatCategory.EXEMPT, ZERO, reason, code)


def _all() -> Iterator[VatChoice]:
    for rate in ("20", "10", "5.5", "2.1"):
        yield VatChoice(f"S{rate}", _percent(rate), standard(rate))
    yield VatChoice("S8.5", "8,5 % (DOM)", standard("8.5"), VatGroup.OVERSEAS)
    yield VatChoice("FRANCHISE", "Franchise (293 B)", small_business_exemption())
    yield VatChoice("AE", "Autoliquidation", reverse_charge())
    yield VatChoice("K", "Livraison UE", intra_community())
    yield VatChoice("G", "Export", export())
    yield VatChoice("O", "Hors champ", out_of_scope())
    for rate in ("1.75", "1.05"):
        yield VatChoice(f"S{rate}", f"{_percent(rate)} (DOM)", standard(rate), VatGroup.OVERSEAS)
    for rate in ("0.9", "13"):
        yield VatChoice(f"S{rate}", f"{_percent(rate)} (Corse)", standard(rate), VatGroup.CORSICA)
    for key, label, reason in (
        (
            "AE:283-2NONIES",
            "Autoliquidation : sous-traitance du bâtiment",
            "Autoliquidation, art. 283, 2 nonies du CGI",
        ),
        ("AE:283-2SEXIES", "Autoliquidation : déchets, récupération", "Autoliquidation, art. 283, 2 sexies du CGI"),
        ("AE:283-2QUINQUIES", "Autoliquidation : gaz, électricité", "Autoliquidation, art. 283, 2 quinquies du CGI"),
    ):
        yield VatChoice(key, label, _reverse(reason), VatGroup.REVERSE_CHARGE)
    yield VatChoice(
        "AE:FR", "Autoliquidation (code français)", _reverse("Autoliquidation", "VATEX-FR-AE"), VatGroup.REVERSE_CHARGE
    )
    services = "Autoliquidation, art. 283, 2 du CGI et art. 196 de la directive 2006/112/CE"
    yield VatChoice("AE:UE", "Services à un professionnel de l’UE", _reverse(services), VatGroup.ABROAD)
    yield VatChoice(
        "K:298SEXIES",
        "Véhicule neuf livré dans l’UE",
        VatTreatment(VatCategory.INTRA_COMMUNITY, ZERO, "Exonération de TVA, art. 298 sexies du CGI", "VATEX-EU-IC"),
        VatGroup.ABROAD,
    )
    yield VatChoice(
        "G:259-1",
        "Services hors de l’UE",
        VatTreatment(VatCategory.EXPORT, ZERO, "TVA non applicable, art. 259, 1° du CGI", "VATEX-EU-G"),
        VatGroup.ABROAD,
    )
    for group, reasons in (
        (VatGroup.MARGIN, MARGIN_SCHEMES),
        (VatGroup.FRENCH_EXEMPTION, FRENCH_EXEMPTIONS),
        (VatGroup.EUROPEAN_EXEMPTION, EUROPEAN_EXEMPTIONS),
        (VatGroup.SPECIAL, {CREDIT_NET_OF_TAX: ("Avoir net de taxe", "Avoir net de taxe")}),
    ):
        for code, (label, reason) in reasons.items():
            yield VatChoice(f"E:{code}", label, _exempt(reason, code), group)
    yield VatChoice("E", "Exonération, autre motif", VatTreatment(VatCategory.EXEMPT, ZERO), VatGroup.SPECIAL)
    # A firm in franchise without any VAT number may use Z (A7 G1.47); BR-Z-10 forbids it a reason.
    yield VatChoice("Z", "Taux zéro", VatTreatment(VatCategory.ZERO_RATED, ZERO), VatGroup.SPECIAL)
    for rate in ("19.6", "20.6", "7", "9.2", "9.6"):
        yield VatChoice(f"S{rate}", f"{_percent(rate)} (ancien taux)", standard(rate), VatGroup.HISTORIC)


ALL_VAT_CHOICES: tuple[VatChoice, ...] = tuple(_all())
"""Every answer: the rates of BR-FR-16, and every reason of BR-CL-22 in the category it belongs to."""

_BY_KEY = {choice.key: choice for choice in ALL_VAT_CHOICES}
_ALIASES = {
    "E:VATEX-FR-FRANCHISE": "FRANCHISE",
    "AE:VATEX-EU-AE": "AE",
    "AE:VATEX-FR-AE": "AE:FR",
    "K:VATEX-EU-IC": "K",
    "G:VATEX-EU-G": "G",
    "O:VATEX-EU-O": "O",
}

VAT_CHOICES: dict[str, VatChoice] = {
    key: _BY_KEY[key] for key in ("S20", "S10", "S5.5", "S2.1", "S8.5", "FRANCHISE", "AE", "K", "G", "O")
}
"""The usual answers, in order."""

_PLACE_RATES = {
    VatGroup.USUAL: ("S20", "S10", "S5.5", "S2.1"),
    VatGroup.OVERSEAS: ("S8.5", "S2.1", "S1.75", "S1.05"),
    VatGroup.CORSICA: ("S0.9", "S2.1", "S10", "S13", "S20"),
}


def vat_choice(key: str) -> VatChoice | None:
    """The answer of that key (``S20``, ``AE``, ``E:VATEX-FR-CGI261-4``), ``None`` for none."""
    return _BY_KEY.get(_ALIASES.get(key, key))


def vat_choices(group: VatGroup) -> tuple[VatChoice, ...]:
    """The answers of ``group``, in order."""
    return tuple(choice for choice in ALL_VAT_CHOICES if choice.group is group)


def rates_of(place: VatGroup) -> tuple[VatChoice, ...]:
    """All the rates in use in mainland France (``USUAL``), in the DOM (CGI 296) or in Corsica (CGI 297)."""
    return tuple(_BY_KEY[key] for key in _PLACE_RATES.get(place, ()))


def choice_of(treatment: VatTreatment) -> VatChoice | None:
    """The answer that says ``treatment``: the same reason when one does, else the same code, rate or category."""
    alike = [c for c in ALL_VAT_CHOICES if _same_rate(c.treatment, treatment)]
    for match in (_same_reason, _same_code):
        for choice in alike:
            if match(choice.treatment, treatment):
                return choice
    return next((c for c in alike if treatment.exemption_code is None and c.treatment.category != "E"), None)


def _same_rate(one: VatTreatment, other: VatTreatment) -> bool:
    return str(one.category) == str(other.category) and one.effective_rate == other.effective_rate


def _same_code(one: VatTreatment, other: VatTreatment) -> bool:
    return (one.exemption_code or "") == (other.exemption_code or "").upper()


def _same_reason(one: VatTreatment, other: VatTreatment) -> bool:
    return _same_code(one, other) and (one.exemption_reason or "") == (other.exemption_reason or "")
