"""Issued and received documents; their bytes are elsewhere, by hash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping

from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.ports.records import VatAmount
from einvoice_desktop.ports.unit_of_work import DocumentSummary, Environment, IssuedDocument, ReceivedDocument
from einvoice_desktop.store.mapping.json_text import flat, record, to_text
from einvoice_desktop.store.mapping.searching import folded, words_for_search

_SUMMARY = tuple(field.name for field in fields(DocumentSummary))


def issued_row(document: IssuedDocument) -> dict[str, Any]:
    """The row of an issued document."""
    return {
        **flat(document, without=("summary", "xml", "pdf", "json", "breakdown")),
        **flat(document.summary),
        "environment": document.environment.value,
        "rules": to_text(document.rules),
        "party_key": folded(document.summary.party_name),
    }


def issued_of(row: RowMapping, contents: Mapping[str, bytes], breakdown: tuple[VatAmount, ...]) -> IssuedDocument:
    """The issued document of a row, with its bytes by hash and its VAT by rate."""
    return IssuedDocument(
        id=row["id"],
        company_id=row["company_id"],
        buyer_id=row["buyer_id"],
        environment=Environment(row["environment"]),
        summary=record(DocumentSummary, dict(row)),
        xml=contents[row["xml_sha256"]],
        pdf=contents[row["pdf_sha256"]],
        json=contents[row["json_sha256"]],
        xml_sha256=row["xml_sha256"],
        pdf_sha256=row["pdf_sha256"],
        json_sha256=row["json_sha256"],
        verdict=row["verdict"],
        rules=tuple(json.loads(row["rules"])),
        issued_at=row["issued_at"],
        search_text=row["search_text"],
        breakdown=breakdown,
    )


def received_row(document: ReceivedDocument) -> dict[str, Any]:
    """The row of a received document, without the hashes of its files."""
    summary = flat(document.summary) if document.summary else dict.fromkeys(_SUMMARY)
    return {
        **flat(document, without=("summary", "original", "sha256", "xml", "pdf")),
        **summary,
        "original_sha256": document.sha256,
        "findings": to_text(document.findings),
        "party_key": folded(document.summary.party_name) if document.summary else "",
    }


def received_of(row: RowMapping, contents: Mapping[str, bytes]) -> ReceivedDocument:
    """The received document of a row, with its bytes by hash."""
    values = dict(row)
    values["original"] = contents[row["original_sha256"]]
    values["sha256"] = row["original_sha256"]
    values["xml"] = contents[row["xml_sha256"]] if row["xml_sha256"] else None
    values["pdf"] = contents[row["pdf_sha256"]] if row["pdf_sha256"] else None
    values["summary"] = None if row["number"] is None else record(DocumentSummary, dict(row))
    values["findings"] = findings_of(row["findings"])
    return record(ReceivedDocument, values)


def findings_of(text: str) -> tuple[Finding, ...]:
    """The findings of a received document; the first release wrote pairs of a code and a message."""
    return tuple(
        record(Finding, {**item, "severity": Severity(item["severity"])})
        if isinstance(item, dict)
        else Finding(str(item[0]), message=str(item[1]))
        for item in json.loads(text)
    )


def document_words(summary: DocumentSummary | None, *further: str) -> str:
    """What lists find a document by."""
    if summary is None:
        return words_for_search(further)
    texts = (summary.number, summary.party_name, summary.party_siren, *further)
    return words_for_search(texts, (summary.with_vat, summary.without_vat, summary.due))
