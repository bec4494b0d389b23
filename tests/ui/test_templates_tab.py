"""« Paramètres › Modèles »: a template is copied, changed beside the page it makes, kept, and never lost by a click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from einvoice_desktop.ports.documents import COLUMNS
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.records import Template, TemplateScope
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.services.keep_templates import SYSTEM_TEMPLATES
from einvoice_desktop.ui.page import Tools
from einvoice_desktop.ui.screens.settings.templates_presenter import template_from, template_values
from einvoice_desktop.ui.screens.settings.templates_tab import TemplatesTab
from tests.ui.conftest import FakeDialogs
from tests.ui.fake_services import World, sample_pdf

Settle = Callable[[], None]
OWN = Template("t", "Chantiers", TemplateScope.COMPANY, "company", primary="#A63D2F", footer_html="Un<br>Deux")


@pytest.fixture
def tab(services: Services, tools: Tools, settle: Settle, qtbot: QtBot) -> TemplatesTab:
    drawn: list[Template] = []

    def draw(_company_id: str, template: Template) -> bytes:
        drawn.append(template)
        return sample_pdf()

    object.__setattr__(services, "preview", SimpleNamespace(sample=draw, drawn=drawn))
    made = TemplatesTab(services, tools)
    qtbot.addWidget(made)
    made.load()
    settle()
    return made


def test_a_template_survives_the_form() -> None:
    for template in (OWN, replace(OWN, columns=COLUMNS), replace(OWN, columns=("name", "quantity", "amount"))):
        assert template_from(template, template_values(template)) == template


def test_columns_that_cannot_be_left_out_are_kept() -> None:
    values = template_values(OWN) | {"follows_document": "", "column.reference": "", "column.vat": ""}
    columns = template_from(OWN, values).columns
    assert "name" in columns
    assert "amount" in columns
    assert "reference" not in columns


def test_a_template_of_the_program_is_only_looked_at(tab: TemplatesTab, services: Services) -> None:
    assert tab.choice.value() == SYSTEM_TEMPLATES[0].id
    assert not tab.form._cards.isEnabled()
    assert not tab.is_changed
    assert services.preview.drawn[-1] == SYSTEM_TEMPLATES[0]  # type: ignore[attr-defined]


def test_a_copy_is_changed_seen_and_kept(
    tab: TemplatesTab, services: Services, world: World, settle: Settle, qtbot: QtBot
) -> None:
    tab._copy()
    settle()
    tab.form.name.set_text("Chantiers")
    tab.form.primary.set_value("#1C5D99")
    assert tab.is_changed
    qtbot.waitUntil(lambda: services.preview.drawn[-1].primary == "#1C5D99", timeout=3000)  # type: ignore[attr-defined]
    tab.save()
    settle()
    [(kept,)] = world.called("templates.save")
    assert isinstance(kept, Template)
    assert (kept.name, kept.primary, kept.scope) == ("Chantiers", "#1C5D99", TemplateScope.COMPANY)
    assert not tab.is_changed


def test_what_is_refused_is_said_at_its_field(
    tab: TemplatesTab, services: Services, dialogs: FakeDialogs, settle: Settle
) -> None:
    def refuse(_template: Template) -> Template:
        raise UserError("ED-TEMPLATE-COLOUR", typed="rouge")

    object.__setattr__(services.templates, "save", refuse)
    tab._create()
    tab.form.primary.set_value("rouge")
    tab.save()
    settle()
    assert "six" in tab.form.primary.code.problem
    assert not dialogs.errors


def test_a_wrong_colour_is_never_drawn(tab: TemplatesTab, services: Services) -> None:
    tab._create()
    before = len(services.preview.drawn)  # type: ignore[attr-defined]
    tab.form.primary.set_value("#12")
    tab._preview()
    assert len(services.preview.drawn) == before  # type: ignore[attr-defined]


def test_another_template_is_not_shown_over_changes_without_asking(tab: TemplatesTab, dialogs: FakeDialogs) -> None:
    tab._create()
    tab.form.name.set_text("Essai")
    fresh = tab.choice.value()
    dialogs.answer = False
    tab.choice.set_value(SYSTEM_TEMPLATES[1].id)
    assert dialogs.questions == ["Abandonner les changements ?"]
    assert tab.choice.value() == fresh
    assert tab.form.name.value() == "Essai"
    dialogs.answer = True
    tab.choice.set_value(SYSTEM_TEMPLATES[1].id)
    assert tab.form.name.value() == SYSTEM_TEMPLATES[1].name


def test_a_logo_is_a_picture(tab: TemplatesTab, dialogs: FakeDialogs, settle: Settle, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"not a picture")
    dialogs.files = [tmp_path / "logo.png"]
    tab._create()
    tab._ask_logo()
    settle()
    assert "PNG" in dialogs.said[-1][0]
    assert tab._template is not None
    assert tab._template.logo is None
