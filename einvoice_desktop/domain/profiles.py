"""What each profile can hold, and what it would leave out of a document (Factur-X 1.08, XP Z12-012 annex A).

MINIMUM and BASIC WL hold no lines: they accompany a document, they are no invoice in the sense of the law (R-047).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, replace
from functools import cache
from typing import Any, Final

from einvoice_desktop.domain.findings import Finding, Severity
from einvoice_desktop.domain.invoice import Invoice, Profile
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.references import Delivery
from einvoice_desktop.domain.totals import merged_groups
from einvoice_desktop.domain.vat import VatTreatment

_RANKS: Final = {
    Profile.MINIMUM: 0,
    Profile.BASIC_WL: 1,
    Profile.BASIC: 2,
    Profile.EN16931: 3,
    Profile.EXTENDED: 4,
    Profile.EXTENDED_CTC_FR: 4,
}

_WL, _BASIC, _FULL, _EXT = Profile.BASIC_WL, Profile.BASIC, Profile.EN16931, Profile.EXTENDED

_TERMS: Final[tuple[tuple[str, str, Profile], ...]] = (
    ("BT-6", "accounting_currency", _WL),
    ("BT-7", "tax_point_date", _FULL),
    ("BT-8", "tax_point", _WL),
    ("BT-9", "due_date", _WL),
    ("BT-11", "project_reference", _FULL),
    ("BT-12", "contract_reference", _WL),
    ("BT-14", "sales_order_reference", _FULL),
    ("BT-15", "receiving_advice_reference", _FULL),
    ("BT-16", "despatch_advice_reference", _WL),
    ("BT-17", "tender_or_lot_reference", _FULL),
    ("BT-18", "invoiced_object", _FULL),
    ("BT-19", "buyer_accounting_reference", _WL),
    ("BT-20", "payment_terms", _WL),
    ("BG-1", "notes", _WL),
    ("BG-3", "preceding", _WL),
    ("EXT-FR-FE-02", "preceding.type_code", _EXT),
    ("BT-28", "seller.trading_name", _WL),
    ("BT-29", "seller.identifiers", _WL),
    ("BT-33", "seller.legal_information", _FULL),
    ("BT-34", "seller.electronic_address", _WL),
    ("BT-35", "seller.address.line1", _WL),
    ("BT-36", "seller.address.line2", _WL),
    ("BT-37", "seller.address.city", _WL),
    ("BT-38", "seller.address.postal_code", _WL),
    ("BT-39", "seller.address.region", _WL),
    ("BT-162", "seller.address.line3", _WL),
    ("BG-6", "seller.contact", _FULL),
    ("BT-45", "buyer.trading_name", _FULL),
    ("BT-46", "buyer.identifiers", _WL),
    ("BT-48", "buyer.vat_number", _WL),
    ("BT-49", "buyer.electronic_address", _WL),
    ("BG-8", "buyer.address", _WL),
    ("BG-9", "buyer.contact", _FULL),
    ("BG-10", "payee", _WL),
    ("BG-11", "tax_representative", _WL),
    ("BT-70", "delivery.name", _WL),
    ("BT-71", "delivery.location_id", _WL),
    ("BT-72", "delivery.date", _WL),
    ("BG-14", "delivery.period", _WL),
    ("BG-15", "delivery.address", _WL),
    ("BG-16", "payment", _WL),
    ("BT-82", "payment.means_text", _FULL),
    ("BT-85", "payment.account_name", _FULL),
    ("BT-86", "payment.bic", _FULL),
    ("BT-85", "payment.other_accounts.name", _FULL),
    ("BT-86", "payment.other_accounts.bic", _FULL),
    ("BT-87", "payment.card_number", _FULL),
    ("BT-88", "payment.card_holder", _FULL),
    ("BG-20", "allowances", _WL),
    ("BG-21", "charges", _WL),
    ("BT-107", "totals.allowances", _WL),
    ("BT-108", "totals.charges", _WL),
    ("BT-111", "totals.vat_in_accounting_currency", _WL),
    ("BT-113", "totals.paid", _WL),
    ("BT-114", "totals.rounding", _FULL),
    ("BG-23", "totals.breakdown", _WL),
    ("BG-24", "attachments", _FULL),
    ("BG-25", "lines", _BASIC),
    ("BT-128", "lines.object_id", _FULL),
    ("BT-132", "lines.order_line_reference", _FULL),
    ("BT-133", "lines.accounting_reference", _FULL),
    ("BT-137", "lines.allowances.base_amount", _FULL),
    ("BT-138", "lines.allowances.percentage", _FULL),
    ("BT-142", "lines.charges.base_amount", _FULL),
    ("BT-143", "lines.charges.percentage", _FULL),
    ("BT-154", "lines.description", _FULL),
    ("BT-155", "lines.seller_item_id", _FULL),
    ("BT-156", "lines.buyer_item_id", _FULL),
    ("BT-158", "lines.classifications", _FULL),
    ("BT-159", "lines.origin_country", _FULL),
    ("BG-32", "lines.attributes", _FULL),
    ("EXT-FR-FE-135", "lines.order_reference", _EXT),
    ("EXT-FR-FE-136", "lines.preceding", _EXT),
    ("EXT-FR-FE-140", "lines.despatch_advice_reference", _EXT),
    ("EXT-FR-FE-BG-10", "lines.delivery", _EXT),
    ("EXT-FR-FE-162", "lines.parent_id", _EXT),
    ("EXT-FR-FE-163", "lines.status", _EXT),
)
"""Business term, where the domain keeps it, and the smallest profile that holds it; what is not here, all hold."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A document as a profile can hold it.

    Attributes:
        invoice: what is written, its ``profile`` set. left_out: business terms and groups of the document that the
            profile has no place for, in the order of the standard; empty when nothing is lost.
    """

    invoice: Invoice
    left_out: tuple[str, ...] = ()


def is_full_invoice(profile: str) -> bool:
    """Whether a document of this profile may be an invoice by itself (MINIMUM and BASIC WL may not)."""
    return profile not in {Profile.MINIMUM, Profile.BASIC_WL}


def is_extended(profile: str) -> bool:
    """Whether a profile holds terms beyond EN 16931."""
    return profile in {Profile.EXTENDED, Profile.EXTENDED_CTC_FR}


def written_profile(profile: str) -> Profile:
    """The profile a document is written in: its own, or plain EN 16931 for one we do not write (a foreign CIUS…)."""
    return next((known for known in Profile if known == profile), Profile.EN16931)


def ubl_profile(profile: str) -> Profile:
    """The profile of UBL that holds as much: it knows EN 16931 and EXTENDED-CTC-FR only."""
    return Profile.EXTENDED_CTC_FR if is_extended(profile) else Profile.EN16931


def check_profile(invoice: Invoice) -> Iterator[Finding]:
    """That a profile leaves something of the document out: ``ED-PROFILE-LEAVES-OUT`` with the ``terms``.

    The type of an earlier document (EXT-FR-FE-02) is not worth a word: whoever has its number has its type.
    """
    left_out = [term for term in fit(invoice).left_out if term != "EXT-FR-FE-02"]
    if left_out:
        yield Finding("ED-PROFILE-LEAVES-OUT", "profile", Severity.WARNING, params={"terms": " ".join(left_out)})


def fit(invoice: Invoice, profile: str = "") -> Fitted:
    """``invoice`` without the terms ``profile`` (its own by default) cannot hold, and which these are."""
    target = written_profile(profile or invoice.profile)
    if _RANKS[target] >= _RANKS[Profile.EXTENDED]:
        return Fitted(invoice if invoice.profile == target else replace(invoice, profile=target))
    fitted, left_out = invoice, []
    for term, path, lowest in _TERMS:
        if _RANKS[lowest] > _RANKS[target]:
            less = _without(fitted, path.split("."))
            if less is not fitted:
                left_out.append(term)
                fitted = less
    fitted, more = _special_terms(fitted, target)
    if fitted.profile != target:
        fitted = replace(fitted, profile=target)
    return Fitted(fitted, tuple(dict.fromkeys((*left_out, *more))))


def _special_terms(invoice: Invoice, target: Profile) -> tuple[Invoice, tuple[str, ...]]:
    """What is no plain attribute: BT-106, third parties, reasons of exemption of one line."""
    left_out: list[str] = []
    if target == Profile.MINIMUM:
        left_out.append("BT-106")
        invoice = replace(invoice, totals=replace(invoice.totals, line_net=ZERO))
    groups = merged_groups(invoice.totals.breakdown)
    if groups is not invoice.totals.breakdown:
        invoice = replace(invoice, totals=replace(invoice.totals, breakdown=groups))
    if invoice.third_parties:
        left_out += sorted({str(third.role) for third in invoice.third_parties})
        invoice = replace(invoice, third_parties=())
    if invoice.delivery == Delivery():
        invoice = replace(invoice, delivery=None)
    return invoice, (*left_out, *sorted(set(_reasons_of_their_own(invoice))))


def _reasons_of_their_own(invoice: Invoice) -> Iterator[str]:
    """EXT-FR-FE-178 and 179 where the VAT breakdown alone (BT-120, BT-121) does not tell the reason of a line."""
    groups: dict[tuple[str, object], list[tuple[str | None, str | None]]] = {}
    for group in invoice.totals.breakdown:
        groups.setdefault((group.category, group.rate), []).append((group.exemption_reason, group.exemption_code))
    for vat in _treatments((*invoice.lines, *invoice.allowances, *invoice.charges)):
        reason, code = vat.exemption_reason, vat.exemption_code
        told = groups.get((vat.category, vat.rate), [(None, None)])
        if reason and any(text != reason for text, _ in told):
            yield "EXT-FR-FE-178"
        if code and any(other != code for _, other in told):
            yield "EXT-FR-FE-179"


def _treatments(items: tuple[Line | Allowance, ...]) -> Iterator[VatTreatment]:
    for item in items:
        if item.vat is not None:
            yield item.vat


def _without(owner: Any, path: list[str]) -> Any:
    """``owner`` with the field at ``path`` back to its default; the very same object when it already is."""
    if owner is None:
        return None
    if isinstance(owner, tuple):
        items = tuple(_without(item, path) for item in owner)
        return owner if all(new is old for new, old in zip(items, owner, strict=True)) else items
    value = getattr(owner, path[0])
    less = _without(value, path[1:]) if len(path) > 1 else _default(owner.__class__, path[0])
    if less is value or less == value:
        return owner
    return replace(owner, **{path[0]: less})


@cache
def _default(kind: type, name: str) -> Any:
    (default,) = (field.default for field in fields(kind) if field.name == name)
    return () if default is MISSING else default  # of what has no default, only the lines are ever left out
