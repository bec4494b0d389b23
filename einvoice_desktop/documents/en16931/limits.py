"""What a syntax, or EN 16931 itself, cannot say of what the domain can hold: the whole list, each with its reason.

Nothing else is lost between a document, its CII and its UBL; a test shows every entry to be true and the list to be
complete. What a *profile* leaves out is another matter (:mod:`einvoice_desktop.domain.profiles`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that does not come back as it went in.

    Attributes:
        term: business term or group. case: when it happens. syntax: ``CII``, ``UBL``, or empty for both. why: the reason.
    """

    term: str
    case: str
    why: str
    syntax: str = ""


LIMITS: Final = (
    Limit("BT-31", "typed with spaces or dots", "VAT numbers are written without (BT-31, BT-48, BT-63)"),
    Limit("BT-84", "an IBAN typed with spaces", "IBANs are written without (BT-84, BT-91); any other account is kept"),
    Limit("BT-34", "without its scheme", "the scheme is mandatory (BR-62, BR-63): no element is written without one"),
    Limit("BT-157", "without its scheme", "the scheme is mandatory (BR-64)"),
    Limit("BT-158", "without its list", "the list is mandatory (BR-65)"),
    Limit("BT-158-1", "lists that alternate", "the codes of one list are written together, in the order of the lists"),
    Limit("BG-32", "a name without a value, or a value without a name", "both are mandatory (BR-54)"),
    Limit("BG-5", "an address without a country", "the country is mandatory (BR-9, BR-11): no address without one"),
    Limit("BT-85", "without BT-84", "the name belongs to an account"),
    Limit("BT-86", "without BT-84", "CII keeps it; UBL says the bank inside the account", "UBL"),
    Limit("BT-88", "without BT-87", "the holder belongs to a card number"),
    Limit("BT-147", "a discount of zero", "says nothing, and is not kept"),
    Limit("BT-148", "missing beside BT-147", "a discount is off a gross price: BT-146 + BT-147 is written"),
    Limit("BT-150", "missing beside BT-149", "is BT-130 then, and written so"),
    Limit(
        "BT-120",
        "another reason than that of the VAT group",
        "EN 16931 says it once per group; extended profiles per line",
    ),
    Limit("BT-70", "a name in the address beside the name of the place", "there is one name of a place"),
    Limit("BT-32", "of a buyer", "EN 16931 knows the tax registration of the seller only"),
    Limit("BG-10", "more than BT-59, BT-60 and BT-61", "EN 16931 says no more of a payee"),
    Limit("BG-11", "more than BT-62, BT-63 and BG-12", "EN 16931 says no more of a tax representative"),
    Limit("EXT-FR-FE-BG-01", "a second party of one role", "there is one party of each role"),
    Limit("BT-29", "order of those with and without a scheme", "the schema wants those without first", "CII"),
    Limit("BT-7", "without any VAT group", "CII says it inside the VAT groups (BT-7, BT-8)", "CII"),
    Limit(
        "BT-81", "missing beside BT-83 or BT-89", "said inside the means: written as 1, instrument not defined", "UBL"
    ),
    Limit(
        "BT-9", "of a credit note without payment means", "is said inside them: they come back with BT-81 = 1", "UBL"
    ),
    Limit("BT-13", "the very text « NA » beside BT-14", "stands for a missing BT-13", "UBL"),
    Limit("BT-132", "the very text « NA » beside EXT-FR-FE-135", "stands for a missing BT-132", "UBL"),
    Limit("EXT-FR-FE-136", "the number of the document itself", "UBL says so what the line details", "UBL"),
)
"""Every limit. Blanks at either end of a text and characters XML 1.0 forbids are never kept."""
