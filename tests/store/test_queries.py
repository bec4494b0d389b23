"""Lists: the real ones agree with the plain loops of the fake, page by page, whatever is searched or filtered."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.ports.queries import Page
from einvoice_desktop.ports.records import DocumentLink, Relation, VatAmount
from einvoice_desktop.ports.unit_of_work import Environment, OutboxState, ParkedMessage, Store
from einvoice_desktop.store import SqliteStore, open_store
from einvoice_desktop.store.read_models import desk
from tests.fakes.queries import FakeQueries
from tests.fakes.store import FakeStore
from tests.store.conftest import with_company
from tests.store.records import (
    NOON,
    buyer,
    company,
    draft,
    event,
    issue,
    issued,
    minutes,
    payment,
    received,
    sending,
    summary,
)

RowT = TypeVar("RowT")

NAMES = ("Société Dupont", "Müller & Söhne", "L’Œuvre 1250", "Étoile d'Été", "ZZ Top", "100% Bio_net", "Garçon")
LINES = ("Développement", "Conseil en écriture", 'Guillemets "droits"', "Forfait 30 jours", "")
STATES = ("", "200", "203", "205", "207", "210", "212", "213", "220", "999")
RATES = (("20",), ("20", "5.5"), ("",), ("10", "20"), ())
TYPES = ("380", "380", "380", "381", "384", "386", "389")


@dataclass
class Pair:
    """The same history in both stores."""

    real: SqliteStore
    fake: FakeStore

    @property
    def oracle(self) -> FakeQueries:
        return FakeQueries(self.fake)

    def both(self, act: Callable[[Store], object]) -> None:
        for store in (self.real, self.fake):
            act(store)


def history(store: Store, seed: int, count: int) -> None:
    """A busy year, the same for the same seed."""
    chance = random.Random(seed)
    with_company(store)
    with store.unit_of_work() as work:
        work.companies.add(company("c2"))
        for index, name in enumerate(NAMES):
            work.buyers.add(buyer(f"b{index}", name=name, siret=f"{index}{'5' * 13}"))
        for index in range(count):
            add_issued(work, index, chance)
        for index in range(count // 4):
            add_received(work, index, chance)
        for index in range(count // 8):
            form = DraftForm(
                type_code=chance.choice(TYPES),
                buyer_id=f"b{chance.randrange(9)}",
                issue_date=chance.choice(("2026-03-01", "31 février", "")),
                lines=(DraftLine(chance.choice(LINES)),),
            )
            amount = chance.choice((None, Decimal("1250.00"), Decimal("12.50")))
            saved = draft(f"d{index}", form=form, updated_at=minutes(chance.randrange(4)), with_vat=amount)
            work.drafts.save(saved)
        work.inbox.park(ParkedMessage("f1", "p1", "SupplierInvoice", "ED-READ-XML", "", NOON))
        work.commit()


def add_issued(work: Any, index: int, chance: random.Random) -> None:
    document_id = f"i{index}"
    amount = Decimal(chance.choice((125000, 12500, 825000, chance.randrange(1, 10**6)))).scaleb(-2)
    without = amount - 1
    document = issued(
        document_id,
        f"F2026-{index:04d}",
        company_id="c2" if index % 17 == 0 else "c1",
        type_code=chance.choice(TYPES),
        issue_date=date(2026, 1, 1) + timedelta(days=index % 365),
        party_name=chance.choice(NAMES),
        with_vat=amount,
        due=amount,
        without_vat=without,
        currency=chance.choice(("EUR", "EUR", "EUR", "USD")),
        search_text=chance.choice(LINES),
        breakdown=tuple(vat_group(rate, chance) for rate in chance.choice(RATES)),
    )
    work.issued.add(document)
    if index > 3 and chance.random() < 0.3:
        add_link(work, document, f"i{index - chance.randrange(1, 4)}", chance)
    if chance.random() < 0.7:
        states = list(OutboxState)
        entry = sending(f"o{index}", document_id, company_id=document.company_id, created_at=minutes(index % 5))
        work.outbox.add(entry)
        work.outbox.update(replace(entry, state=chance.choice(states), updated_at=minutes(index)))
    for number in range(chance.randrange(3)):
        code = chance.choice(STATES[1:])
        work.events.add(event(code, document_id, at=chance.randrange(9), source_id=f"m{index}-{number}"))
    if chance.random() < 0.3:
        paid = chance.choice((amount, amount / 2))
        work.payments.add(payment(f"p{index}", document_id, str(paid.quantize(Decimal("0.01")))))
    if chance.random() < 0.2:
        work.outbox.add(sending(f"m{index}", document_id, syntax="CDAR", state=chance.choice(list(OutboxState))))


def vat_group(rate: str, chance: random.Random) -> VatAmount:
    base = Decimal(chance.randrange(1, 10**6)).scaleb(-2)
    tax = (base * Decimal(rate or 0) / 100).quantize(Decimal("0.01"))
    in_euro = (base, tax) if chance.random() < 0.9 else (None, None)
    return VatAmount("S" if rate else "O", Decimal(rate) if rate else None, base, tax, *in_euro)


def add_link(work: Any, document: Any, target_id: str, chance: random.Random) -> None:
    """A credit note, a corrected invoice or a balance of an earlier document."""
    relation = Relation.CREDITS if document.summary.type_code == "381" else chance.choice(list(Relation)[1:])
    work.links.add(DocumentLink(document.id, target_id, relation, document.summary.without_vat))


def add_received(work: Any, index: int, chance: random.Random) -> None:
    known = summary(f"R/{index}", party_name=chance.choice(NAMES)) if chance.random() < 0.8 else None
    document = received(f"r{index}", summary=known, filename=f"pièce {index}.pdf", search_text=chance.choice(LINES))
    work.received.add(document)
    if chance.random() < 0.5:
        work.events.add(event(chance.choice(STATES[1:]), document.id))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Any:
    real = open_store(tmp_path_factory.mktemp("pair") / "store.sqlite", Environment.SANDBOX)
    made = Pair(real, FakeStore(Environment.SANDBOX))
    made.both(lambda store: history(store, seed=7, count=240))
    yield made
    real.close()


Read = Callable[..., Page[RowT]]


def all_rows(read: Read[RowT], limit: int = 9, **wanted: str) -> list[RowT]:
    """Every row of ``c1``, page after page."""
    rows: list[RowT] = []
    key = ""
    while True:
        page = read("c1", after=key, limit=limit, **wanted)
        rows += page.rows
        if not page.next_key:
            return rows
        assert page.rows
        key = page.next_key


SEARCHES = [
    *("", "dupont", "DUPONT", "société dup", "oeuvre", "œuvre", "müller", "mull", "sohne soc", "zz", "z", "zz top"),
    *(
        "F2026-01",
        "2026-0123",
        "f2",
        "F2",
        "1250",
        "1 250,00",
        "1250.00",
        "1 250,00 €",
        "250",
        "8250",
        "0",
        "12",
        "125",
    ),
    *(
        "développement",
        "écriture conseil",
        "en écriture",
        'guillemets "droits"',
        '"',
        "'",
        "100%",
        "bio_net",
        "_",
        "%%%",
    ),
    *("l’œuvre 1250", "552081317", "inconnu au bataillon", "NEAR(a b)", "AND", "a OR b", "*", "-", "(", "d'ete", "été"),
]


@pytest.mark.parametrize("only", ["", "draft", "to_send", "unpaid", "rejected", "credit_note"])
def test_each_filter_agrees_with_the_oracle(pair: Pair, only: str) -> None:
    expected = list(pair.oracle.invoices("c1", limit=10_000, only=only).rows)
    for limit in (7, 100, 1000):
        assert all_rows(pair.real.queries.invoices, limit, only=only) == expected
    assert all_rows(pair.oracle.invoices, 7, only=only) == expected
    assert expected


@pytest.mark.parametrize("search", SEARCHES)
def test_each_search_agrees_with_the_oracle(pair: Pair, search: str) -> None:
    real, oracle = pair.real.queries, pair.oracle
    for only in ("", "unpaid"):
        sold = list(oracle.invoices("c1", limit=10_000, search=search, only=only).rows)
        assert all_rows(real.invoices, search=search, only=only) == sold
    assert all_rows(real.received, search=search) == list(oracle.received("c1", limit=10_000, search=search).rows)
    assert all_rows(real.buyers, 2, search=search) == list(oracle.buyers("c1", limit=10_000, search=search).rows)


@given(st.text(max_size=12) | st.text("01 .,€=\"'%_*-\0abé", max_size=12))
def test_nothing_typed_breaks_a_search(pair: Pair, typed: str) -> None:
    for read in (pair.real.queries.invoices, pair.real.queries.received, pair.real.queries.buyers):
        assert len(read("c1", search=typed, limit=5).rows) <= 5


def test_the_searches_meant_to_find_do(pair: Pair) -> None:
    """Otherwise agreement on nothing would prove nothing."""
    for search in (
        "DUPONT",
        "oeuvre",
        "mull",
        "zz",
        "F2026-01",
        "1250",
        "1 250,00",
        "écriture conseil",
        "bio_net",
        "12",
    ):
        assert pair.real.queries.invoices("c1", search=search).rows, search
    whole = {row.with_vat for row in all_rows(pair.real.queries.invoices, search="8 250,00")}
    assert whole == {Decimal("8250.00")}


def test_counters_turnover_and_desk_agree_with_the_oracle(pair: Pair) -> None:
    for company_id in ("c1", "c2", "c3"):
        assert pair.real.queries.counters(company_id) == pair.oracle.counters(company_id)
        assert pair.real.queries.turnover(company_id, 2026) == pair.oracle.turnover(company_id, 2026)
        for month in range(1, 13):
            assert pair.real.queries.vat(company_id, 2026, month) == pair.oracle.vat(company_id, 2026, month)
        for today in (date(2026, 1, 15), date(2026, 11, 21), date(2027, 6, 1)):
            assert pair.real.queries.receivables(company_id, today) == pair.oracle.receivables(company_id, today)
        assert pair.real.queries.outbox(company_id, limit=50) == pair.oracle.outbox(company_id, limit=50)
    counters = pair.real.queries.counters("c1")
    assert min(counters.drafts, counters.waiting, counters.problems, counters.received_new, counters.issued) > 0
    assert counters.parked == 1


def test_a_document_issued_while_paging_is_not_shown_twice_nor_hides_another(real: SqliteStore) -> None:
    for index in range(6):
        issue(real, f"i{index}")
    first = real.queries.invoices("c1", limit=3)
    issue(real, "i6")
    second = real.queries.invoices("c1", limit=3, after=first.next_key)
    assert [row.id for row in (*first.rows, *second.rows)] == ["i5", "i4", "i3", "i2", "i1", "i0"]
    assert second.next_key == ""


def test_a_key_that_is_not_ours_starts_at_the_beginning(real: SqliteStore) -> None:
    issue(real, "i0")
    for key in ("nonsense", "{", "null", "[]", "12"):
        assert [row.id for row in real.queries.invoices("c1", after=key).rows] == ["i0"]
        assert real.queries.received("c1", after=key).rows == ()
        assert real.queries.buyers("c1", after=key).rows == ()


def test_a_draft_that_becomes_a_document_changes_place(real: SqliteStore) -> None:
    with real.unit_of_work() as work:
        work.buyers.add(buyer())
        work.drafts.save(draft())
        work.commit()
    (row,) = real.queries.invoices("c1").rows
    assert (row.is_draft, row.number, row.buyer_name, row.with_vat) == (True, "", "Société Dupont", Decimal("1250.00"))
    assert (row.issue_date, row.due_date) == (date(2026, 12, 31), None)
    with real.unit_of_work() as work:
        work.drafts.delete("d1")
        work.commit()
    issue(real, "i1")
    (row,) = real.queries.invoices("c1").rows
    assert (row.is_draft, row.number) == (False, "F2026-0001")


def test_the_life_of_a_document_in_its_list_row(real: SqliteStore) -> None:
    def shown() -> tuple[str, str, Decimal]:
        (row,) = real.queries.invoices("c1").rows
        return row.state, row.outbox_state, row.paid

    def listed(only: str) -> bool:
        return bool(real.queries.invoices("c1", only=only).rows)

    issue(real, "i1")
    assert shown() == ("", "", Decimal(0))
    assert (listed("to_send"), listed("unpaid"), listed("rejected")) == (True, True, False)
    with real.unit_of_work() as work:
        work.outbox.add(sending())
        work.commit()
    assert shown() == ("", "queued", Decimal(0))
    assert not listed("to_send")
    with real.unit_of_work() as work:
        work.outbox.update(replace(sending(), state=OutboxState.ACCEPTED))
        work.events.add(event("203"))
        work.events.add(event("200", at=1))
        work.payments.add(payment(amount="1000.00"))
        work.commit()
    assert shown() == ("203", "accepted", Decimal(1000))
    assert listed("unpaid")
    with real.unit_of_work() as work:
        work.payments.add(payment("p2", amount="250.00"))
        work.commit()
    assert shown() == ("203", "accepted", Decimal(1250))
    assert not listed("unpaid")


def test_no_counter_and_no_filter_reads_every_row(real: SqliteStore) -> None:
    """Each number comes from an index of just those rows: as quick with a million documents."""
    with real._reading.connect() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN " + str(desk._COUNTERS), {"company_id": "c1", "sandbox": "a", "production": "b"}
        )
        steps = {str(step[3]).partition(" (")[0] for step in plan}
    read = {step.replace("COVERING ", "") for step in steps if step.startswith(("SEARCH", "SCAN"))}
    assert read == {
        "SCAN CONSTANT ROW",
        "SEARCH draft USING INDEX draft_newest",
        "SEARCH outbox USING INDEX outbox_waiting",
        "SEARCH outbox USING INDEX outbox_failed",
        "SEARCH document_state USING INDEX document_is_problem",
        "SEARCH document_state USING INDEX document_is_new",
        "SEARCH month_tally USING PRIMARY KEY",
        "SEARCH ledger_entry USING PRIMARY KEY",
        "SCAN inbox_parked",
    }


def test_lists_read_no_frozen_byte(real: SqliteStore) -> None:
    issue(real, "i1")
    statements: list[str] = []
    with real._reading.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(statements.append)
    for search in ("", "dupont", "du"):
        real.queries.invoices("c1", search=search)
        real.queries.received("c1", search=search)
    real.queries.outbox("c1")
    real.queries.counters("c1")
    assert len(statements) > 8
    assert not [statement for statement in statements if "blob" in statement]
