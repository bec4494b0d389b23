"""What is printed under the name of a line: description, note, period, references, discounts, price basis."""

from __future__ import annotations

from einvoice_desktop.documents.pdf.page import figures, wording
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


def details(line: Line, currency: str) -> list[str]:
    """The texts, in reading order; none for a bare line."""
    found = [line.description, line.note]
    if line.period is not None:
        found.append("Période : " + figures.span(line.period.start, line.period.end))
    found += [f"{name} : {value}" for name, value in line.attributes]
    found.append(_references(line))
    found.append(_price_basis(line, currency))
    found += [_adjustment("Remise", "−", a, currency) for a in line.allowances if _needs_words(line, a)]
    found += [_adjustment("Frais", "+", c, currency) for c in line.charges]
    return [text for text in found if text.strip()]


def _references(line: Line) -> str:
    parts = (
        f"Réf. {line.seller_item_id}" if line.seller_item_id else "",
        f"Votre réf. {line.buyer_item_id}" if line.buyer_item_id else "",
        f"GTIN {line.standard_item_id.value}" if line.standard_item_id else "",
        f"Objet {line.object_id.value}" if line.object_id else "",
        f"Ligne de commande {line.order_line_reference}" if line.order_line_reference else "",
    )
    return "  ·  ".join(part for part in parts if part)


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
    return f"{label}{share} : {sign}{figures.NARROW}{figures.money(item.amount, currency)}"
