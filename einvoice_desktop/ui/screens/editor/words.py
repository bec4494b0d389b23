"""The verdict, the lights and the kinds of documents in French."""

from __future__ import annotations

from dataclasses import dataclass

from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.identifiers import SCHEME_FR_ADDRESS
from einvoice_desktop.domain.parties import Buyer, BuyerKind
from einvoice_desktop.ports.rules import Verdict
from einvoice_desktop.services.check_draft import DraftVerdict, Light
from einvoice_desktop.ui.errors import place_words, rule_words, sentence, value_words
from einvoice_desktop.ui.screens.editor.presenter import is_known_place, is_mendable, place_rank
from einvoice_desktop.ui.widgets.formats import identifier, plural
from einvoice_desktop.ui.widgets.rule_panel import Problem

NATURES = (("S", "Services"), ("B", "Biens"), ("M", "Les deux"))
PAYMENT_STATES = (
    ("due", "À payer"),
    ("paid", "Déjà payée"),
    ("final", "Solde après acompte"),
    ("reported", "Déjà déclarée en caisse"),
)

_TONES = {Severity.ERROR: "danger", Severity.WARNING: "warning", Severity.INFO: "info"}
_WHY_NOT = {
    "incomplete": "Les règles officielles seront vérifiées dès que l’essentiel est saisi.",
    "timeout": "Les règles officielles n’ont pas répondu à temps. Elles seront relancées à la prochaine saisie.",
}


@dataclass(frozen=True, slots=True)
class PanelWords:
    """What the rule panel says."""

    tone: str
    verdict: str
    detail: str
    problems: tuple[Problem, ...]
    footer: str = ""

    @property
    def count(self) -> int:
        """Problems that block."""
        return sum(1 for problem in self.problems if problem.tone == "danger")


def panel_words(verdict: DraftVerdict) -> PanelWords:
    """The rule panel for ``verdict``."""
    findings = sorted(verdict.findings, key=lambda f: (not f.is_blocking, place_rank(f.place)))
    problems = tuple(_problem(finding) for finding in findings)
    if verdict.composition.invoice is None:
        return PanelWords("neutral", "À compléter", _WHY_NOT["incomplete"], problems)
    report = verdict.report
    elapsed = f"Règles EN 16931 et règles françaises, vérifiées en {round(report.elapsed * 1000)} ms."
    if verdict.verdict is Verdict.CONFORMING and any(finding.is_blocking for finding in findings):
        detail = "Les règles officielles sont respectées, mais le fichier fait ne peut pas partir ainsi."
        return PanelWords("danger", "À corriger", detail, problems)
    if verdict.verdict is Verdict.CONFORMING:
        footer = "" if problems else "Rien à corriger : la facture peut être émise."
        return PanelWords("success", "Conforme", elapsed, problems, footer)
    if verdict.verdict is Verdict.NOT_CHECKED:
        why = _WHY_NOT.get(report.why_not_checked, "Les règles officielles n’ont pas pu être exécutées.")
        return PanelWords("warning", "Non vérifié", why, problems)
    footer = "Les autres règles sont respectées. F8 va d’un point à l’autre."
    detail = elapsed if report.verdict is not Verdict.NOT_CHECKED else _WHY_NOT["timeout"]
    return PanelWords("danger", "Non conforme", detail, problems, footer)


def _problem(finding: Finding) -> Problem:
    badge = rule_words(finding.code)
    if finding.severity is not Severity.ERROR and badge == "Saisie":
        badge = "Conseil"
    where = place_words(finding.place) if finding.place.startswith("lines.") else ""
    words = sentence(finding)
    return Problem(
        badge=badge,
        tone=_TONES[finding.severity],
        sentence=f"{where} : {words}" if where else words,
        place=finding.place if is_known_place(finding.place) or finding.place.startswith("seller") else "",
        cure=finding.suggested_value if is_mendable(finding.place) else None,
        cure_words=value_words(finding),
        detail=_detail(finding),
        rule=finding.code if finding.code.startswith(("BR-", "CII-", "PEPPOL-", "FX-", "UBL-")) else "",
    )


def _detail(finding: Finding) -> str:
    """What support needs, and the value that would mend what this form cannot."""
    parts = [finding.code, finding.message, finding.location]
    if finding.suggested_value and not is_mendable(finding.place):
        parts.append(f"Valeur proposée : {finding.suggested_value}")
    return "\n".join(part for part in parts if part)


_SHORT = {
    "BR-FR-CO-07": "avant la date de facture",
    "BR-FR-11": "SIREN obligatoire entre professionnels",
    "BR-FR-12": "adresse électronique manquante",
    "ED-DATE": "cette date n’existe pas",
    "ED-DATE-FUTURE": "date à venir",
    "ED-DATE-BEFORE-LAST": "avant la dernière facture émise",
    "ED-REQUIRED": "à remplir",
    "ED-NO-BUYER": "à choisir",
}


def field_words(finding: Finding) -> str:
    """The few words that fit under a field; the panel has the whole sentence."""
    return _SHORT.get(finding.code) or sentence(finding)


def light_words(verdict: DraftVerdict) -> dict[str, tuple[str, str]]:
    """State and words of each light: ``xml``, ``rules``, ``pdf``, ``address``."""
    lights = verdict.lights
    count = sum(1 for f in verdict.findings if f.is_blocking)
    rules = {
        "green": "conformes",
        "red": f"{count} à corriger · F8",
        "amber": "non vérifiées",
    }
    if verdict.composition.invoice is None and count:
        rules["red"] = rules["pending"] = "à compléter · F8"
    xml = {"green": "valide", "red": "invalide", "amber": "non vérifié"}
    state = "pending" if verdict.composition.invoice is None else lights.rules.state
    return {
        "xml": (lights.xml.state, xml.get(lights.xml.state, "à compléter")),
        "rules": (state, rules.get(state, "à compléter")),
        "pdf": (lights.pdf.state, _PDF[lights.pdf.state] if verdict.composition.invoice else "à compléter"),
        "address": (lights.address.state, address_words(lights.address)),
    }


_PDF = {"green": "vérifié", "red": "à corriger", "amber": "non vérifié", "pending": "à vérifier"}


def pdf_words(light: Light) -> str:
    """Why the file could not be proven."""
    why = f" ({light.reason})" if light.reason else ""
    return f"Le fichier n’a pas pu être rouvert et comparé au XML{why} : « non vérifié » n’est pas « conforme »."


def address_words(light: Light) -> str:
    """What is known of the customer's electronic address."""
    words = {
        "ED-ADDRESS-MISSING": "adresse manquante",
        "ED-ADDRESS-UNKNOWN": "inconnue de l’annuaire",
        "ED-ADDRESS-INACTIVE": "inactive à l’annuaire",
        "ED-ADDRESS-NOT-CHECKED": "non vérifié",
        "ED-ADDRESS-NO-STATUS": "état non précisé",
        "ED-ADDRESS-OLD": "à vérifier de nouveau",
    }
    if light.state == "green":
        return "joignable"
    return words.get(light.reason, "choisissez un client" if light.state == "pending" else "non vérifié")


def buyer_words(buyer: Buyer) -> str:
    """One line under the customer: who he is and where his invoices go."""
    kinds = {
        BuyerKind.FRENCH_BUSINESS: "professionnel en France",
        BuyerKind.PUBLIC: "secteur public",
        BuyerKind.FOREIGN_BUSINESS: "professionnel à l’étranger",
        BuyerKind.INDIVIDUAL: "particulier",
    }
    address = buyer.as_party().electronic_address
    shown = ""
    if address is not None:
        shown = f"{address.scheme}:{address.value}" if address.scheme == SCHEME_FR_ADDRESS else address.value
    return " · ".join(part for part in (kinds[buyer.kind], shown) if part)


def buyer_quiet(siren: str, siret: str, city: str) -> str:
    """Quiet words beside a customer's name: identifier, else town."""
    return identifier(siren or siret) or city


def term_words(days: int) -> str:
    """« 30 jours » under the due date."""
    if days == 0:
        return "à réception"
    return plural(days, "{n} jour", "{n} jours")
