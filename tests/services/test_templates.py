"""Page templates: one default a scope, a cascade of four steps, nothing that runs, and never a stale page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.records import Template
from einvoice_desktop.services.keep_templates import SYSTEM_TEMPLATES
from tests.fakes.office import BUYER, SELLER, Office, form

PNG = b"\x89PNG\r\n\x1a\n rest"


@pytest.fixture
def office() -> Office:
    return Office()


def kept(office: Office, name: str, *, for_all: bool = False, **changes: object) -> Template:
    template = replace(office.templates.new(SELLER.id, for_all=for_all), name=name, **changes)  # type: ignore[arg-type]
    return office.templates.save(template)


def page(office: Office, **changes: object) -> bytes:
    """The preview of a form."""
    typed = form(**changes)
    context = office.check.context_for(SELLER.id, typed)
    drawn = office.preview.render(context, typed)
    assert drawn is not None
    return drawn


def test_the_closest_choice_wins(office: Office) -> None:
    assert office.templates.current(SELLER.id) == SYSTEM_TEMPLATES[0]
    everyone = kept(office, "Pour toutes", for_all=True, is_default=True)
    assert office.templates.current(SELLER.id) == everyone
    ours = kept(office, "Maison", is_default=True)
    assert office.templates.current(SELLER.id) == ours
    chosen = kept(office, "Cérémonie")
    assert office.templates.current(SELLER.id, chosen.id) == chosen
    assert office.templates.current(SELLER.id, SYSTEM_TEMPLATES[1].id) == SYSTEM_TEMPLATES[1]
    assert office.templates.current("another", ours.id) == everyone
    office.templates.delete(chosen.id)
    assert office.templates.current(SELLER.id, chosen.id) == ours


def test_a_scope_has_one_default(office: Office) -> None:
    first = kept(office, "Un", is_default=True)
    second = kept(office, "Deux", is_default=True)
    assert [t.is_default for t in office.templates.all(SELLER.id)[:2]] == [True, False]
    office.templates.set_default(first.id)
    assert office.templates.current(SELLER.id) == first
    assert not office.templates.get(second.id).is_default


def test_a_template_just_edited_shows_at_once_in_the_preview_and_when_issued(office: Office) -> None:
    template = kept(office, "Maison", is_default=True, footer_html="Ancien pied", primary="#112233")
    assert b"Ancien pied" in page(office)
    office.templates.save(replace(template, footer_html="Nouveau pied"))
    assert b"Nouveau pied" in page(office)
    document = office.issued(send=False)
    assert b"#112233 Nouveau pied" in document.pdf


def test_what_a_template_leaves_open_is_the_company_s(office: Office) -> None:
    office.companies.save(replace(SELLER, footer="Pied de la maison", colour="#ABCDEF"))
    assert b"#ABCDEF Pied de la maison" in page(office)


def test_the_second_language_is_that_of_the_form_then_of_the_customer(office: Office) -> None:
    office.buyers.save(replace(BUYER, language="de"))
    assert page(office).split()[-3] == b"de"
    assert page(office, language="en").split()[-3] == b"en"
    kept(office, "Maison", is_default=True, language="es")
    assert page(office, buyer_id="buyer-2").split()[-3] == b"es"


def test_a_foot_keeps_words_alone(office: Office) -> None:
    html = '<p onclick="x()"><b>Merci</b> <script>alert(1)</script><img src="http://e/x.png"> A &amp; B</p>'
    assert kept(office, "Maison", footer_html=html).footer_html == "<p><b>Merci</b>  A &amp; B</p>"
    assert (
        kept(office, "Deux", footer_html="<style>p{}</style><iframe>x</iframe>tout<br/>bon").footer_html
        == "tout<br>bon"
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "  "}, "ED-TEMPLATE-NAME"),
        ({"primary": "red"}, "ED-TEMPLATE-COLOUR"),
        ({"secondary": "#12345G"}, "ED-TEMPLATE-COLOUR"),
        ({"logo": b"GIF89a"}, "ED-TEMPLATE-LOGO"),
        ({"logo": PNG + bytes(2_000_000)}, "ED-TEMPLATE-LOGO"),
        ({"columns": ("name", "colour")}, "ED-TEMPLATE-COLUMN"),
        ({"language": "xx"}, "ED-TEMPLATE-LANGUAGE"),
    ],
)
def test_what_no_page_can_show_is_refused(office: Office, changes: dict[str, object], code: str) -> None:
    template = replace(office.templates.new(SELLER.id), **({"name": "Maison"} | changes))  # type: ignore[arg-type]
    with pytest.raises(UserError, match=code):
        office.templates.save(template)


def test_the_templates_of_the_program_are_copied_not_changed(office: Office) -> None:
    system = SYSTEM_TEMPLATES[1]
    for act in (
        office.templates.save,
        lambda t: office.templates.delete(t.id),
        lambda t: office.templates.set_default(t.id),
    ):
        with pytest.raises(UserError, match="ED-TEMPLATE-SYSTEM"):
            act(system)
    copy = office.templates.save(office.templates.copy_of(system.id, SELLER.id))
    assert (copy.name, copy.primary) == ("Sobre (copie)", system.primary)
    with pytest.raises(UserError, match="ED-NOT-FOUND"):
        office.templates.get("gone")
