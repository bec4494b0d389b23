"""Billing in the name of a supplier, under his written mandate (389, 500, 261…; CGI art. 289, I-2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.invoice import SELF_BILLED_TYPES, TypeCode
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.records import BillingMandate, Draft
from einvoice_desktop.ports.unit_of_work import Store


class SelfBilling:
    """Mandates of suppliers, and the drafts they allow: the supplier is the seller, the company the buyer.

    Their numbers follow a root of their own (``FAF2026-0001``), proper to who bills (A7 G1.45).
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def mandate(self, company_id: str, supplier_id: str) -> BillingMandate | None:
        """The mandate of a supplier of the registry, ``None`` without one."""
        with self._store.reading() as work:
            return work.mandates.get(company_id, supplier_id)

    def record_mandate(self, mandate: BillingMandate) -> None:
        """Keep the mandate a supplier signed; it takes the place of the one before.

        Raises:
            UserError: ``ED-NOT-FOUND`` no such supplier in the registry; ``ED-MANDATE-DATE`` signed in the future.
        """
        if mandate.signed_on > self._clock.today():
            raise UserError("ED-MANDATE-DATE")
        with self._store.unit_of_work() as work:
            if work.buyers.get(mandate.company_id, mandate.supplier_id) is None:
                raise UserError("ED-NOT-FOUND", what="buyer")
            work.mandates.save(replace(mandate, reference=mandate.reference.strip()))
            work.commit()

    def end_mandate(self, company_id: str, supplier_id: str) -> None:
        """Forget the mandate of a supplier; documents issued under it stay."""
        with self._store.unit_of_work() as work:
            work.mandates.delete(company_id, supplier_id)
            work.commit()

    def new(self, company_id: str, supplier_id: str, type_code: str = TypeCode.SELF_BILLED.value) -> Draft:
        """A draft billed in the name of the supplier ``supplier_id``, dated today.

        Raises:
            UserError: ``ED-NO-COMPANY``; ``ED-NO-MANDATE`` the supplier gave none, or later than today.
            ValueError: ``type_code`` is not self-billed.
        """
        if type_code not in SELF_BILLED_TYPES:
            raise ValueError(f"{type_code} is not a self-billed document")
        today = self._clock.today()
        with self._store.unit_of_work() as work:
            company = work.companies.get(company_id)
            if company is None:
                raise UserError("ED-NO-COMPANY")
            if not is_mandated(work.mandates.get(company_id, supplier_id), today):
                raise UserError("ED-NO-MANDATE")
            form = DraftForm(
                type_code=type_code,
                buyer_id=supplier_id,
                issue_date=today.isoformat(),
                nature="M",
                lines=(DraftLine(vat="S20"),),
            )
            draft = Draft(str(uuid4()), company_id, form, self._clock.now())
            work.drafts.save(draft)
            work.commit()
        return draft


def is_mandated(mandate: BillingMandate | None, on: date) -> bool:
    """Whether a mandate allows a document of that day."""
    return mandate is not None and mandate.signed_on <= on
