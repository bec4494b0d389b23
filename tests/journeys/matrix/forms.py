"""A case of the matrix as a person would type it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from einvoice_desktop.domain.draft import DraftChange, DraftForm, DraftLine, DraftNote
from tests.journeys.matrix.plan import Case

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n"
"""A supporting document of a case."""

RATES = {"USD": "0,9231", "GBP": "1,1704", "CHF": "1,0312", "JPY": "0,006178"}
"""Euros for one unit of a currency, as typed."""

SUPPLIER_IBAN = "FR1420041010050500013M02606"
"""Where the supplier of a self-billed document is paid."""

STRANGE = "L’Œuvre & Cie <Ñandú> « Žluťoučký » שלום 🎨"


def rows(case: Case) -> tuple[DraftLine, ...]:
    """The rows of a case, its VAT answers in turn; whole prices in yens."""
    made = _ROWS[case.lines]()
    keys = case.vat.keys
    while len(made) < len(keys):
        made = (*made, DraftLine("Fourniture complémentaire", "3", "C62", "33,33"))
    typed = tuple(replace(row, vat=keys[index % len(keys)]) for index, row in enumerate(made))
    return tuple(map(_in_yens, typed)) if case.currency == "JPY" else typed


def _in_yens(row: DraftLine) -> DraftLine:
    """The same row with whole amounts."""

    def whole(text: str) -> str:
        return text.partition(",")[0] if text else text

    return replace(
        row,
        unit_price=whole(row.unit_price),
        discount_amount=whole(row.discount_amount),
        charge=whole(row.charge),
    )


def _one() -> tuple[DraftLine, ...]:
    return (DraftLine("Prestation", "1", "LS", "1 000,00"),)


def _three() -> tuple[DraftLine, ...]:
    return (
        DraftLine("Conseil", "7,5", "HUR", "80,00"),
        DraftLine("Livre « La facture »", "12", "C62", "14,218"),
        DraftLine("Vis inox", "0,333", "KGM", "9,99"),
    )


def _base() -> tuple[DraftLine, ...]:
    return (
        DraftLine("Vis, le cent", "250", "C62", "12,34", base_quantity="100"),
        DraftLine("Câble, les mille mètres", "1 500", "MTR", "899,90", base_quantity="1000"),
    )


def _returned() -> tuple[DraftLine, ...]:
    return (
        DraftLine("Chaises", "10", "C62", "45,50"),
        DraftLine("Chaise reprise", "-2", "C62", "45,50"),
        DraftLine("Livraison", "1", "LS", "60,00"),
    )


def _discounted() -> tuple[DraftLine, ...]:
    return (
        DraftLine("Tables", "3", "C62", "199,99", discount="10"),
        DraftLine("Plateaux", "4", "C62", "75,25", discount_amount="12,50", discount_reason="Défaut d’aspect"),
        DraftLine("Tiroirs", "7", "C62", "3,35", discount="12,5"),
    )


def _charged() -> tuple[DraftLine, ...]:
    return (
        DraftLine("Machine", "1", "C62", "870,00", charge="25,40", charge_reason="Éco-participation"),
        DraftLine("Pose", "2", "HUR", "48,00", discount="5", charge="3,10", charge_reason="Déplacement"),
    )


def _with_vat() -> tuple[DraftLine, ...]:
    return (DraftLine("Repas", "3", "C62", "19,90"), DraftLine("Nuitée", "2", "C62", "99,00"))


def _rich() -> tuple[DraftLine, ...]:
    return (
        DraftLine(
            name="Chêne massif",
            description="Plateau, finition huilée",
            note="Coupé sur mesure",
            quantity="2",
            unit="MTK",
            unit_price="310,00",
            period_start="2026-10-01",
            period_end="2026-10-31",
            product_code="CH-01",
            buyer_product_code="ACH-77",
            standard_product_code="3012345678900",
            classification="44121000",
            classification_list="HS",
            origin_country="FR",
            attributes="Couleur : miel\nÉpaisseur : 40 mm",
            order_line="3",
            accounting_reference="6061",
            object_id="CHANTIER-9",
            object_scheme="AFL",
        ),
        DraftLine("Huile", "4", "LTR", "22,75", product_code="HU-9"),
    )


def _thirty() -> tuple[DraftLine, ...]:
    return tuple(DraftLine(f"Article {number}", "3", "C62", f"{number},37") for number in range(1, 31))


_ROWS = {
    "one": _one,
    "three": _three,
    "base": _base,
    "returned": _returned,
    "discounted": _discounted,
    "charged": _charged,
    "with-vat": _with_vat,
    "rich": _rich,
    "thirty": _thirty,
}


def content_of(case: Case, begun: DraftForm) -> DraftForm:
    """``begun``, as the program began it, with who and what is billed."""
    form = replace(
        begun,
        buyer_id=f"{case.vat.company}-{case.buyer}",
        nature="B" if case.vat.name in {"goods-eu", "corsica"} else "S",
        currency=case.currency,
        exchange_rate=RATES.get(case.currency, ""),
        prices_include_vat="yes" if case.lines == "with-vat" else "",
        lines=rows(case),
    )
    return replace(form, **({"global_discount": "", "changes": (), "rounding": ""} | _changes(case)))


def net_of_tax(form: DraftForm, case: Case) -> DraftForm:
    """A credit note whose rows bear the VAT answer of the case, where it is not that of the invoice."""
    if case.vat.name != "net-of-tax":
        return form
    key = case.vat.keys[0]
    changes = tuple(replace(change, vat=key) for change in form.changes)
    return replace(form, lines=tuple(replace(row, vat=key) for row in form.lines), changes=changes)


def typed(form: DraftForm, case: Case, today: date) -> DraftForm:
    """``form`` with what a person still types in any document: how it is paid, what it refers to, its profile."""
    added: dict[str, Any] = {"profile": _profile(case.profile), "exchange_rate": RATES.get(case.currency, "")}
    if not case.kind.digit:
        added["payment_state"] = "due"
    if case.vat.name == "goods-eu" and case.kind.is_deposit:
        added["delivery_date"] = today.isoformat()  # BR-IC-11, even of what is yet to be delivered
    return replace(form, **(_UNPAID | added | _payment(case) | _extra(case, today)))


_UNPAID: dict[str, Any] = dict.fromkeys(
    "iban bic remittance mandate creditor_id debited_account card_number card_holder paid tax_point tax_point_date".split(),
    "",
) | {"payment_means": "58"}
"""What a document made from another may hold already, typed anew here."""


def _profile(name: str) -> str:
    from einvoice_desktop.domain.invoice import Profile

    return str(Profile[name]) if name else ""


def _money(text: str, case: Case) -> str:
    return text.partition(",")[0] if case.currency == "JPY" else text


def _changes(case: Case) -> dict[str, Any]:
    vat = case.vat.keys[0]
    allowance = DraftChange("allowance", _money("12,34", case), "", "Remise commerciale", "95", vat)
    charge = DraftChange("charge", _money("9,90", case), "", "Frais de port", "FC", vat)
    rate = DraftChange("charge", "", "2,5", "Frais de dossier", "ABL", vat)
    added: dict[str, dict[str, Any]] = {
        "none": {},
        "percent": {"global_discount": "5"},
        "allowance": {"changes": (allowance,)},
        "charge": {"changes": (charge, rate)},
        "both": {"changes": (allowance, charge)},
        "rounding": {"rounding": "0,01"},
    }
    return added[case.changes]


def _payment(case: Case) -> dict[str, Any]:
    account: dict[str, Any] = {}
    if case.kind.is_self_billed and case.payment in {"transfer", "part", "paid"}:
        account = {"iban": SUPPLIER_IBAN}
    ways: dict[str, dict[str, Any]] = {
        "transfer": {"remittance": "REF-2026-7"},
        "part": {"paid": _money("20,50", case)},
        "paid": {"payment_state": "paid"},
        "debit": {
            "payment_means": "59",
            "mandate": "RUM-0001",
            "creditor_id": "FR72ZZZ123456",
            "debited_account": SUPPLIER_IBAN,
        },
        "card": {"payment_means": "48", "card_number": "1234", "card_holder": "N BENALI"},
        "cheque": {"payment_means": "20"},
        "cash": {"payment_means": "10"},
    }
    return account | ways[case.payment]


REFERENCES = {
    "purchase_order": "CDE-1",
    "contract": "CT-2",
    "buyer_reference": "SERVICE-3",
    "project": "PROJET-4",
    "sales_order": "VTE-5",
    "receiving_advice": "REC-6",
    "despatch_advice": "BL-7",
    "tender": "LOT-8",
    "object_id": "ABONNEMENT-9",
    "object_scheme": "AFL",
    "accounting_reference": "706000",
}
NOTES = (
    DraftNote("ABL", "RCS Nantes 732 829 320"),
    DraftNote("AAI", "Siège : 12 rue des Lilas"),
    DraftNote("BLU", "Éco-participation (L. 541-10 du code de l’environnement)"),
)


def _extra(case: Case, today: date) -> dict[str, Any]:
    month = today.replace(day=1) - timedelta(days=1)
    added: dict[str, dict[str, Any]] = {
        "none": {},
        "references": REFERENCES,
        "place": {
            "delivery_name": "Entrepôt Saint-Ouen",
            "delivery_line1": "2 quai du Port",
            "delivery_line2": "Porte 3",
            "delivery_postal_code": "93400",
            "delivery_city": "Saint-Ouen",
            "delivery_country": "FR",
            "delivery_date": month.isoformat(),
        },
        "period": {"period_start": month.replace(day=1).isoformat(), "period_end": month.isoformat()},
        "attachment": {},  # a file is added to the draft
        "notes": {"note": "Merci de votre confiance.\nÀ bientôt.", "notes": NOTES},
        "tax-point": {"tax_point": "payment"},
        "tax-date": {"tax_point_date": month.isoformat()},
        "names": {"note": STRANGE, "remittance": "REF"},
    }
    return added[case.extra]
