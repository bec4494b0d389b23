"""Making the documents of the matrix, through the services a user reaches and nothing else."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.ports.errors import NotIssuableError, UserError
from einvoice_desktop.ports.unit_of_work import IssuedDocument
from einvoice_desktop.services.catalogue import Services
from tests.journeys.matrix.forms import form_of, typed
from tests.journeys.matrix.plan import Case

BALANCE_LINES = (
    DraftLine("Ouvrage complet", "1", "LS", "5 000,00"),
    DraftLine("Fournitures", "40", "C62", "12,50"),
)
"""What a balance bills, before its deposits are deducted."""


@dataclass(frozen=True)
class Made:
    """A case that became a document, with the form it was issued from."""

    case: Case
    form: DraftForm
    document: IssuedDocument


@dataclass(frozen=True)
class Refused:
    """A case the program refused, and why."""

    case: Case
    why: str


@dataclass(frozen=True)
class Harvest:
    """What one process made: documents, cases refused, seconds it took without starting."""

    made: list[Made]
    refused: list[Refused]
    seconds: float


class Maker:
    """Makes cases one after the other; what follows another document finds it here."""

    def __init__(self, services: Services, today: date) -> None:
        self._services, self._today = services, today
        self.made: dict[str, Made] = {}
        self.refused: list[Refused] = []
        self.seconds = 0.0

    def make(self, case: Case) -> None:
        """Type, save and issue ``case``."""
        started = time.perf_counter()
        try:
            draft_id, form = self._type(case)
            document = self._services.issue.issue_draft(draft_id, send=False)
            self.made[case.name] = Made(case, form, document)
        except NotIssuableError as error:
            found = " ".join(sorted({f"{f.code}@{f.place}" for f in error.findings}))
            self.refused.append(Refused(case, found or "not issuable"))
        except UserError as error:
            self.refused.append(Refused(case, f"{error.code} {error.params}"))
        except MissingSourceError as error:
            self.refused.append(Refused(case, f"follows {error}"))
        self.seconds += time.perf_counter() - started

    def _type(self, case: Case) -> tuple[str, DraftForm]:
        drafts = self._services.drafts
        draft = drafts.new(case.vat.company, case.kind.type_code)
        form = self._form(case)
        drafts.save(draft.id, form)
        return draft.id, form

    def _form(self, case: Case) -> DraftForm:
        if not case.sources:
            return form_of(case, self._today)
        sources = [self._source(name) for name in case.sources]
        first = sources[0]
        number, day = first.document.summary.number, first.document.summary.issue_date.isoformat()
        named: dict[str, Any] = {"preceding_number": number, "preceding_date": day, "source_id": first.document.id}
        if case.kind.is_free:
            return replace(form_of(case, self._today), **named)
        form = replace(
            first.form, type_code=case.kind.type_code, payment_state="due", paid="", rounding="", due_date="", **named
        )
        return typed(form, case, self._today)

    def _source(self, name: str) -> Made:
        if name not in self.made:
            raise MissingSourceError(name)
        return self.made[name]


class MissingSourceError(Exception):
    """The document to follow could not be made."""
