"""Paramètres: the company, the platform, the printed pages, how the program looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.parties import Company
from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.ports.settings import THEME
from einvoice_desktop.ui.background import Lane
from einvoice_desktop.ui.errors import explain
from einvoice_desktop.ui.page import Header, Page, Tools
from einvoice_desktop.ui.screens.settings.company_form import CompanyForm
from einvoice_desktop.ui.screens.settings.platform_form import PlatformForm
from einvoice_desktop.ui.screens.settings.presenter import (
    check_platform,
    company_from,
    company_values,
    profile_from,
)
from einvoice_desktop.ui.screens.settings.templates_tab import TemplatesTab
from einvoice_desktop.ui.widgets.card import Card
from einvoice_desktop.ui.widgets.choice_cards import ChoiceCards
from einvoice_desktop.ui.widgets.layouts import column, row, scrolled
from einvoice_desktop.ui.widgets.look import look

if TYPE_CHECKING:
    from einvoice_desktop.services.catalogue import Services

TABS: tuple[tuple[str, str], ...] = (
    ("company", "Entreprise"),
    ("platform", "Plateforme"),
    ("templates", "Modèles"),
    ("appearance", "Apparence"),
)
THEMES: tuple[tuple[str, str, str], ...] = (
    ("system", "Comme le système", "Clair le jour, sombre la nuit, si votre ordinateur le fait."),
    ("light", "Clair", ""),
    ("dark", "Sombre", ""),
)


_KEPT = frozenset({"company", "templates"})
"""Tabs whose changes are kept by « Enregistrer »; the others act at once."""


class SettingsPage(Page):
    """Four tabs."""

    def __init__(self, services: Services, tools: Tools) -> None:
        super().__init__()
        self._services, self._tools = services, tools
        self._company: Company | None = None
        self._shown: tuple[dict[str, str], bool] = ({}, False)
        self.save = self.command("Enregistrer", self._save, keys="Ctrl+S", tip="Garder ce qui est changé", icon="check")
        self._build()

    def _build(self) -> None:
        self.company = CompanyForm()
        self.company.changed.connect(self.header_changed)
        self.platform = PlatformForm()
        self.platform.practice_asked.connect(self._use_practice)
        self.platform.connect_asked.connect(self._connect)
        self.platform.disconnect_asked.connect(self._disconnect)
        self.templates = TemplatesTab(self._services, self._tools)
        self.templates.changed.connect(self.header_changed)
        self.theme = ChoiceCards(THEMES, name="Apparence")
        self.theme.chosen.connect(self._choose_theme)
        appearance = QWidget()
        column(Card(self.theme, title="Apparence"), 1, gap="l", of=appearance)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self._stack = QStackedWidget()
        forms = (_framed(self.company), _framed(self.platform), self.templates, _framed(appearance))
        for (_key, words), form in zip(TABS, forms, strict=True):
            self.tabs.addTab(words)
            self._stack.addWidget(form)
        self.tabs.currentChanged.connect(self._on_tab)
        strip = row(self.tabs, 1, gap="")
        strip.setContentsMargins(look().gap.l, 0, look().gap.l, 0)
        column(strip, self._stack, gap="", of=self)

    @property
    def tab(self) -> str:
        """Key of the tab shown."""
        return TABS[self.tabs.currentIndex()][0]

    def header(self) -> Header:
        """« Enregistrer » where there is something to keep."""
        is_changed = {"company": self._is_company_changed, "templates": self.templates.is_changed}.get(self.tab, False)
        pill = ("Modifié", "info") if is_changed else ("", "neutral")
        return Header("Paramètres", pill=pill, primary=self.save if self.tab in _KEPT else None)

    def open(self, argument: str) -> None:
        """Show the tab ``argument`` (the present one when empty) and read everything."""
        index = next((i for i, (key, _words) in enumerate(TABS) if key == argument), self.tabs.currentIndex())
        self.tabs.setCurrentIndex(index)
        company_id = self._tools.company_id()
        run = self._tools.background.run
        if self._company is None or self._company.id != company_id or self._now() == self._shown:
            run(lambda: self._services.companies.get(company_id), success=self._show_company)
        run(self._services.platform.active, success=self.platform.show_profile)
        self._load_templates()
        run(lambda: self._services.settings.get(THEME), success=self.theme.set_value)

    def _on_tab(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self.save.setEnabled(self.tab in _KEPT)
        self._load_templates()
        self.header_changed.emit()

    def _load_templates(self) -> None:
        """Read them when they are looked at, never over what is being typed."""
        if self.tab == "templates" and not self.templates.is_changed:
            self.templates.load()

    def unsaved(self) -> str:
        """The settings of the company or a page template, when they were changed."""
        if self._is_company_changed:
            return "les réglages de l’entreprise"
        return "le modèle de page" if self.templates.is_changed else ""

    @property
    def _is_company_changed(self) -> bool:
        return self._company is not None and self._now() != self._shown

    # ---- company

    def _now(self) -> tuple[dict[str, str], bool]:
        return self.company.values(), self.company.vat_on_debits.value()

    def _show_company(self, company: Company) -> None:
        self._company = company
        self.company.set_values(company_values(company), vat_on_debits=company.vat_on_debits)
        self._shown = self._now()
        self.header_changed.emit()

    def _save(self) -> None:
        if self.tab == "templates":
            self.templates.save()
            return
        if self._company is None:
            return
        values, vat_on_debits = self._now()
        company = company_from(self._company, values, vat_on_debits=vat_on_debits)
        self._tools.background.run(
            lambda: self._services.companies.save(company),
            success=lambda found: self._on_saved(company, found),
            lane=Lane.WRITE,
        )

    def _on_saved(self, company: Company, findings: tuple[Finding, ...]) -> None:
        self.company.show_findings(findings)
        if any(finding.is_blocking for finding in findings):
            return
        self._company = company
        self._shown = self._now()
        self.header_changed.emit()
        self._tools.dialogs.tell("Entreprise enregistrée")
        self._tools.bridge.announce("companies")

    # ---- platform

    def _use_practice(self) -> None:
        self._try(self._services.platform.use_sandbox)

    def _connect(self) -> None:
        values, secret = self.platform.values(), self.platform.secret.text()
        findings = check_platform(values, secret)
        self.platform.show_findings(findings)
        if not findings:
            profile = profile_from(values, is_sandbox=self.platform.is_test.value())
            self._try(lambda: self._services.platform.connect(profile, secret))

    def _try(self, connect: Callable[[], PlatformProfile]) -> None:
        self.platform.notice.set("", "danger")
        self.platform.set_busy(is_busy=True)
        self._tools.background.run(connect, success=self._on_connected, failure=self._on_refused, lane=Lane.NETWORK)

    def _on_connected(self, profile: PlatformProfile) -> None:
        self.platform.set_busy(is_busy=False)
        self.platform.show_profile(profile)
        self.platform.secret.set_text("")
        self._tools.dialogs.tell(
            f"{profile.label} est connectée" if profile.id != "sandbox" else "Le bac à sable est prêt"
        )
        self._tools.bridge.announce("platform")

    def _on_refused(self, error: Exception) -> None:
        self.platform.set_busy(is_busy=False)
        explanation = explain(error)
        self.platform.notice.set(f"{explanation.title}. {explanation.sentence} {explanation.advice}", "danger")

    def _disconnect(self) -> None:
        text = "Les documents seront émis et gardés, mais plus rien ne partira."
        if self._tools.dialogs.confirm("Déconnecter la plateforme ?", text, "Déconnecter", is_destructive=True):
            self._tools.background.run(
                self._services.platform.disconnect, success=self._on_disconnected, lane=Lane.WRITE
            )

    def _on_disconnected(self, _none: None) -> None:
        self.platform.show_profile(None)
        self._tools.bridge.announce("platform")

    # ---- appearance

    def _choose_theme(self, choice: str) -> None:
        self.navigate.emit("appearance", choice)
        self._tools.background.run(lambda: self._services.settings.put(THEME, choice), lane=Lane.WRITE)


def _framed(form: QWidget) -> QWidget:
    form.setMaximumWidth(look().ems(62))
    holder = QWidget()
    row(form, 1, gap="", margin="l", of=holder).setStretch(0, 10)
    return scrolled(holder)
