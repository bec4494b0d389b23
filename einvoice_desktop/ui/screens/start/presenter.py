"""The four steps of a new company: what is asked, what is wrong, what comes of it, without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.identifiers import (
    compact,
    french_vat_number,
    has_siren_key,
    has_siret_key,
    is_iban,
    is_siren_shaped,
    is_siret_shaped,
    is_vat_number,
)
from einvoice_desktop.domain.parties import Company, VatRegime

STEPS: tuple[tuple[str, str], ...] = (
    ("Votre entreprise", "Un SIREN suffit pour commencer ; sa clé est vérifiée ici, sans réseau."),
    ("La TVA", "En mots simples : ce que vous faites, le programme en tire les mentions."),
    ("Être payé", "Imprimé sur chaque facture ; modifiable à tout moment."),
    ("Envoyer", "Commencez sans compte ni engagement, changez quand vous voudrez."),
)
REGIMES: tuple[tuple[str, str, str], ...] = (
    (VatRegime.FRANCHISE, "Non, je ne facture pas la TVA", "Franchise en base, article 293 B du CGI (micro-entreprise le plus souvent)"),
    (VatRegime.REAL_NORMAL_MONTHLY, "Oui, et je la déclare chaque mois", "Régime réel normal"),
    (VatRegime.REAL_NORMAL_QUARTERLY, "Oui, et je la déclare chaque trimestre", "Régime réel normal, moins de 4 000 € de TVA par an"),
    (VatRegime.SIMPLIFIED, "Oui, et je la déclare une fois par an", "Régime réel simplifié"),
)  # fmt: skip
NATURES: tuple[tuple[str, str], ...] = (
    ("S", "des services"),
    ("B", "des biens"),
    ("M", "des biens et des services"),
)
PLATFORMS: tuple[tuple[str, str, str], ...] = (
    ("sandbox", "Le bac à sable", "Une plateforme d’entraînement sur cet ordinateur : tout marche, rien n’a de valeur"),
    ("connect", "Ma plateforme agréée", "Vous la connecterez à l’écran suivant"),
    ("later", "Plus tard", "Les factures sont émises et gardées ; elles attendront"),
)
_SIREN_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered so far, as typed; ``texts`` by field name."""

    texts: Mapping[str, str] = field(default_factory=dict)
    regime: str = ""
    platform: str = "sandbox"
    logo: bytes | None = None

    def text(self, name: str) -> str:
        """One answer without spaces around, empty while there is none."""
        return self.texts.get(name, "").strip()

    @property
    def siren(self) -> str:
        """Nine digits, from a SIREN or a SIRET typed in the same field."""
        digits = compact(self.text("siren"))
        return digits[:_SIREN_DIGITS] if is_siret_shaped(digits) else digits

    @property
    def siret(self) -> str:
        """Fourteen digits when a SIRET was typed."""
        digits = compact(self.text("siren"))
        return digits if is_siret_shaped(digits) else ""

    @property
    def is_franchise(self) -> bool:
        """Whether no VAT is charged."""
        return self.regime == VatRegime.FRANCHISE


def siren_hint(text: str) -> tuple[str, str]:
    """What to say under the field while it is typed: (words, tone), tone ``success``, ``warning`` or empty."""
    digits = compact(text)
    if is_siret_shaped(digits):
        return (
            ("SIRET valable", "success")
            if has_siret_key(digits)
            else ("La clé de ce SIRET ne correspond pas", "warning")
        )
    if is_siren_shaped(digits):
        return (
            ("SIREN valable", "success")
            if has_siren_key(digits)
            else ("La clé de ce SIREN ne correspond pas", "warning")
        )
    return "9 chiffres (SIREN) ou 14 (SIRET)", ""


def problems(answers: Answers, step: int) -> tuple[Finding, ...]:
    """What forbids or weakens step ``step`` (from 0)."""
    return (_company, _vat, _payment, _nothing)[step](answers)


def _company(answers: Answers) -> tuple[Finding, ...]:
    found = [
        Finding("ED-REQUIRED", name) for name in ("name", "line1", "postal_code", "city") if not answers.text(name)
    ]
    if not is_siren_shaped(answers.siren):
        found.insert(0, Finding("ED-SIREN-SHAPE", "siren"))
    elif not has_siren_key(answers.siren):
        found.append(Finding("ED-SIREN-KEY", "siren", Severity.WARNING))
    return tuple(found)


def _vat(answers: Answers) -> tuple[Finding, ...]:
    found = [] if answers.regime else [Finding("ED-CHOOSE", "regime")]
    number = compact(answers.text("vat_number")).upper()
    if answers.regime and not answers.is_franchise and not number:
        found.append(Finding("ED-REQUIRED", "vat_number"))
    elif number and not is_vat_number(number):
        found.append(Finding("ED-VAT-NUMBER-KEY", "vat_number", Severity.WARNING))
    return tuple(found)


def _payment(answers: Answers) -> tuple[Finding, ...]:
    found = []
    if answers.text("iban") and not is_iban(answers.text("iban")):
        found.append(Finding("ED-IBAN-KEY", "iban"))
    if answers.text("payment_days") and not answers.text("payment_days").isdigit():
        found.append(Finding("ED-NUMBER", "payment_days"))
    return tuple(found)


def _nothing(_answers: Answers) -> tuple[Finding, ...]:
    return ()


def suggested_vat_number(answers: Answers) -> str:
    """The VAT number that goes with the SIREN; empty for a franchise or without a SIREN."""
    return "" if answers.is_franchise or not is_siren_shaped(answers.siren) else french_vat_number(answers.siren)


def company_from(blank: Company, answers: Answers) -> Company:
    """The company that was described."""
    days = answers.text("payment_days")
    return replace(
        blank,
        name=answers.text("name"),
        siren=answers.siren,
        siret=answers.siret,
        address=replace(
            blank.address,
            line1=answers.text("line1"),
            postal_code=answers.text("postal_code"),
            city=answers.text("city"),
        ),
        email=answers.text("email"),
        legal_form=answers.text("legal_form"),
        vat_regime=VatRegime(answers.regime),
        vat_number="" if answers.is_franchise else compact(answers.text("vat_number")).upper(),
        nature=answers.text("nature") or "S",
        iban=compact(answers.text("iban")).upper(),
        bic=compact(answers.text("bic")).upper(),
        payment_days=int(days) if days.isdigit() else blank.payment_days,
        logo=answers.logo,
        colour=answers.text("colour") or blank.colour,
    )
