"""Two plain lines."""

from __future__ import annotations

from decimal import Decimal

from einvoice_desktop.domain.lines import Line
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.vat import standard

LINES = (
    Line("1", "Conseil", Decimal("7.5"), "HUR", Decimal(80), standard("20"), ZERO),
    Line("2", "Livre", Decimal(12), "C62", Decimal("14.218"), standard("5.5"), ZERO),
)
