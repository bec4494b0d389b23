"""Plausible issued documents by the hundred thousand, written past the repositories for speed.

Rows are what the repositories would have written (a test compares them): numbers without gaps, a valid chain, search
words, standings and tallies; only the frozen files are three tiny ones, shared by all.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from einvoice_desktop.domain.numbering import series_for
from einvoice_desktop.ledger.entry import GENESIS, EntryKind, Json, entry_hash
from einvoice_desktop.ports.unit_of_work import DocumentSummary, Environment, OutboxState, ledger_scope
from einvoice_desktop.store.engine import connect
from einvoice_desktop.store.mapping.documents import document_words
from einvoice_desktop.store.mapping.json_text import to_text
from einvoice_desktop.store.mapping.searching import folded
from einvoice_desktop.store.repositories.states import Standing, flags_of, turnover_of
from einvoice_desktop.store.tables.columns import to_instant, to_scaled

_CHUNK = 20_000
_PER_DAY = 200
_FIRST = ("Atelier", "Société", "Cabinet", "Maison", "Groupe", "Établissements", "Studio", "Comptoir", "Éditions")
_LAST = ("Dupont", "Lefèvre", "Moreau", "Garnier", "Besson", "Chevalier", "Tessier", "Rolland", "Vasseur", "Mercier")
_PLACES = ("Lyon", "Paris", "Brest", "Lille", "Nîmes", "Dijon", "Metz", "Pau", "Sète", "Caen", "Albi")
_WORK = ("Développement", "Conseil", "Maquette", "Formation", "Hébergement", "Maintenance", "Traduction", "Rédaction")
_STATES = (("212", 70), ("205", 10), ("203", 10), ("200", 6), ("213", 2), ("210", 1), ("", 1))
_TYPES = ("380",) * 32 + ("381",)
_RULES = '["EN 16931","BR-FR"]'

_INSERTS = {
    "issued_document": 24,
    "number_taken": 6,
    "ledger_entry": 8,
    "document_state": 16,
    "document_vat": 8,
    "lifecycle_event": 13,
    "outbox": 18,
}


@dataclass(frozen=True, slots=True)
class _Made:
    """One document and what surrounds it, before it becomes rows."""

    sequence: int
    id: str
    counter: int
    series_key: str
    summary: DocumentSummary
    state: str
    at: str
    words: str


class _Filler:
    def __init__(self, connection: sqlite3.Connection, company_id: str, environment: Environment) -> None:
        self._connection, self._company, self._environment = connection, company_id, environment.value
        self._scope = ledger_scope(company_id, environment)
        self._sequence = self._scalar("SELECT coalesce(max(sequence), 0) FROM issued_document")
        self._counters = dict(
            connection.execute(
                "SELECT series_key, max(counter) FROM number_taken WHERE company_id = ? GROUP BY series_key",
                (company_id,),
            ).fetchall()
        )
        head = connection.execute(
            "SELECT sequence, hash, at FROM ledger_entry WHERE scope = ? ORDER BY sequence DESC LIMIT 1", (self._scope,)
        ).fetchone()
        self._entry: int = head[0] if head else 0
        self._hash: str = head[1] if head else GENESIS
        self._at: str = head[2] if head else ""
        self._random = random.Random(self._sequence)  # noqa: S311 - repeatable, not secret
        self._files = [_keep(connection, f"measure {kind}".encode()) for kind in ("xml", "pdf", "json")]
        self._customers = [
            (f"{first} {last} {place}", f"{900000000 + number}")
            for number, (first, last, place) in enumerate(
                (first, last, place) for first in _FIRST for last in _LAST for place in _PLACES
            )
        ]
        self._keys = {name: folded(name) for name, _ in self._customers}

    def write(self, made: list[_Made]) -> None:
        """One chunk of documents into every table."""
        rows: dict[str, list[tuple[Any, ...]]] = {
            "issued_document": [self._document(m) for m in made],
            "number_taken": [
                (self._company, self._environment, m.series_key, m.counter, m.summary.number, m.id) for m in made
            ],
            "ledger_entry": [self._ledger(m) for m in made],
            "document_state": [self._standing(m) for m in made],
            "lifecycle_event": [
                (None, m.id, m.state, m.at, "", "", "", "", "", "[]", f"event-{m.id}", None, m.at)
                for m in made
                if m.state
            ],
            "outbox": [self._sending(m) for m in made],
            "document_vat": [self._vat(m) for m in made],
        }
        for table, values in rows.items():
            marks = ", ".join("?" * _INSERTS[table])
            self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608
        words = [(m.sequence, m.words) for m in made]
        self._connection.executemany("INSERT INTO issued_search (rowid, words) VALUES (?, ?)", words)
        self._tally(made)

    def documents(self, count: int, last_day: date) -> Iterator[_Made]:
        """``count`` documents, the last of them on ``last_day``."""
        states = [state for state, weight in _STATES for _ in range(weight)]
        for index in range(count):
            day = last_day - timedelta(days=(count - 1 - index) // _PER_DAY)
            type_code = self._random.choice(_TYPES)
            series = series_for(type_code, day, invoice_prefix="F", credit_note_prefix="A")
            counter = self._counters[series.key] = self._counters.get(series.key, 0) + 1
            self._sequence += 1
            name, siren = self._random.choice(self._customers)
            summary = self._summary(series.number(counter), type_code, day, name, siren)
            work = self._random.choice(_WORK)
            yield _Made(
                sequence=self._sequence,
                id=f"measure-{self._sequence:09d}",
                counter=counter,
                series_key=series.key,
                summary=summary,
                state=self._random.choice(states),
                at=max(self._at, to_instant(datetime.combine(day, time(12), UTC))),
                words=document_words(summary, work),
            )

    def _summary(self, number: str, type_code: str, day: date, name: str, siren: str) -> DocumentSummary:
        without_vat = Decimal(self._random.randrange(5_000, 900_000)).scaleb(-2)
        vat = (without_vat / 5).quantize(without_vat)
        total = without_vat + vat
        due_date = day + timedelta(days=30)
        return DocumentSummary(number, type_code, day, due_date, "EUR", without_vat, vat, total, total, name, siren)

    def _document(self, made: _Made) -> tuple[Any, ...]:
        s = made.summary
        amounts = [to_scaled(amount) for amount in (s.without_vat, s.vat, s.with_vat, s.due)]
        due_date = s.due_date.isoformat() if s.due_date else None
        return (
            *(made.sequence, made.id, self._company, "", self._environment, s.number, s.type_code),
            *(s.issue_date.isoformat(), due_date, s.currency, *amounts),
            *(s.party_name, s.party_siren, self._keys[s.party_name], *self._files, "conforme", _RULES, made.at, ""),
        )

    def _ledger(self, made: _Made) -> tuple[Any, ...]:
        s = made.summary
        self._entry += 1
        payload: dict[str, Json] = {
            "number": s.number,
            "type_code": s.type_code,
            "issue_date": s.issue_date.isoformat(),
            "with_vat": str(s.with_vat),
            "xml_sha256": self._files[0],
            "pdf_sha256": self._files[1],
            "json_sha256": self._files[2],
        }
        kind = EntryKind.DOCUMENT_ISSUED.value
        # As ledger.entry.canonical_bytes, for texts that are all ASCII: the same bytes, ten times faster.
        facts = {"scope": self._scope, "sequence": self._entry, "kind": kind, "subject": made.id, "at": made.at}
        content = to_text({**facts, "payload": payload}).encode("ascii")
        previous, self._hash = self._hash, entry_hash(self._hash, content)
        return (self._scope, self._entry, kind, made.id, made.at, to_text(payload), previous, self._hash)

    def _standing(self, made: _Made) -> tuple[Any, ...]:
        s = made.summary
        sent = OutboxState.ACCEPTED.value
        standing = Standing("issued", s.type_code, s.due, made.state, sent)
        flags = flags_of(standing)
        names = ("is_credit_note", "is_to_send", "is_unpaid", "is_rejected", "is_problem", "is_new")
        return (
            *(made.id, "issued", made.sequence, self._company, made.state, sent, "", 0),
            *(int(flags[name]) for name in names),
            *(made.at, 0),
        )

    @staticmethod
    def _vat(made: _Made) -> tuple[Any, ...]:
        base, tax = to_scaled(made.summary.without_vat), to_scaled(made.summary.vat)
        return (made.id, 0, "S", to_scaled(Decimal(20)), base, tax, base, tax)

    def _sending(self, made: _Made) -> tuple[Any, ...]:
        return (
            *(
                None,
                made.id,
                self._company,
                made.id,
                "measure",
                made.id,
                f"{made.summary.number}.pdf",
                "Factur-X",
                "B2B",
            ),
            *(self._files[1], made.at, made.at, OutboxState.ACCEPTED.value, f"flow-{made.id}", 1, None, "", ""),
        )

    def _tally(self, made: list[_Made]) -> None:
        totals: dict[tuple[int, int], tuple[int, Decimal]] = {}
        for one in made:
            month = (one.summary.issue_date.year, one.summary.issue_date.month)
            documents, turnover = totals.get(month, (0, Decimal(0)))
            totals[month] = (documents + 1, turnover + turnover_of(one.summary))
        self._connection.executemany(
            "INSERT INTO month_tally VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
            "documents = documents + excluded.documents, without_vat = without_vat + excluded.without_vat",
            [(self._company, *month, documents, to_scaled(amount)) for month, (documents, amount) in totals.items()],
        )

    def _scalar(self, statement: str) -> int:
        return int(self._connection.execute(statement).fetchone()[0])


def _keep(connection: sqlite3.Connection, content: bytes) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    if connection.execute("SELECT 1 FROM blob WHERE sha256 = ?", (sha256,)).fetchone() is None:
        connection.execute("INSERT INTO blob (sha256, content) VALUES (?, ?)", (sha256, content))
    return sha256


def fill(path: Path, company_id: str, environment: Environment, count: int, last_day: date) -> None:
    """Write ``count`` documents of ``company_id`` into the open store ``path``, some thousands per transaction."""
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")  # right by construction; checking each costs a third
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN IMMEDIATE")
        filler = _Filler(connection, company_id, environment)
        made = filler.documents(count, last_day)
        while chunk := list(islice(made, _CHUNK)):
            filler.write(chunk)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
