"""What a document or a line refers to: earlier documents, places and periods of delivery (BG-3, BG-13, BG-14, BG-26)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from einvoice_desktop.domain.parties import Address, Identifier


@dataclass(frozen=True, slots=True)
class PrecedingInvoice:
    """An earlier document this one corrects, credits or deducts.

    Attributes:
        number: BT-25, or EXT-FR-FE-136 on a line. issue_date: BT-26, EXT-FR-FE-138.
        type_code: EXT-FR-FE-02, EXT-FR-FE-137 (written in extended profiles only).
    """

    number: str
    issue_date: datetime.date | None = None
    type_code: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A delivery or invoicing period, either end may be open (BG-14, BG-26)."""

    start: datetime.date | None = None
    end: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where and when goods or services were supplied (BG-13, BG-14, BG-15; EXT-FR-FE-BG-10 on a line).

    Attributes:
        name: BT-70. location_id: BT-71. date: BT-72, or EXT-FR-FE-158 on a line.
        period: BT-73 and BT-74, documents only. address: BG-15.
    """

    name: str = ""
    location_id: Identifier | None = None
    date: datetime.date | None = None
    period: Period | None = None
    address: Address | None = None
