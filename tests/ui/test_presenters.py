"""What screens say, told without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from einvoice_desktop.domain.parties import Address, BuyerKind, Company, Identifier, VatRegime
from einvoice_desktop.ledger.chain import ChainReport
from einvoice_desktop.ports.events import SyncChanged, SyncPhase
from einvoice_desktop.ports.queries import InvoiceRow
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.services.check_draft import Light
from einvoice_desktop.ui.screens.buyers import presenter as buyers
from einvoice_desktop.ui.screens.home.presenter import read_home, readiness
from einvoice_desktop.ui.screens.invoices.presenter import as_csv, invoice_pill, party_words, selection_of
from einvoice_desktop.ui.screens.outbox.presenter import can_retry, can_withdraw, next_words, outbox_pill, trouble_words
from einvoice_desktop.ui.screens.register.presenter import as_text, statements
from einvoice_desktop.ui.screens.settings import presenter as settings
from einvoice_desktop.ui.screens.start import presenter as start
from einvoice_desktop.ui.shell.status import sync_words
from einvoice_desktop.ui.widgets.formats import identifier, money, plural, since
from einvoice_desktop.ui.widgets.matching import matches
from tests.ui.fake_services import BUYERS, COMPANY, NOW, SANDBOX, TODAY, World, empty_world, full_world, make_services


def _row(world: World, number: str) -> InvoiceRow:
    return next(row for row in world.rows if row.number == number)


@pytest.mark.parametrize(
    ("number", "words", "tone"),
    [
        ("", "Brouillon", "neutral"),
        ("FA2026-0123", "En attente d’envoi", "info"),
        ("FA2026-0122", "203 Mise à disposition", "info"),
        ("FA2026-0120", "205 Approuvée", "success"),
        ("FA2026-0119", "213 Rejetée", "danger"),
        ("FA2026-0118", "207 En litige", "warning"),
        ("FA2026-0117", "Échue dans 6 j", "warning"),
        ("FA2026-0116", "Payée", "success"),
        ("FA2026-0114", "Échue depuis 7 j", "danger"),
        ("FA2026-0112", "212 Encaissée", "success"),
    ],
)
def test_one_thing_to_know_of_each_invoice(world: World, number: str, words: str, tone: str) -> None:
    assert invoice_pill(_row(world, number), TODAY) == (words, tone)


def test_an_unknown_status_is_shown(world: World) -> None:
    row = replace(_row(world, "FA2026-0122"), state="299")
    assert invoice_pill(row, TODAY) == ("299 Statut 299", "neutral")


def test_a_selection_adds_up_and_a_credit_note_takes_away(world: World) -> None:
    rows = [_row(world, "FA2026-0122"), replace(_row(world, "FA2026-0116"), type_code="381")]
    selection = selection_of(rows)
    assert selection is not None
    assert (selection.words, selection.total) == ("2 sélectionnées", Decimal("1140.00"))
    assert selection_of([]) is None
    mixed = selection_of([rows[0], replace(rows[0], currency="USD")])
    assert mixed is not None
    assert mixed.currency == ""


def test_an_export_holds_no_formula(world: World) -> None:
    row = replace(_row(world, "FA2026-0122"), buyer_name="=HYPERLINK(1)")
    text = as_csv([row], TODAY).decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Numéro;Type")
    assert ";'=HYPERLINK(1);1200,00;0;EUR;" in text


def test_home_says_what_to_do_now_the_worst_first(services: Services) -> None:
    view = read_home(services, "company", TODAY)
    assert [(task.words, task.screen) for task in view.tasks] == [
        ("1 facture rejetée", "document"),
        ("1 envoi refusé", "outbox"),
        ("1 facture en retard", "invoices"),
        ("2 factures reçues", "purchases"),
        ("1 brouillon", "editor"),
    ]
    assert view.receivable.late == Decimal("775.20")
    assert view.receivable.very_late == 0
    assert view.receivable.total == Decimal("10690.20")
    assert not view.is_fresh


def test_home_of_a_new_company_asks_for_nothing(world: World) -> None:
    fresh = empty_world()
    fresh.companies = world.companies
    view = read_home(make_services(fresh), "company", TODAY)
    assert view.tasks == ()
    assert view.is_fresh


def test_ready_to_bill_needs_an_iban_and_ready_to_send_a_real_platform() -> None:
    bill, receive, send = readiness(replace(COMPANY, iban=""), None, Light("green"))
    assert (bill.is_ready, receive.is_ready, send.is_ready) == (False, False, False)
    assert "l’IBAN" in bill.detail
    assert [light.is_ready for light in readiness(COMPANY, SANDBOX, Light("green"))] == [True, True, False]
    real = replace(SANDBOX, id="afnor", label="Ma plateforme", is_sandbox=False)
    assert [light.is_ready for light in readiness(COMPANY, real, Light("green"))] == [True, True, True]
    micro = replace(COMPANY, vat_number="", vat_regime=VatRegime.FRANCHISE)
    assert readiness(micro, None, Light("amber"))[0].is_ready


def test_ready_to_receive_only_when_the_annuaire_says_so() -> None:
    for light in (Light("amber", "ED-ADDRESS-NOT-CHECKED"), Light("red", "ED-ADDRESS-UNKNOWN")):
        receive = readiness(COMPANY, SANDBOX, light)[1]
        assert not receive.is_ready
        assert "annuaire" in receive.detail


def test_the_sending_desk_in_words(world: World) -> None:
    waiting, status, refused, accepted = world.outbox
    assert outbox_pill(waiting) == ("Nouvel essai prévu", "warning")
    assert outbox_pill(status) == ("En attente", "info")
    assert trouble_words(waiting) == "La connexion n’a pas pu être établie."
    assert next_words(status, NOW) == "dès que possible"
    assert next_words(waiting, NOW + timedelta(hours=2)) == "dès que possible"
    assert (can_retry(refused), can_retry(accepted), can_withdraw(accepted)) == (True, False, False)


def test_a_verification_names_what_is_wrong() -> None:
    report = ChainReport(
        "company/sandbox", 9, "ab" * 32, gaps=(3, 4), broken_at=5, changed_files=("F1",), orphans=("F2",)
    )
    lines = statements((report,))
    assert [line.words for line in lines] == [
        "Écriture modifiée",
        "Écritures absentes",
        "Documents modifiés",
        "Documents sans écriture",
    ]
    assert "n° 5" in lines[0].detail
    assert "N° 3, 4." in lines[1].detail
    assert "ab" * 32 in as_text((report,))
    assert statements(())[0].words == "Registre vide"


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (SyncPhase.RUNNING, "Synchronisation en cours…"),
        (SyncPhase.OFFLINE, "Hors ligne · reprise automatique"),
        (SyncPhase.PAUSED, "Synchronisation en pause"),
        (SyncPhase.NOT_CONNECTED, ""),
    ],
)
def test_the_synchronisation_in_words(phase: SyncPhase, words: str) -> None:
    assert sync_words(SyncChanged(phase, NOW))[0] == words


def test_a_synchronisation_in_trouble_says_why() -> None:
    words, tone = sync_words(SyncChanged(SyncPhase.NEEDS_ATTENTION, None, "unauthorized: 401"))
    assert words == "À vérifier : L’identifiant ou le secret est refusé."
    assert tone == "danger"


def test_a_list_says_what_kind_of_document_stands_there() -> None:
    row = next(row for row in full_world().rows if row.number)
    assert party_words(replace(row, type_code="380", buyer_name="Globex")) == "Globex"
    assert party_words(replace(row, type_code="386", buyer_name="Globex")) == "Globex · acompte"
    assert party_words(replace(row, type_code="384", buyer_name="")) == "client à choisir · rectificative"


def test_a_customer_survives_the_form() -> None:
    for buyer in BUYERS:
        again = buyers.buyer_from(buyer, buyers.values_of(buyer))
        assert again == buyer


def test_identifiers_are_typed_with_spaces_and_a_private_person_has_none() -> None:
    values = buyers.values_of(BUYERS[0]) | {"siren": "", "siret": "732 829 320 00074"}
    kept = buyers.buyer_from(BUYERS[0], values)
    assert (kept.siret, kept.siren) == ("73282932000074", "732829320")
    person = buyers.buyer_from(BUYERS[0], values | {"kind": BuyerKind.INDIVIDUAL})
    assert (person.siren, person.siret, person.vat_number) == ("", "", "")
    assert person.is_individual


def test_an_address_with_an_at_sign_is_an_e_mail() -> None:
    kept = buyers.buyer_from(BUYERS[0], buyers.values_of(BUYERS[0]) | {"electronic_address": "a@b.example"})
    assert kept.electronic_address is not None
    assert kept.electronic_address.scheme == "EM"


def test_an_address_of_another_country_keeps_its_scheme() -> None:
    foreign = replace(BUYERS[0], electronic_address=Identifier("DE123456789", "9930"))
    values = buyers.values_of(foreign)
    assert values["electronic_address"] == "9930:DE123456789"
    assert buyers.buyer_from(foreign, values).electronic_address == foreign.electronic_address


def test_where_goods_go_the_service_and_the_language_survive_the_form() -> None:
    place = Address("2 quai du Port", "", "", "06300", "Nice", country="FR", name="Entrepôt")
    buyer = replace(BUYERS[0], is_public=True, routing_code="SERVICE-7", language="de", shipping_address=place)
    values = buyers.values_of(buyer)
    assert buyers.buyer_from(buyer, values) == buyer
    cleared = values | dict.fromkeys(buyers.SHIPPING, "")
    assert buyers.buyer_from(buyer, cleared).shipping_address is None


def test_a_company_survives_the_form() -> None:
    values = settings.company_values(COMPANY)
    assert values["iban"] == "FR76 3000 6000 0112 3456 7890 189"
    assert settings.company_from(COMPANY, values, vat_on_debits=COMPANY.vat_on_debits) == COMPANY


def test_a_platform_is_tried_only_with_what_it_needs() -> None:
    blank = settings.platform_values(SANDBOX)
    places = [finding.place for finding in settings.check_platform(blank, "")]
    assert places == ["label", "flow_url", "token_url", "client_id", "secret"]
    values = blank | {
        "label": "P",
        "flow_url": "http://plain.example",
        "token_url": "https://t.example/",
        "client_id": "me",
    }
    assert [f.code for f in settings.check_platform(values, "s")] == ["ED-URL"]
    good = values | {"flow_url": "https://f.example/flow/"}
    assert settings.check_platform(good, "s") == ()
    profile = settings.profile_from(good, is_sandbox=False)
    assert (profile.flow_url, profile.token_url) == ("https://f.example/flow", "https://t.example")
    assert profile.id == settings.profile_from(good, is_sandbox=True).id


def _answers(**texts: str) -> start.Answers:
    full = {"siren": "552 100 554", "name": "Atelier", "line1": "1 rue", "postal_code": "44000", "city": "Nantes"}
    return start.Answers(full | texts)


def test_the_first_step_wants_a_siren_and_an_address() -> None:
    assert start.problems(_answers(), 0) == ()
    assert [f.place for f in start.problems(start.Answers(), 0)] == ["siren", "name", "line1", "postal_code", "city"]
    (warning,) = start.problems(_answers(siren="552100555"), 0)
    assert not warning.is_blocking


def test_a_siret_gives_its_siren() -> None:
    answers = _answers(siren="552 100 554 00013")
    assert (answers.siren, answers.siret) == ("552100554", "55210055400013")
    assert start.siren_hint("552100554") == ("SIREN valable", "success")
    assert start.siren_hint("552100555")[1] == "warning"
    assert start.siren_hint("55")[1] == ""


def test_vat_is_asked_unless_there_is_none() -> None:
    monthly = replace(_answers(), regime=VatRegime.REAL_NORMAL_MONTHLY)
    assert [f.place for f in start.problems(_answers(), 1)] == ["regime"]
    assert [f.place for f in start.problems(monthly, 1)] == ["vat_number"]
    assert start.suggested_vat_number(monthly) == "FR96552100554"
    assert start.problems(replace(_answers(), regime=VatRegime.FRANCHISE), 1) == ()
    odd = replace(_answers(vat_number="FR00552100554"), regime=VatRegime.SIMPLIFIED)
    assert not start.problems(odd, 1)[0].is_blocking


def test_a_wrong_iban_stops_the_third_step() -> None:
    assert [f.code for f in start.problems(_answers(iban="FR7630006000011234567890188"), 2)] == ["ED-IBAN-KEY"]
    assert start.problems(_answers(iban="FR76 3000 6000 0112 3456 7890 189"), 2) == ()


def test_the_answers_make_a_company() -> None:
    blank = make_services(empty_world()).companies.new("552100554", "Atelier")
    answers = replace(_answers(iban="FR76 3000 6000 0112 3456 7890 189", nature="B"), regime=VatRegime.FRANCHISE)
    company: Company = start.company_from(blank, answers)
    assert (company.siren, company.vat_number, company.nature) == ("552100554", "", "B")
    assert company.iban == "FR7630006000011234567890189"
    assert company.address.city == "Nantes"


def test_values_read_in_french() -> None:
    assert money(Decimal(1200)) == "1\u202f200,00\xa0€"
    assert money(None) == "–"
    assert identifier("55210055400013") == "552 100 554 00013"
    assert identifier("FR-X") == "FR-X"
    assert plural(0, "{n} brouillon", "{n} brouillons") == "0 brouillon"
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert since(now - timedelta(minutes=4), now) == "il y a 4 minutes"
    assert since(now - timedelta(hours=1), now) == "il y a 1 heure"
    assert since(now, now) == "à l’instant"


def test_the_palette_forgives_accents_and_order() -> None:
    assert matches("Registre fiscal", "fisc reg")
    assert matches("Déconnecter", "deco")
    assert not matches("Factures", "avoir")
