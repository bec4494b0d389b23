"""Links, deals paid by deposits, templates, mandates and files of drafts: what the stores promise, both of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from einvoice_desktop.domain.draft import DraftAttachment, DraftForm
from einvoice_desktop.ports.errors import StoreConflictError
from einvoice_desktop.ports.records import (
    BillingMandate,
    DepositMember,
    DepositRole,
    DocumentLink,
    Relation,
    Template,
    TemplateScope,
)
from einvoice_desktop.ports.unit_of_work import Store
from tests.store.records import BREAKDOWN, NOON, buyer, company, draft, group, issue, issued, minutes, sha256

AMOUNT = Decimal("100.00")
CREDIT = DocumentLink("i2", "i1", Relation.CREDITS, AMOUNT)


def add_link(store: Store, link: DocumentLink) -> None:
    with store.unit_of_work() as work:
        work.links.add(link)
        work.commit()


def test_a_link_is_seen_from_both_ends(store: Store) -> None:
    issue(store, "i1")
    issue(store, "i2", type_code="381")
    issue(store, "i3", type_code="381")
    add_link(store, DocumentLink("i3", "i1", Relation.CREDITS, AMOUNT))
    add_link(store, CREDIT)
    with store.reading() as work:
        assert work.links.of("i2") == (CREDIT,)
        assert [link.document_id for link in work.links.to("i1")] == ["i2", "i3"]
        assert work.links.of("i1") == work.links.to("i2") == ()


@pytest.mark.parametrize(
    "link",
    [
        CREDIT,
        DocumentLink("i1", "i1", Relation.CREDITS, AMOUNT),
        DocumentLink("i2", "gone", Relation.CREDITS, AMOUNT),
        DocumentLink("gone", "i1", Relation.CREDITS, AMOUNT),
        DocumentLink("i2", "i1", Relation.CORRECTS, AMOUNT),
    ],
    ids=["twice", "itself", "no target", "no document", "another relation"],
)
def test_a_link_that_cannot_be_is_refused(store: Store, link: DocumentLink) -> None:
    issue(store, "i1")
    issue(store, "i2")
    add_link(store, CREDIT)
    with pytest.raises(StoreConflictError):
        add_link(store, link)


def test_the_vat_of_a_document_is_kept_by_rate(store: Store) -> None:
    issue(store, "i1", breakdown=BREAKDOWN)
    with store.reading() as work:
        assert work.issued.get("i1") == issued("i1", breakdown=BREAKDOWN)


def test_a_deal_and_its_documents(store: Store) -> None:
    issue(store, "i1", type_code="386")
    issue(store, "i2")
    deposit = DepositMember("g1", "i1", DepositRole.DEPOSIT, Decimal("3000.00"))
    balance = DepositMember("g1", "i2", DepositRole.BALANCE, Decimal("7000.00"))
    with store.unit_of_work() as work:
        work.deposits.add(group())
        work.deposits.add(group("g2", created_at=minutes(5), reference=""))
        work.deposits.add_member(balance)
        work.deposits.add_member(deposit)
        work.commit()
    with store.reading() as work:
        assert work.deposits.get("g1") == group()
        assert work.deposits.get("gone") is None
        assert [g.id for g in work.deposits.of_company("c1")] == ["g2", "g1"]
        assert work.deposits.of_company("c2") == ()
        assert work.deposits.members("g1") == (deposit, balance)
        assert work.deposits.member("i2") == balance
        assert work.deposits.member("i3") is None


def test_a_document_is_in_one_deal(store: Store) -> None:
    issue(store, "i1", type_code="386")
    with store.unit_of_work() as work:
        work.deposits.add(group())
        work.deposits.add(group("g2"))
        work.deposits.add_member(DepositMember("g1", "i1", DepositRole.DEPOSIT, Decimal(1)))
        work.commit()
    for member in (
        DepositMember("g2", "i1", DepositRole.DEPOSIT, Decimal(1)),
        DepositMember("gone", "i1", DepositRole.DEPOSIT, Decimal(1)),
        DepositMember("g1", "gone", DepositRole.DEPOSIT, Decimal(1)),
    ):
        with pytest.raises(StoreConflictError), store.unit_of_work() as work:
            work.deposits.add_member(member)
    with pytest.raises(StoreConflictError), store.unit_of_work() as work:
        work.deposits.add(group())


def test_drafts_are_found_by_what_they_credit_and_by_their_deal(store: Store) -> None:
    form = DraftForm(type_code="381", source_id="i1")
    with store.unit_of_work() as work:
        work.drafts.save(draft("d2", form=form, updated_at=minutes(2)))
        work.drafts.save(draft("d1", form=form, updated_at=minutes(1)))
        work.drafts.save(draft("d3", form=replace(form, source_id="", deposit_group_id="g1")))
        work.commit()
    with store.reading() as work:
        assert [d.id for d in work.drafts.from_source("i1")] == ["d1", "d2"]
        assert [d.id for d in work.drafts.of_group("g1")] == ["d3"]
        assert work.drafts.from_source("") == work.drafts.of_group("") == ()


def template(template_id: str = "t1", **changes: Any) -> Template:
    made = Template(
        template_id,
        "Sobre",
        TemplateScope.COMPANY,
        "c1",
        is_default=True,
        logo=b"\x89PNG\x00",
        primary="#112233",
        secondary="#445566",
        footer_html="<b>Merci</b>",
        custom_css="b { color: red }",
        columns=("name", "amount"),
        language="en",
    )
    return replace(made, **changes)


def test_a_scope_has_one_default(store: Store) -> None:
    with store.unit_of_work() as work:
        work.companies.add(company("c2", siren="552100554"))
        work.templates.save(template("t1"))
        work.templates.save(template("t2", company_id="c2"))
        work.templates.save(template("t3", scope=TemplateScope.TENANT, company_id="", name="Pour toutes"))
        work.templates.save(template("t4", name="Autre"))
        work.commit()
    with store.reading() as work:
        assert work.templates.get("t1") == template("t1", is_default=False)
        assert [(t.id, t.is_default) for t in work.templates.of_company("c1")] == [
            ("t4", True),
            ("t1", False),
            ("t3", True),
        ]
        assert [t.id for t in work.templates.of_company("c2")] == ["t2", "t3"]


@pytest.mark.parametrize(
    "changes",
    [{"scope": TemplateScope.SYSTEM, "company_id": ""}, {"company_id": "gone"}, {"company_id": ""}],
    ids=["of the program", "of no company", "of which company"],
)
def test_a_template_out_of_scope_is_refused(store: Store, changes: dict[str, Any]) -> None:
    with pytest.raises(StoreConflictError), store.unit_of_work() as work:
        work.templates.save(template(**changes))


def test_a_template_is_changed_and_forgotten(store: Store) -> None:
    with store.unit_of_work() as work:
        work.templates.save(template())
        work.templates.save(template(name="Autre", logo=None, columns=()))
        work.commit()
    with store.unit_of_work() as work:
        assert work.templates.get("t1") == template(name="Autre", logo=None, columns=())
        work.templates.delete("t1")
        work.templates.delete("gone")
        work.commit()
    with store.reading() as work:
        assert work.templates.of_company("c1") == ()


def test_a_mandate_is_kept_for_each_supplier(store: Store) -> None:
    mandate = BillingMandate("c1", "b1", date(2026, 1, 5), "Mandat 7")
    with store.unit_of_work() as work:
        work.buyers.add(buyer())
        work.mandates.save(BillingMandate("c1", "b1", date(2025, 1, 5)))
        work.mandates.save(mandate)
        work.commit()
    with store.unit_of_work() as work:
        assert work.mandates.get("c1", "b1") == mandate
        assert work.mandates.get("c2", "b1") is None
        work.mandates.delete("c1", "b1")
        assert work.mandates.get("c1", "b1") is None
        with pytest.raises(StoreConflictError):
            work.mandates.save(replace(mandate, supplier_id="gone"))


def with_file(draft_id: str, *contents: bytes) -> DraftForm:
    return replace(draft(draft_id).form, attachments=tuple(DraftAttachment(sha256(c), "a.pdf") for c in contents))


def test_the_files_of_a_draft_go_with_the_last_draft_that_carries_them(store: Store) -> None:
    with store.unit_of_work() as work:
        work.drafts.save(draft("d1"))
        assert work.files.keep("d1", b"%PDF plan") == sha256(b"%PDF plan")
        work.files.keep("d1", b"%PDF plan")
        work.files.keep("d1", b"%PDF devis")
        work.drafts.save(draft("d2", form=with_file("d2", b"%PDF plan", b"never kept")))
        work.commit()
    with store.unit_of_work() as work:
        work.drafts.delete("d1")
        assert work.files.get(sha256(b"%PDF plan")) == b"%PDF plan"
        assert work.files.get(sha256(b"%PDF devis")) is None
        work.drafts.delete("d2")
        assert work.files.get(sha256(b"%PDF plan")) is None
        work.commit()


def test_a_file_taken_off_a_form_can_come_back_until_the_draft_goes(store: Store) -> None:
    with store.unit_of_work() as work:
        work.drafts.save(draft("d1"))
        work.files.keep("d1", b"%PDF plan")
        work.drafts.save(draft("d1", form=with_file("d1", b"%PDF plan")))
        work.drafts.save(draft("d1", updated_at=NOON))
        assert work.files.get(sha256(b"%PDF plan")) == b"%PDF plan"


def test_a_file_needs_its_draft(store: Store) -> None:
    with pytest.raises(StoreConflictError), store.unit_of_work() as work:
        work.files.keep("gone", b"%PDF")
