"""Lines, allowances and charges as factur-x dictionaries."""

from __future__ import annotations

from typing import Any

from einvoice_desktop.documents.en16931.completion import ends_too_early
from einvoice_desktop.documents.en16931.extension_terms import line_extension_terms
from einvoice_desktop.documents.en16931.party_terms import identifier_terms
from einvoice_desktop.documents.en16931.values import amount_text
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.money import plain


def allowance_terms(allowance: Allowance, currency: str, *, extended: bool = False) -> dict[str, Any]:
    """An allowance or a charge (BG-20, BG-21, BG-27, BG-28)."""
    terms: dict[str, Any] = {
        "amount": amount_text(allowance.amount, currency),
        "reason": allowance.reason,
        "reason_code": allowance.reason_code,
    }
    if allowance.base_amount is not None:
        terms["base_amount"] = amount_text(allowance.base_amount, currency)
    if allowance.percentage is not None:
        terms["rate"] = plain(allowance.percentage)
    if allowance.vat is not None:
        terms["vat_category_code"] = str(allowance.vat.category)
        terms["vat_rate"] = "" if allowance.vat.rate is None else plain(allowance.vat.rate)
        if extended:
            terms["vat_exemption"] = allowance.vat.exemption_reason or ""
            terms["vat_exemption_code"] = allowance.vat.exemption_code or ""
    return terms


def line_terms(line: Line, currency: str, *, extended: bool = False) -> dict[str, Any]:
    """A line (BG-25)."""
    terms: dict[str, Any] = {
        "BT-126": line.id,
        "BT-127-00": [{"BT-127": line.note}],
        "BT-128": identifier_terms((line.object_id,) if line.object_id else ()),
        "BT-129": plain(line.quantity),
        "BT-130": line.unit,
        "BT-131": amount_text(line.net_amount, currency),
        "BT-132": line.order_line_reference,
        "BT-133": line.accounting_reference,
        "BT-149": "" if line.base_quantity is None else plain(line.base_quantity),
        "BT-151": str(line.vat.category),
        "BT-152": "" if line.vat.rate is None else plain(line.vat.rate),
        "BT-153": line.name,
        "BT-154": line.description,
        "BT-155": line.seller_item_id,
        "BT-156": line.buyer_item_id,
        "BT-158": _classifications(line),
        "BT-159": line.origin_country,
        "BG-27": [allowance_terms(allowance, currency) for allowance in line.allowances],
        "BG-28": [allowance_terms(charge, currency) for charge in line.charges],
        "BG-32": [{"BT-160": name, "BT-161": value} for name, value in line.attributes],
    }
    if line.standard_item_id is not None:
        terms |= {"BT-157": line.standard_item_id.value, "BT-157-1": line.standard_item_id.scheme}
    if line.period is not None:
        terms |= {"BT-134": line.period.start, "BT-135": line.period.end}
        if ends_too_early(line.period):
            del terms["BT-135"]
    if extended:
        terms |= line_extension_terms(line)
    return terms | _prices(line)


def _prices(line: Line) -> dict[str, Any]:
    """BT-146 to BT-148; a gross price that is missing follows from BT-146 = BT-148 - BT-147."""
    gross, discount = line.gross_price, line.price_discount
    terms: dict[str, Any] = {"BT-146": plain(line.net_price)}
    if gross is None and discount:
        gross = line.net_price + discount
    if gross is not None:
        terms["BT-148"] = plain(gross)
    if discount:
        terms["BT-147-00"] = [{"BT-147": plain(discount)}]
    return terms


def _classifications(line: Line) -> dict[str, dict[str | None, str]]:
    terms: dict[str, dict[str | None, str]] = {}
    for classification in line.classifications:
        if classification.list_id:
            versions = terms.setdefault(classification.list_id, {})
            versions.setdefault(classification.list_version or None, classification.code)
    return terms
