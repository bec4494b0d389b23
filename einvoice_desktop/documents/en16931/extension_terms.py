"""What EXTENDED and EXTENDED-CTC-FR say beyond EN 16931, as factur-x keys (XP Z12-012 annex A, EXT-FR-FE-…)."""

from __future__ import annotations

from typing import Any

from einvoice_desktop.documents.en16931.party_terms import party_terms, place_terms
from einvoice_desktop.domain.invoice import Invoice
from einvoice_desktop.domain.lines import Line

_NOT_OF_A_THIRD_PARTY = ("tax_identifier", "legal_info")


def third_party_terms(invoice: Invoice) -> dict[str, Any]:
    """EXT-FR-FE-BG-01 to BG-05; neither syntax has room for a second party of one role."""
    terms: dict[str, Any] = {}
    for third in invoice.third_parties:
        party = party_terms(third.party)
        for key in _NOT_OF_A_THIRD_PARTY:
            del party[key]
        terms.setdefault(str(third.role), party)
    return terms


def line_extension_terms(line: Line) -> dict[str, Any]:
    """Orders, deliveries, deposits and details of one line, and its own reason of exemption."""
    terms: dict[str, Any] = {
        "EXT-FR-FE-135": line.order_reference,
        "EXT-FR-FE-140": line.despatch_advice_reference,
        "EXT-FR-FE-162": line.parent_id,
        "EXT-FR-FE-163": line.status,
        "EXT-FR-FE-178": line.vat.exemption_reason or "",
        "EXT-FR-FE-179": line.vat.exemption_code or "",
    }
    if line.delivery is not None:
        terms |= {"EXT-FR-FE-BG-10": place_terms(line.delivery), "EXT-FR-FE-158": line.delivery.date}
    if line.preceding is not None:
        terms |= {
            "EXT-FR-FE-136": line.preceding.number,
            "EXT-FR-FE-137": line.preceding.type_code,
            "EXT-FR-FE-138": line.preceding.issue_date,
        }
    return terms
