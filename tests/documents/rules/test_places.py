"""Where a failed rule is shown on the form; what is not known stays empty."""

from __future__ import annotations

import pytest

from einvoice_desktop.documents.rules.places import place_of
from einvoice_desktop.documents.rules.svrl import findings_of
from tests.resources.paths import exists

CII = "/*:CrossIndustryInvoice[1]"
TRADE = f"{CII}/*:SupplyChainTradeTransaction[1]"
SETTLEMENT = f"{TRADE}/*:ApplicableHeaderTradeSettlement[1]"
LINE_3 = f"{TRADE}/*:IncludedSupplyChainTradeLineItem[3]"
SELLER = f"{TRADE}/*:ApplicableHeaderTradeAgreement[1]/*:SellerTradeParty[1]"


@pytest.mark.parametrize(
    ("code", "message", "location", "place"),
    [
        ("BR-FR-05_BT-22_PMT", "La mention…", f"{CII}/*:ExchangedDocument[1]", "notes.PMT"),
        ("BR-FR-01_BT-1", "L'identifiant…", f"{CII}/*:ExchangedDocument[1]/*:ID[1]", "number"),
        ("BR-FR-03_BT-2", "", f"{CII}/*:ExchangedDocument[1]/*:IssueDateTime[1]/*:DateTimeString[1]", "issue_date"),
        ("BR-FR-CO-07_BT-9", "La date d'échéance (BT-9)…", SETTLEMENT, "due_date"),
        ("BR-FR-10_BT-30", "Le SIREN (BT-30)…", SELLER, "seller.siren"),
        ("BR-FR-12_BT-49", "", f"{TRADE}/*:ApplicableHeaderTradeAgreement[1]/*:BuyerTradeParty[1]", "buyer.electronic_address"),
        ("BR-27", "[BR-27]-The Item net price (BT-146) shall NOT be negative.", LINE_3, "lines.2.unit_price"),
        ("FX-SCH-A-000206", "[BR-27]-The Item net price (BT-146) shall NOT be negative.", LINE_3, "lines.2.unit_price"),
        ("BR-FR-DEC-02_BT-129", "", f"{LINE_3}/*:SpecifiedLineTradeDelivery[1]/*:BilledQuantity[1]", "lines.2.quantity"),
        (
            "FX-SCH-A-000626",
            "Value of '@unitCode' is not allowed.",
            f"{LINE_3}/*:SpecifiedLineTradeDelivery[1]/*:BilledQuantity[1]",
            "lines.2.unit",
        ),
        ("BR-CO-10", "[BR-CO-10]-Sum of… (BT-106) = Σ … (BT-131).", SETTLEMENT, "totals.line_net"),
        ("BR-CO-25", "[BR-CO-25]-In case the Amount due (BT-115) is positive…", SETTLEMENT, "due_date"),
        ("BR-S-02", "[BR-S-02]-An Invoice that contains an Invoice line (BG-25)…(BT-151)", CII, "seller.vat_number"),
        ("BR-Z-01", "[BR-Z-01]-… Document level allowance (BG-20)… (BT-95)…", CII, "totals.breakdown"),
        ("BR-FR-16_BT-96_BT-103", "", f"{SETTLEMENT}/*:SpecifiedTradeAllowanceCharge[1]", "changes"),
        ("BR-45", "[BR-45]-Each VAT breakdown (BG-23)… (BT-116).", f"{SETTLEMENT}/*:ApplicableTradeTax[2]", "totals.breakdown"),
        ("BR-27", "… (BT-146) …", "/*:Invoice[1]/*:InvoiceLine[1]/*:Price[1]/*:PriceAmount[1]", "lines.0.unit_price"),
        ("BR-09", "… (BT-40) …", "/*:Invoice[1]/*:AccountingSupplierParty[1]/*:Party[1]/*:PostalAddress[1]", "seller.address.country"),
        ("XSD", "", "/*:CreditNote[1]/*:CreditNoteLine[2]/*:CreditedQuantity[1]", "lines.1.quantity"),
    ],
)  # fmt: skip
def test_the_field_is_found(code: str, message: str, location: str, place: str) -> None:
    assert place_of(code, message, location) == place


@pytest.mark.parametrize(
    ("code", "message", "location"),
    [
        ("BR-UNKNOWN", "Something is wrong.", CII),
        ("XSD", "", ""),
        ("BR-FR-02_EXT-FR-FE-136", "…", SETTLEMENT),
        ("G6.23", "[G6.23] TaxAmount : …", "/Report[1]/TransactionsReport[1]"),
        ("BR-CDV-03_MDT-4", "", "/*:CrossDomainAcknowledgementAndResponse[1]/*:ExchangedDocument[1]"),
    ],
)
def test_what_is_not_known_stays_empty(code: str, message: str, location: str) -> None:
    assert place_of(code, message, location) == ""


SVRL = """<svrl:schematron-output xmlns:svrl="http://purl.oclc.org/dsdl/svrl">
<svrl:fired-rule context="/"/>
<svrl:failed-assert test="false()" {attributes} location="/*:Invoice[namespace-uri()='urn:x'][1]/*:ID[namespace-uri()='y'][1]">
<svrl:text>
   {text} <svrl:emph>again</svrl:emph>
</svrl:text><svrl:diagnostic-reference diagnostic="d">no</svrl:diagnostic-reference></svrl:failed-assert>
</svrl:schematron-output>"""


@pytest.mark.parametrize(
    ("attributes", "text", "code", "severity"),
    [
        ('id="BR-1" flag="fatal"', "wrong", "BR-1", "error"),
        ('id="BR-1"', "wrong", "BR-1", "error"),
        ('id="BR-1" flag="warning"', "wrong", "BR-1", "warning"),
        ('id="BR-1" role="warning"', "wrong", "BR-1", "warning"),
        ('id="BR-1" flag="information"', "wrong", "BR-1", "info"),
        ('flag="fatal"', "[G6.23] wrong", "G6.23", "error"),
        ("", "wrong", "FX-SCH-A-UNNUMBERED", "error"),
        ('id="CII-SR-465"', "wrong", "CII-SR-465", "warning"),
        ('id="CII-SR-465" flag="fatal"', "wrong", "CII-SR-465", "error"),
    ],
)
def test_an_assertion_becomes_a_finding(attributes: str, text: str, code: str, severity: str) -> None:
    (finding,) = findings_of(SVRL.format(attributes=attributes, text=text), "rules.xslt")

    assert (finding["code"], finding["severity"]) == (code, severity)
    assert finding["message"] == f"{text} again"
    assert finding["location"] == "/*:Invoice[1]/*:ID[1]"
    assert finding["place"] == ("seller.contact.name" if code == "CII-SR-465" else "number")
    assert finding["params"]["rules"] == "rules.xslt"


def test_the_rule_of_en16931_behind_another_identifier_is_kept() -> None:
    (finding,) = findings_of(SVRL.format(attributes='id="FX-SCH-A-000198"', text="[BR-S-08]-For each"), "rules.xslt")

    assert finding["code"] == "FX-SCH-A-000198"
    assert finding["params"] == {"rules": "rules.xslt", "rule": "BR-S-08"}


def test_places_read_as_paths_of_the_form() -> None:
    from einvoice_desktop.documents.rules import places

    every = [*places._TERM_PLACES.values(), *places._CII_PLACES.values(), *places._UBL_PLACES.values()]
    assert [place for place in every if not exists(place)] == []
    assert set(places._TERM_PLACES) >= {f"BT-{n}" for n in (1, 2, 9, 22, 30, 31, 47, 48, 84, 115, 129, 146, 151)}


def test_a_code_outside_its_list_is_the_rule_of_that_list() -> None:
    text = "Value of '@unitCode' is not allowed."
    location = "/*:CrossIndustryInvoice[1]/*:SupplyChainTradeTransaction[1]/*:IncludedSupplyChainTradeLineItem[1]/*:SpecifiedLineTradeDelivery[1]/*:BilledQuantity[1]"
    svrl = SVRL.format(attributes='id="FX-SCH-A-000613"', text=text).replace(
        "/*:Invoice[namespace-uri()='urn:x'][1]/*:ID[namespace-uri()='y'][1]", location
    )
    (finding,) = findings_of(svrl.replace(" <svrl:emph>again</svrl:emph>", ""), "rules.xslt")

    assert (finding["place"], finding["params"].get("rule")) == ("lines.0.unit", "BR-CL-23")
