"""The kinds of documents of the matrix, in the order a deal meets them, and what each follows."""

from __future__ import annotations

from dataclasses import dataclass

from tests.journeys.matrix.vat import VatCase


@dataclass(frozen=True)
class Kind:
    """One kind of document.

    Attributes:
        type_code: BT-3. source: kind of the documents it follows, empty for none; ``sources``: how many of them.
        is_self_billed: the customer issues it for its supplier. digit: of BT-23, empty to let the payment decide.
    """

    name: str
    type_code: str
    source: str = ""
    sources: int = 0
    is_self_billed: bool = False
    digit: str = ""

    @property
    def is_credit(self) -> bool:
        """Whether it gives money back."""
        return self.type_code in {"381", "503", "261"}

    @property
    def is_deposit(self) -> bool:
        """Whether it bills something before it is supplied (or undoes that)."""
        return self.type_code in {"386", "500", "503"}

    @property
    def is_free(self) -> bool:
        """Whether its content is typed (a corrected document anew), rather than given by what it follows."""
        return not self.source or self.name in {"384", "471"}


KINDS: tuple[Kind, ...] = (
    Kind("380", "380"),
    Kind("381-total", "381", "380", 1),
    Kind("381-partial", "381", "380", 1),
    Kind("384", "384", "380", 1),
    Kind("386", "386"),
    Kind("503", "503", "386", 1),
    Kind("balance-1", "380", "386", 1, digit="4"),
    Kind("balance-2", "380", "386", 2, digit="4"),
    Kind("389", "389", is_self_billed=True),
    Kind("261", "261", "389", 1, is_self_billed=True),
    Kind("471", "471", "389", 1, is_self_billed=True),
    Kind("500", "500", is_self_billed=True),
)
BY_NAME = {kind.name: kind for kind in KINDS}


def kinds_of(vat: VatCase, index: int) -> tuple[Kind, ...]:
    """The kinds a VAT case is tried with: all of them, or for the ``index``-th code of a list two in turn."""
    if vat.name == "net-of-tax":
        return tuple(BY_NAME[name] for name in ("381-total", "381-partial"))  # A7 G6.21: credit notes alone
    if not vat.is_code:
        is_domestic = "business" in vat.buyers  # the suppliers of self-billed documents are French
        return tuple(kind for kind in KINDS if is_domestic or not kind.is_self_billed)
    turns = ("381-total", "384", "386", "381-partial", "balance-1", "503", "389")
    return (BY_NAME["380"], BY_NAME[turns[index % len(turns)]])
