"""VAT charged in a month, from the VAT groups kept with each issued document."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from sqlalchemy import Connection, text

from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES, SELF_BILLED_TYPES
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.ports.queries import VatMonth, VatRow
from einvoice_desktop.store.tables.columns import Scaled


def _quoted(codes: frozenset[str]) -> str:
    return ", ".join(f"'{code}'" for code in sorted(codes))


_SIGN = f"CASE WHEN d.type_code IN ({_quoted(CREDIT_NOTE_TYPES)}) THEN -1 ELSE 1 END"
_SALES = f"""
    FROM issued_document d
    WHERE d.company_id = :company_id AND d.issue_date BETWEEN :first AND :last
        AND d.type_code NOT IN ({_quoted(SELF_BILLED_TYPES)})
"""

# A document counts for itself; one that corrects another also takes back what the other had charged.
_COUNTED = f"""
    WITH sale AS (SELECT d.id, d.currency, {_SIGN} AS sign {_SALES}),
    counted AS (
        SELECT id, sign FROM sale
        UNION ALL
        SELECT l.target_id, -sale.sign FROM sale
            JOIN document_link l ON l.document_id = sale.id AND l.relation = 'corrects'
    )
"""  # noqa: S608 - constants of this module
_GROUPS = text(
    f"""
    {_COUNTED}
    SELECT v.category, v.rate, sum(c.sign * v.base_in_euro) AS base, sum(c.sign * v.tax_in_euro) AS tax
    FROM counted c JOIN document_vat v ON v.document_id = c.id
    WHERE v.tax_in_euro IS NOT NULL
    GROUP BY v.category, v.rate ORDER BY v.category, v.rate DESC
    """  # noqa: S608
).columns(rate=Scaled(), base=Scaled(), tax=Scaled())
_LEFT_OUT = text(
    f"""
    SELECT count(*) FROM (SELECT d.id {_SALES}) s
    WHERE NOT EXISTS (SELECT 1 FROM document_vat v WHERE v.document_id = s.id)
        OR EXISTS (SELECT 1 FROM document_vat v WHERE v.document_id = s.id AND v.tax_in_euro IS NULL)
    """  # noqa: S608
)


def vat_month(connection: Connection, company_id: str, year: int, month: int) -> VatMonth:
    """Sums by category and rate of the documents dated in that month."""
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    values = {"company_id": company_id, "first": first.isoformat(), "last": last.isoformat()}
    rows = connection.execute(_GROUPS, values).all()
    left_out = connection.execute(_LEFT_OUT, values).scalar_one()
    kept = tuple(VatRow(r.category, r.rate, r.base or ZERO, r.tax or ZERO) for r in rows)
    return VatMonth(year, month, kept, left_out)
