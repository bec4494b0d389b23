"""Page templates as plain text, and back, without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from einvoice_desktop.ports.documents import COLUMNS
from einvoice_desktop.ports.records import Template, TemplateScope
from einvoice_desktop.ui.widgets.languages import PAGE_LANGUAGES

COLUMN_WORDS: dict[str, str] = {
    "reference": "Référence",
    "quantity": "Quantité",
    "unit": "Unité",
    "unit_price": "Prix unitaire",
    "discount": "Remise",
    "vat": "TVA",
}
"""Columns a person may leave out; designation and amount always stand on the page."""

LANGUAGES = (("", "français"), *PAGE_LANGUAGES)

_SCOPES = {
    TemplateScope.SYSTEM: "du programme",
    TemplateScope.TENANT: "toutes les entreprises",
    TemplateScope.COMPANY: "cette entreprise",
}


def template_words(template: Template, current_id: str) -> str:
    """How a template is called in the list; the one documents get by default says so."""
    name = template.name or "Nouveau modèle"
    marks = [_SCOPES[template.scope]]
    if template.id == current_id:
        marks.append("par défaut")
    return f"{name} ({', '.join(marks)})"


def template_values(template: Template) -> dict[str, str]:
    """What the form shows of ``template``; columns as ``yes`` or nothing, all of them when it leaves them open."""
    shown = template.columns or COLUMNS
    values = {
        "name": template.name,
        "primary": template.primary,
        "secondary": template.secondary,
        "footer_html": template.footer_html.replace("<br>", "\n"),
        "language": template.language,
        "follows_document": "" if template.columns else "yes",
    }
    return values | {f"column.{key}": "yes" if key in shown else "" for key in COLUMN_WORDS}


def template_from(template: Template, values: Mapping[str, str]) -> Template:
    """``template`` with what the form says."""
    columns: tuple[str, ...] = ()
    if not values["follows_document"]:
        columns = tuple(key for key in COLUMNS if key not in COLUMN_WORDS or values[f"column.{key}"])
    return replace(
        template,
        name=values["name"].strip(),
        primary=values["primary"].strip().upper(),
        secondary=values["secondary"].strip().upper(),
        footer_html=values["footer_html"].strip().replace("\n", "<br>"),
        language=values["language"],
        columns=columns,
    )
