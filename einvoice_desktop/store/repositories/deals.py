"""How documents stand to one another: links, and deals paid by deposits."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, insert, select

from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.ports.records import DepositGroup, DepositMember, DepositRole, DocumentLink, Relation
from einvoice_desktop.store.mapping.json_text import flat, record
from einvoice_desktop.store.repositories.states import States
from einvoice_desktop.store.tables import deposit_group, deposit_member, document_link, issued_document


class SqlLinks:
    """What credits, corrects or balances what; append-only."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._states = connection, States(connection)

    def add(self, link: DocumentLink) -> None:
        """Record it, and what it changes to what is owed and to the turnover."""
        row = {**flat(link), "relation": link.relation.value}
        is_first = not any(known.relation is Relation.BALANCES for known in self.to(link.target_id))
        self._connection.execute(insert(document_link), row)
        if link.relation is Relation.BALANCES:
            # Once: a balance made again, the first being refused or credited, bills the same deal.
            self._states.count_more(link.document_id, link.without_vat if is_first else ZERO)
        elif link.relation is Relation.CORRECTS and self._states.is_turnover(link.target_id):
            self._states.count_more(link.document_id, -link.without_vat)
        issued_at = select(issued_document.c.issued_at).where(issued_document.c.id == link.document_id)
        self._states.refresh(link.target_id, self._connection.execute(issued_at).scalar_one())

    def of(self, document_id: str) -> tuple[DocumentLink, ...]:
        """What a document credits, corrects or balances."""
        return self._links(document_link.c.document_id == document_id)

    def to(self, target_id: str) -> tuple[DocumentLink, ...]:
        """What credits, corrects or balances a document, in order of issue."""
        return self._links(document_link.c.target_id == target_id)

    def _links(self, condition: ColumnElement[bool]) -> tuple[DocumentLink, ...]:
        statement = select(document_link).join(issued_document, issued_document.c.id == document_link.c.document_id)
        rows = self._connection.execute(statement.where(condition).order_by(issued_document.c.sequence))
        return tuple(
            DocumentLink(row.document_id, row.target_id, Relation(row.relation), row.without_vat) for row in rows
        )


class SqlDeposits:
    """Deals paid by deposits; append-only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, group: DepositGroup) -> None:
        """Open a deal."""
        self._connection.execute(insert(deposit_group), flat(group))

    def get(self, group_id: str) -> DepositGroup | None:
        """By identifier."""
        return next(iter(self._groups(select(deposit_group).where(deposit_group.c.id == group_id))), None)

    def of_company(self, company_id: str) -> tuple[DepositGroup, ...]:
        """Every deal, newest first."""
        statement = select(deposit_group).where(deposit_group.c.company_id == company_id)
        return self._groups(statement.order_by(deposit_group.c.created_at.desc(), deposit_group.c.id))

    def add_member(self, member: DepositMember) -> None:
        """Put an issued document in its deal."""
        self._connection.execute(insert(deposit_member), {**flat(member), "role": member.role.value})

    def members(self, group_id: str) -> tuple[DepositMember, ...]:
        """Documents of a deal, in order of issue."""
        statement = select(deposit_member).join(issued_document, issued_document.c.id == deposit_member.c.document_id)
        ordered = statement.where(deposit_member.c.group_id == group_id).order_by(issued_document.c.sequence)
        return tuple(_member_of(row) for row in self._connection.execute(ordered).mappings())

    def member(self, document_id: str) -> DepositMember | None:
        """What a document is in its deal."""
        statement = select(deposit_member).where(deposit_member.c.document_id == document_id)
        row = self._connection.execute(statement).mappings().first()
        return _member_of(row) if row else None

    def _groups(self, statement: Select[Any]) -> tuple[DepositGroup, ...]:
        return tuple(record(DepositGroup, dict(row)) for row in self._connection.execute(statement).mappings())


def _member_of(row: RowMapping) -> DepositMember:
    return DepositMember(row["group_id"], row["document_id"], DepositRole(row["role"]), row["without_vat"])
