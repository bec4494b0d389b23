"""The VAT cases of the matrix: what is answered in the form, and what the law makes of it (UNCL 5305, VATEX)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ALL_BUYERS = ("business", "public", "person")


@dataclass(frozen=True)
class Group:
    """What a VAT answer stands for: category (BT-118), rate (BT-119) and code (BT-121)."""

    category: str
    rate: str | None = "0"
    vatex: str = ""

    @property
    def effective_rate(self) -> Decimal:
        """The rate as a number, zero for « hors champ »."""
        return Decimal(self.rate or "0")


@dataclass(frozen=True)
class VatCase:
    """One situation: VAT answers of the rows in turn, who sells, to whom.

    ``is_code``: one code of a long list, for which a document or two are enough.
    """

    name: str
    keys: tuple[str, ...]
    company: str = "real"
    buyers: tuple[str, ...] = ALL_BUYERS
    is_code: bool = False


_EXEMPT_FRENCH = (
    "CGI261-1 CGI261-2 CGI261-3 CGI261-4 CGI261-5 CGI261-7 CGI261-8 CGI261A CGI261B CGI261C-1 CGI261C-2 CGI261C-3 "
    "CGI261D-1 CGI261D-1BIS CGI261D-2 CGI261D-3 CGI261D-4 CGI261E-1 CGI261E-2 CGI275 CGI277A CGI295 298SEXDECIESA"
).split()
_EXEMPT_EUROPEAN = (
    "79-C 132 132-1A 132-1B 132-1C 132-1D 132-1E 132-1F 132-1G 132-1H 132-1I 132-1J 132-1K 132-1L 132-1M 132-1N "
    "132-1O 132-1P 132-1Q 135-1 143 143-1A 143-1B 143-1C 143-1D 143-1E 143-1F 143-1FA 143-1G 143-1H 143-1I 143-1J "
    "143-1K 143-1L 144 146-1E 148 148-A 148-B 148-C 148-D 148-E 148-F 148-G 151 151-1A 151-1AA 151-1B 151-1C 151-1D "
    "151-1E 153 159 309"
).split()
_RATES = "20 10 5.5 2.1 8.5 1.75 1.05 0.9 13".split()

GROUPS: dict[str, Group] = {
    **{f"S{rate}": Group("S", rate) for rate in _RATES},
    "FRANCHISE": Group("E", vatex="VATEX-FR-FRANCHISE"),
    "AE": Group("AE", vatex="VATEX-EU-AE"),
    "AE:UE": Group("AE", vatex="VATEX-EU-AE"),
    "AE:FR": Group("AE", vatex="VATEX-FR-AE"),
    "AE:283-2NONIES": Group("AE", vatex="VATEX-EU-AE"),
    "K": Group("K", vatex="VATEX-EU-IC"),
    "G": Group("G", vatex="VATEX-EU-G"),
    "G:259-1": Group("G", vatex="VATEX-EU-G"),
    "O": Group("O", None, "VATEX-EU-O"),
    "Z": Group("Z"),
    **{f"E:VATEX-FR-{code}": Group("E", vatex=f"VATEX-FR-{code}") for code in (*_EXEMPT_FRENCH, "CNWVAT")},
    **{f"E:VATEX-EU-{code}": Group("E", vatex=f"VATEX-EU-{code}") for code in (*_EXEMPT_EUROPEAN, *"FIJD")},
}
"""What each VAT answer means: written here from the official lists, not read from the program."""

CASES: tuple[VatCase, ...] = (
    VatCase("20", ("S20",)),
    VatCase("10", ("S10",)),
    VatCase("5.5", ("S5.5",)),
    VatCase("2.1", ("S2.1",)),
    VatCase("several", ("S20", "S10", "S5.5", "S2.1")),
    VatCase("debits", ("S20", "S10"), "debits"),
    VatCase("dom-8.5", ("S8.5",), "overseas"),
    VatCase("dom-several", ("S8.5", "S2.1", "S1.75", "S1.05"), "overseas"),
    VatCase("corsica", ("S0.9", "S13", "S2.1", "S10", "S20"), "corsica"),
    VatCase("franchise", ("FRANCHISE",), "franchise"),
    VatCase("franchise-vat", ("FRANCHISE",), "franchise-vat"),
    VatCase("reverse", ("AE",), buyers=("business",)),
    VatCase("reverse-building", ("AE:283-2NONIES",), buyers=("business",)),
    VatCase("reverse-code-fr", ("AE:FR",), buyers=("business",)),
    VatCase("services-eu", ("AE:UE",), buyers=("europe",)),
    VatCase("goods-eu", ("K",), buyers=("europe",)),
    VatCase("export", ("G",), buyers=("world",)),
    VatCase("services-world", ("G:259-1",), buyers=("world",)),
    VatCase("out-of-scope", ("O",)),
    VatCase("zero", ("Z",)),
    VatCase("margin-F", ("E:VATEX-EU-F",)),
    VatCase("margin-I", ("E:VATEX-EU-I",)),
    VatCase("margin-J", ("E:VATEX-EU-J",)),
    VatCase("margin-D", ("E:VATEX-EU-D",)),
    VatCase("mixed-exempt", ("S20", "E:VATEX-FR-CGI261-4")),
    VatCase("net-of-tax", ("E:VATEX-FR-CNWVAT",), buyers=("business",)),
    *(VatCase(f"fr-{code.lower()}", (f"E:VATEX-FR-{code}",), is_code=True) for code in _EXEMPT_FRENCH),
    *(VatCase(f"eu-{code.lower()}", (f"E:VATEX-EU-{code}",), is_code=True) for code in _EXEMPT_EUROPEAN),
)
