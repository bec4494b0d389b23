"""Companies, buyers, platforms and directory lines."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping

from einvoice_desktop.domain.parties import Address, Buyer, Company, Identifier, VatRegime
from einvoice_desktop.store.mapping.json_text import flat, from_text, from_text_or_none, record, to_text
from einvoice_desktop.store.mapping.searching import folded


def company_row(company: Company) -> dict[str, Any]:
    """The row of a company."""
    return {**flat(company), "address": to_text(company.address), "vat_regime": company.vat_regime.value}


def company_of(row: RowMapping) -> Company:
    """The company of a row."""
    values = dict(row)
    values["address"] = from_text(Address, row["address"])
    values["vat_regime"] = VatRegime(row["vat_regime"])
    return record(Company, values)


def buyer_row(buyer: Buyer) -> dict[str, Any]:
    """The row of a customer, with what lists sort and search by."""
    searched = (buyer.name, buyer.effective_siren, buyer.siret, buyer.email, buyer.billing_email)
    return {
        **flat(buyer),
        "address": to_text(buyer.address),
        "electronic_address": to_text(buyer.electronic_address) if buyer.electronic_address else None,
        "shipping_address": to_text(buyer.shipping_address) if buyer.shipping_address else None,
        "effective_siren": buyer.effective_siren,
        "city": buyer.address.city,
        "country": buyer.address.country,
        "name_key": folded(buyer.name),
        "search_text": "\n".join(folded(text) for text in searched if text),
    }


def buyer_of(row: RowMapping) -> Buyer:
    """The customer of a row."""
    values = dict(row)
    values["address"] = from_text(Address, row["address"])
    values["electronic_address"] = from_text_or_none(Identifier, row["electronic_address"])
    values["shipping_address"] = from_text_or_none(Address, row["shipping_address"])
    return record(Buyer, values)
