"""Page templates: kept, chosen by a cascade, and turned into the look of a page (R-054 to R-058)."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import uuid4

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.parties import Buyer, Company
from einvoice_desktop.ports.documents import COLUMNS, LANGUAGES, Appearance
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.records import Environment, Template, TemplateScope
from einvoice_desktop.ports.unit_of_work import Store, UnitOfWork
from einvoice_desktop.services.safe_html import safe_html

SANDBOX_MARK = "SANDBOX"
LOGO_BYTES = 2_000_000

COLOURS = (
    ("Sapin", "#0E7C66"),
    ("Océan", "#1C5D99"),
    ("Nuit", "#27348B"),
    ("Prune", "#7A2E6D"),
    ("Brique", "#A63D2F"),
    ("Ocre", "#8A5A00"),
    ("Ardoise", "#374151"),
)
"""Colours a page may be given in one touch: each readable on white (contrast of 4.5 and more)."""

SYSTEM_TEMPLATES = (
    Template("system:classique", "Classique", TemplateScope.SYSTEM, is_default=True),
    Template("system:sobre", "Sobre", TemplateScope.SYSTEM, primary="#1F2937", secondary="#6B7280"),
    Template("system:detaille", "Détaillé", TemplateScope.SYSTEM, columns=COLUMNS),
)
"""Shipped with the program; the first is what a page looks like when nobody chose."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


class KeepTemplates:
    """The page templates of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, company_id: str) -> tuple[Template, ...]:
        """Those a company may use: its own, those of every company, then those of the program."""
        with self._store.reading() as work:
            return (*work.templates.of_company(company_id), *SYSTEM_TEMPLATES)

    def get(self, template_id: str) -> Template:
        """One template, the program's included.

        Raises:
            UserError: ``ED-NOT-FOUND``.
        """
        with self._store.reading() as work:
            found = _of_system(template_id) or work.templates.get(template_id)
        if found is None:
            raise UserError("ED-NOT-FOUND", what="template")
        return found

    def current(self, company_id: str, template_id: str = "") -> Template:
        """The one a document gets: that chosen for it, else the default of the company, of the store, of the program."""
        with self._store.reading() as work:
            return resolve(work, company_id, template_id)

    def new(self, company_id: str, *, for_all: bool = False) -> Template:
        """A blank template, not yet saved; ``for_all``: of every company of the store."""
        scope = TemplateScope.TENANT if for_all else TemplateScope.COMPANY
        return Template(str(uuid4()), "", scope, "" if for_all else company_id)

    def copy_of(self, template_id: str, company_id: str) -> Template:
        """A copy of a template for a company, not yet saved.

        Raises:
            UserError: ``ED-NOT-FOUND``.
        """
        source = self.get(template_id)
        name = f"{source.name} (copie)"
        return replace(
            source,
            id=str(uuid4()),
            name=name,
            scope=TemplateScope.COMPANY,
            company_id=company_id,
            is_default=False,
        )

    def save(self, template: Template) -> Template:
        """Keep ``template``; when it is the default, the one before in its scope is no more.

        What is returned is what is kept: the foot without anything that runs or is fetched.

        Raises:
            UserError: ``ED-TEMPLATE-NAME``; ``ED-TEMPLATE-COLOUR`` not ``#RRGGBB``; ``ED-TEMPLATE-LOGO`` no PNG or JPEG,
                or over 2 MB; ``ED-TEMPLATE-COLUMN``, ``ED-TEMPLATE-LANGUAGE`` unknown; ``ED-TEMPLATE-SYSTEM``.
        """
        kept = replace(template, name=template.name.strip(), footer_html=safe_html(template.footer_html))
        _check(kept)
        with self._store.unit_of_work() as work:
            work.templates.save(kept)
            work.commit()
        return kept

    def set_default(self, template_id: str, *, is_default: bool = True) -> None:
        """Make it the default of its scope, or not any more.

        Raises:
            UserError: ``ED-NOT-FOUND``; ``ED-TEMPLATE-SYSTEM``.
        """
        self.save(replace(self.get(template_id), is_default=is_default))

    def delete(self, template_id: str) -> None:
        """Forget it; documents issued keep their pages, drafts that chose it follow the cascade.

        Raises:
            UserError: ``ED-TEMPLATE-SYSTEM``.
        """
        if _of_system(template_id) is not None:
            raise UserError("ED-TEMPLATE-SYSTEM")
        with self._store.unit_of_work() as work:
            work.templates.delete(template_id)
            work.commit()


def resolve(work: UnitOfWork, company_id: str, template_id: str = "") -> Template:
    """The template of a document (R-055): explicit > company > store > program; one that is gone counts for none."""
    explicit = (_of_system(template_id) or work.templates.get(template_id)) if template_id else None
    if explicit is not None and explicit.company_id in {"", company_id}:
        return explicit
    defaults = [template for template in work.templates.of_company(company_id) if template.is_default]
    for scope in (TemplateScope.COMPANY, TemplateScope.TENANT):
        found = next((template for template in defaults if template.scope is scope), None)
        if found is not None:
            return found
    return SYSTEM_TEMPLATES[0]


def appearance_of(
    work: UnitOfWork,
    company: Company,
    environment: Environment,
    form: DraftForm | None = None,
    buyer: Buyer | None = None,
    watermark: str = "",
) -> Appearance:
    """How the pages of a document look, read anew each time: what a template leaves open is the company's own.

    A document of the sandbox says so across its page (R-037).
    """
    template = resolve(work, company.id, form.template_id if form is not None else "")
    if not watermark and environment is Environment.SANDBOX:
        watermark = SANDBOX_MARK
    language = (form.language if form is not None else "") or (buyer.language if buyer is not None else "")
    return look_of(template, company, language=language, watermark=watermark)


def look_of(template: Template, company: Company, *, language: str = "", watermark: str = "") -> Appearance:
    """The look ``template`` gives to a page of ``company``; an unknown ``language`` counts for none."""
    return Appearance(
        logo=template.logo or company.logo,
        colour=template.primary or company.colour,
        footer=template.footer_html or company.footer,
        watermark=watermark,
        secondary_colour=template.secondary,
        columns=template.columns,
        language=_known(language) or template.language,
    )


def _known(language: str) -> str:
    return language if language in LANGUAGES else ""


def _of_system(template_id: str) -> Template | None:
    return next((template for template in SYSTEM_TEMPLATES if template.id == template_id), None)


def _check(template: Template) -> None:
    if template.scope is TemplateScope.SYSTEM or _of_system(template.id) is not None:
        raise UserError("ED-TEMPLATE-SYSTEM")
    if not template.name:
        raise UserError("ED-TEMPLATE-NAME")
    for colour in (template.primary, template.secondary):
        if colour and not _COLOUR.fullmatch(colour):
            raise UserError("ED-TEMPLATE-COLOUR", typed=colour)
    if template.logo is not None and not (template.logo.startswith(_PICTURES) and len(template.logo) <= LOGO_BYTES):
        raise UserError("ED-TEMPLATE-LOGO")
    unknown = next((column for column in template.columns if column not in COLUMNS), None)
    if unknown is not None:
        raise UserError("ED-TEMPLATE-COLUMN", typed=unknown)
    if template.language and template.language not in LANGUAGES:
        raise UserError("ED-TEMPLATE-LANGUAGE", typed=template.language)
