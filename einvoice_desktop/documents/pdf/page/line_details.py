"""What is printed under the name of a line: description, note, period, references, discounts, price basis."""

from __future__ import annotations

from collections.abc import Container

from einvoice_desktop.documents.pdf.page import figures, wording
from einvoice_desktop.documents.pdf.page.mentions import one_line
from einvoice_desktop.domain.invoice import DEPOSIT_TYPES
from einvoice_desktop.domain.lines import Allowance, Line
from einvoice_desktop.domain.money import ZERO


def discount(line: Line, currency: str) -> str:
    """The discount column: the percentage of a single discount, else the sum of discounts less charges."""
    if not line.allowances and not line.charges:
        return "—"
    if len(line.allowances) == 1 and not line.charges and line.allowances[0].percentage is not None:
        return figures.MINUS + figures.percent(line.allowances[0].percentage)
    total = sum((c.amount for c in line.charges), ZERO) - sum((a.amount for a in line.allowances), ZERO)
    return ("+" if total > 0 else "") + figures.amount(total, currency)


def details(line: Line, currency: str, shown: Container[str]) -> list[str]:
    """The texts, in reading order; what has no column (``shown`` holds those there are) is told here."""
    found = [line.description, line.note, _without_column(line, currency, shown)]
    if line.period is not None:
        found.append("Période : " + figures.span(line.period.start, line.period.end))
    found += [f"{name} : {value}" for name, value in line.attributes]
    found.append(_item(line, shown))
    found.append(_papers(line))
    found.append(_delivered(line))
    found.append(_price_basis(line, currency))
    has_column = "discount" in shown
    found += [
        _adjustment("Remise", "−", a, currency) for a in line.allowances if not has_column or _needs_words(line, a)
    ]
    found += [_adjustment("Frais", "+", c, currency) for c in line.charges]
    return [text for text in found if text.strip()]


def _without_column(line: Line, currency: str, shown: Container[str]) -> str:
    """Quantity, unit price and VAT rate stand on every invoice (CGI ann. II art. 242 nonies A, I-8°)."""
    parts = []
    if "quantity" not in shown:
        parts.append(f"{figures.number(line.quantity)} {wording.unit(line.unit, line.quantity)}".strip())
    if "unit_price" not in shown:
        parts.append(f"PU HT {figures.money(line.net_price, currency)}")
    if "vat" not in shown and line.vat.exemption_code != "VATEX-FR-FRANCHISE":
        parts.append(f"TVA {figures.rate(line.vat)}")
    return "  ·  ".join(parts)


def _item(line: Line, shown: Container[str]) -> str:
    """What identifies the article (BT-155 to BT-159)."""
    parts = [
        f"Réf. {line.seller_item_id}" if line.seller_item_id and "reference" not in shown else "",
        f"Votre réf. {line.buyer_item_id}" if line.buyer_item_id else "",
        f"GTIN {line.standard_item_id.value}" if line.standard_item_id else "",
        *(f"Classe {item.code}" for item in line.classifications),
        f"Origine {wording.country(line.origin_country)}" if line.origin_country else "",
    ]
    return "  ·  ".join(part for part in parts if part)


def _papers(line: Line) -> str:
    """What the line refers to (BT-128, BT-132, BT-133; EXT-FR-FE-135, 136 to 138, 140, 162)."""
    preceding = line.preceding
    parts = (
        f"Commande {line.order_reference}" if line.order_reference else "",
        f"Ligne de commande {line.order_line_reference}" if line.order_line_reference else "",
        f"Bon de livraison {line.despatch_advice_reference}" if line.despatch_advice_reference else "",
        f"{_earlier(preceding.type_code)} {wording.reference(preceding)}" if preceding is not None else "",
        f"Objet {line.object_id.value}" if line.object_id else "",
        f"Imputation {line.accounting_reference}" if line.accounting_reference else "",
        f"Détail de la ligne {line.parent_id}" if line.parent_id else "",
    )
    return "  ·  ".join(part for part in parts if part)


def _earlier(type_code: str) -> str:
    return "Facture d’acompte" if type_code in DEPOSIT_TYPES else "Facture"


def _delivered(line: Line) -> str:
    """Where and when this line was delivered (EXT-FR-FE-BG-10)."""
    if line.delivery is None:
        return ""
    address = one_line(line.delivery.address)
    name = line.delivery.name
    place = ", ".join(part for part in (name if name not in address else "", address) if part)
    day = f"le {figures.day(line.delivery.date)}" if line.delivery.date is not None else ""
    told = ", ".join(part for part in (day, place) if part)
    return f"Livré : {told}" if told else ""


def _price_basis(line: Line, currency: str) -> str:
    parts = []
    base = line.base_quantity
    if base is not None and base not in {0, 1}:
        unit = wording.unit(line.base_quantity_unit or line.unit, base)
        parts.append(f"Prix pour {figures.number(base)} {unit}")
    if line.gross_price is not None and line.price_discount:
        parts.append(
            f"Prix brut {figures.money(line.gross_price, currency)}, "
            f"remise {figures.money(line.price_discount, currency)}"
        )
    return "  ·  ".join(parts)


def _needs_words(line: Line, allowance: Allowance) -> bool:
    """A single percentage without a reason is already told by its column."""
    return bool(allowance.reason) or len(line.allowances) > 1 or bool(line.charges) or allowance.percentage is not None


def _adjustment(default: str, sign: str, item: Allowance, currency: str) -> str:
    label = item.reason or default
    share = f" ({figures.percent(item.percentage)})" if item.percentage is not None else ""
    if share and item.base_amount is not None:
        share = f" ({figures.percent(item.percentage or ZERO)} de {figures.money(item.base_amount, currency)})"
    return f"{label}{share} : {sign}{figures.NARROW}{figures.money(item.amount, currency)}"
