"""In-memory repositories around documents: companies, buyers, drafts, sending desk, inbox, directory, settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from einvoice_desktop.domain.parties import Buyer, Company
from einvoice_desktop.ports.errors import StoreConflictError
from einvoice_desktop.ports.pdp import DirectoryLine, PlatformProfile
from einvoice_desktop.ports.unit_of_work import Draft, OutboxEntry, OutboxState, ParkedMessage
from tests.fakes.store_state import State, check_hash

_DUE = frozenset({OutboxState.QUEUED, OutboxState.SENDING, OutboxState.UNKNOWN})


class FakeCompanies:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, company: Company) -> None:
        self._state.check_writable()
        if company.id in self._state.companies:
            raise StoreConflictError(f"company {company.id} is there already")
        self._state.companies[company.id] = company

    def update(self, company: Company) -> None:
        self._state.check_writable()
        self._state.check_company(company.id)
        self._state.companies[company.id] = company

    def get(self, company_id: str) -> Company | None:
        return self._state.companies.get(company_id)

    def by_siren(self, siren: str) -> Company | None:
        return next((c for c in self.all() if c.siren == siren), None)

    def all(self) -> tuple[Company, ...]:
        return tuple(sorted(self._state.companies.values(), key=lambda c: (c.name, c.id)))


class FakeBuyers:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, buyer: Buyer) -> None:
        self._state.check_writable()
        self._state.check_company(buyer.company_id)
        if buyer.id in self._state.buyers:
            raise StoreConflictError(f"buyer {buyer.id} is there already")
        self._state.buyers[buyer.id] = buyer

    def update(self, buyer: Buyer) -> None:
        self._state.check_writable()
        if self.get(buyer.company_id, buyer.id) is None:
            raise StoreConflictError(f"no buyer {buyer.id} in that company")
        self._state.buyers.pop(buyer.id)  # the last saved comes last
        self._state.buyers[buyer.id] = buyer

    def get(self, company_id: str, buyer_id: str) -> Buyer | None:
        buyer = self._state.buyers.get(buyer_id)
        return buyer if buyer and buyer.company_id == company_id else None

    def by_siren(self, company_id: str, siren: str) -> Buyer | None:
        found = [
            b
            for b in self._state.buyers.values()
            if b.company_id == company_id and siren and b.effective_siren == siren and not b.is_deleted
        ]
        return min(found, key=lambda b: (b.name, b.id), default=None)

    def recent(self, company_id: str, limit: int = 20) -> tuple[Buyer, ...]:
        kept = [b for b in self._state.buyers.values() if b.company_id == company_id and not b.is_deleted]
        return tuple(reversed(kept))[:limit]


class FakeDrafts:
    def __init__(self, state: State) -> None:
        self._state = state

    def save(self, draft: Draft) -> None:
        self._state.check_writable()
        self._state.check_company(draft.company_id)
        self._state.drafts[draft.id] = draft
        named = {a.sha256 for a in draft.form.attachments} & set(self._state.files)
        self._state.carried[draft.id] = self._state.carried.get(draft.id, frozenset()) | named

    def get(self, draft_id: str) -> Draft | None:
        return self._state.drafts.get(draft_id)

    def delete(self, draft_id: str) -> None:
        self._state.check_writable()
        self._state.drafts.pop(draft_id, None)
        self._state.carried.pop(draft_id, None)
        needed = frozenset().union(*self._state.carried.values())
        for sha256 in set(self._state.files) - needed:
            del self._state.files[sha256]

    def from_source(self, source_id: str) -> tuple[Draft, ...]:
        return self._found(lambda draft: bool(source_id) and draft.form.source_id == source_id)

    def of_group(self, group_id: str) -> tuple[Draft, ...]:
        return self._found(lambda draft: bool(group_id) and draft.form.deposit_group_id == group_id)

    def _found(self, is_wanted: Callable[[Draft], bool]) -> tuple[Draft, ...]:
        found = (draft for draft in self._state.drafts.values() if is_wanted(draft))
        return tuple(sorted(found, key=lambda draft: (draft.updated_at, draft.id)))


class FakeOutbox:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, entry: OutboxEntry) -> None:
        self._state.check_writable()
        self._state.check_company(entry.company_id)
        self._state.check_document(entry.document_id)
        check_hash(entry.content, entry.sha256)
        is_sent = any(e.tracking_id == entry.tracking_id for e in self._state.outbox.values())
        if is_sent or entry.id in self._state.outbox:
            raise StoreConflictError(f"sending {entry.tracking_id} is there already")
        self._state.outbox[entry.id] = entry

    def update(self, entry: OutboxEntry) -> None:
        self._state.check_writable()
        before = self._state.outbox.get(entry.id)
        if before is None:
            raise StoreConflictError(f"no sending {entry.id}")
        moved = replace(
            before,
            state=entry.state,
            flow_id=entry.flow_id,
            attempts=entry.attempts,
            next_try_at=entry.next_try_at,
            last_error=entry.last_error,
            updated_at=entry.updated_at,
        )
        if moved != entry:
            raise StoreConflictError(f"what sending {entry.id} carries is frozen")
        self._state.outbox[entry.id] = entry

    def get(self, entry_id: str) -> OutboxEntry | None:
        return self._state.outbox.get(entry_id)

    def of(self, document_id: str) -> tuple[OutboxEntry, ...]:
        return tuple(e for e in self._by_age() if e.document_id == document_id)

    def by_flow(self, flow_id: str) -> OutboxEntry | None:
        return next((e for e in self._by_age() if flow_id and e.flow_id == flow_id), None)

    def due(self, platform_id: str, now: datetime, limit: int = 50) -> tuple[OutboxEntry, ...]:
        waiting = (e for e in self._by_age() if e.platform_id == platform_id and e.state in _DUE)
        return tuple(e for e in waiting if e.next_try_at is None or e.next_try_at <= now)[:limit]

    def open_flows(self, platform_id: str) -> tuple[OutboxEntry, ...]:
        return tuple(e for e in self._by_age() if e.platform_id == platform_id and e.state is OutboxState.SENT)

    def _by_age(self) -> list[OutboxEntry]:
        return sorted(self._state.outbox.values(), key=lambda e: e.created_at)


class FakeInbox:
    def __init__(self, state: State) -> None:
        self._state = state

    def cursor(self, platform_id: str) -> datetime | None:
        return self._state.cursors.get(platform_id)

    def move_cursor(self, platform_id: str, to: datetime) -> None:
        self._state.check_writable()
        self._state.cursors[platform_id] = max(to, self._state.cursors.get(platform_id, to))

    def is_seen(self, platform_id: str, flow_id: str) -> bool:
        return (platform_id, flow_id) in self._state.seen

    def mark_seen(self, platform_id: str, flow_id: str, at: datetime) -> None:
        self._state.check_writable()
        self._state.seen.setdefault((platform_id, flow_id), at)

    def park(self, message: ParkedMessage) -> None:
        self._state.check_writable()
        self._state.parked[message.platform_id, message.flow_id] = message

    def parked(self, platform_id: str) -> tuple[ParkedMessage, ...]:
        found = (m for m in self._state.parked.values() if m.platform_id == platform_id)
        return tuple(sorted(found, key=lambda m: (m.parked_at, m.flow_id)))


class FakeDirectory:
    def __init__(self, state: State) -> None:
        self._state = state

    def save(self, siren: str, lines: tuple[DirectoryLine, ...], seen_at: datetime) -> None:
        self._state.check_writable()
        self._state.directory[siren] = (lines, seen_at)

    def get(self, siren: str) -> tuple[tuple[DirectoryLine, ...], datetime] | None:
        return self._state.directory.get(siren)


class FakeSettings:
    def __init__(self, state: State) -> None:
        self._state = state

    def get(self, key: str) -> str | None:
        return self._state.settings.get(key)

    def put(self, key: str, value: str) -> None:
        self._state.check_writable()
        self._state.settings[key] = value

    def platforms(self) -> tuple[PlatformProfile, ...]:
        return tuple(sorted(self._state.platforms.values(), key=lambda p: (p.label, p.id)))

    def save_platform(self, profile: PlatformProfile) -> None:
        self._state.check_writable()
        self._state.platforms[profile.id] = profile
