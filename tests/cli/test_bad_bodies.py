"""A body that cannot be issued gets a French sentence at its field, and leaves nothing behind: no number, no company."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.terminal import Body, Result, Terminal, write
from tests.journeys.bodies import reference

Change = Callable[[Body], Any]


def line(**changes: object) -> Change:
    return lambda body: body["invoice_lines"][0].update(changes)


def top(**changes: object) -> Change:
    return lambda body: body.update(changes)


def shifted(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()  # noqa: DTZ011 - the bodies are dated today


def without_seller_identity(body: Body) -> None:
    for key in ("seller_tax_registration_identifier", "seller_vat_identifier", "tax_registrations"):
        del body["seller"][key]


def without_buyer_identity(body: Body) -> None:
    for key in ("buyer_legal_registration_identifier", "buyer_vat_identifier", "tax_registrations"):
        del body["buyer"][key]


def with_iban(means: str, iban: str) -> Change:
    return top(payment_instructions={"means_code": means, "iban": iban})


REFUSED: dict[str, tuple[Change, str, str]] = {
    "no SIREN of the seller": (without_seller_identity, "BR-FR-10", "seller.siren"),
    "no SIREN of the customer": (without_buyer_identity, "BR-FR-11", "buyer.siren"),
    "SIRET of somebody else": (
        lambda b: b["buyer"].update(identifiers=[{"scheme_id": "SIRET", "value": "40483304800022"}]),
        "BR-FR-09",
        "buyer.siret",
    ),
    "no address of the customer": (lambda b: b["buyer"].pop("postal_address"), "BR-10", "buyer.address"),
    "tomorrow": (top(issue_date=shifted(2), payment_terms=None), "ED-DATE-FUTURE", "issue_date"),
    "another century": (top(issue_date="1999-12-31"), "ED-DATE", "issue_date"),
    "due before issue": (top(payment_terms={"due_date": shifted(-1)}), "BR-FR-CO-07", "due_date"),
    "quantity zero": (line(invoiced_quantity=0), "ED-QUANTITY-ZERO", "lines.0.quantity"),
    "base quantity zero": (line(price_base_quantity=0), "ED-QUANTITY-ZERO", "lines.0.base_quantity"),
    "too precise a quantity": (line(invoiced_quantity="1.00001"), "ED-DECIMALS", "lines.0.quantity"),
    "too precise a price": (line(item_price="1.0000001"), "ED-DECIMALS", "lines.0.unit_price"),
    "negative price": (line(item_price=-100), "ED-PRICE-NEGATIVE", "lines.0.unit_price"),
    "501 characters": (line(item_name="x" * 501), "ED-TOO-LONG", "lines.0.name"),
    "501 characters described": (line(item_description="x" * 501), "ED-TOO-LONG", "lines.0.description"),
    "a note of 300 KB": (top(invoice_note="n" * 300_000), "ED-TOO-LONG", "notes.0"),
    "IBAN with a wrong key": (with_iban("58", "FR7630006000011234567890188"), "ED-IBAN-KEY", "iban"),
    "not even an IBAN": (with_iban("58", "12345"), "ED-IBAN-KEY", "iban"),
    "an IBAN for another means": (with_iban("30", "FR76 3000 6000 0112 3456 7890 188"), "ED-IBAN-KEY", "iban"),
    "type 325": (top(type_code="325"), "BR-FR-04", "type_code"),
    "no such currency": (top(currency_code="euros"), "ED-CURRENCY", "currency"),
    "unknown VAT category": (line(vat_category_code="TVA"), "ED-VAT-CATEGORY", "lines.0.vat"),
    "VAT of the Canary Islands": (line(vat_category_code="L"), "ED-VAT-CATEGORY", "lines.0.vat"),
    "a rate of nowhere": (line(vat_rate=21), "BR-FR-16", "lines.0.vat"),
    "no rate": (line(vat_rate=None), "BR-FR-16", "lines.0.vat"),
    "no line": (top(invoice_lines=[]), "ED-NO-LINE", "lines"),
    "10^20": (line(item_price=1e20), "ED-AMOUNT-TOO-LARGE", "lines.0.unit_price"),
    "10^14 times 10^14": (
        line(item_price=10**14, invoiced_quantity=10**14),
        "ED-AMOUNT-TOO-LARGE",
        "lines.0.unit_price",
    ),
    "a total that does not follow": (
        lambda b: b["document_totals"].update(amount_due_for_payment=1800.01),
        "ED-TOTALS",
        "totals.due",
    ),
    "paid half a cent": (lambda b: b["document_totals"].update(paid_amount="0.005"), "ED-DECIMALS", "totals.paid"),
    "a credit note of nothing": (top(type_code="381"), "BR-FR-CO-05", "preceding_number"),
    "a correction of nothing": (top(type_code="384"), "BR-FR-CO-04", "preceding_number"),
    "no such unit": (line(unit_of_measure="FOO"), "FX-SCH-A-000613", "lines.0.unit"),
    "no such framework": (top(business_process_type="Z9"), "BR-FR-08", "process"),
}


def left_behind(run: Terminal, store: Path, folder: Path) -> list[object]:
    """Files written and chains begun: nothing, when nothing was issued."""
    files: list[object] = list(folder.rglob("*")) if folder.exists() else []
    chains = run("ledger", "verify", "--store", store, "--json").json["data"]["chains"] if store.exists() else []
    return [*(file for file in files if Path(str(file)).is_file()), *chains]


@pytest.mark.parametrize("name", REFUSED)
def test_a_document_that_is_wrong_is_refused_at_its_field(
    run: Terminal, tmp_path: Path, store: Path, body: Body, name: str
) -> None:
    change, code, place = REFUSED[name]
    change(body)
    file = write(tmp_path / "body.json", body)
    result = run("issue", file, "--output", tmp_path / "out", "--store", store, "--json")
    assert result.code == 1, result
    assert result.json["verdict"] == "non_conforme"
    found = {issue["error_code"].partition("_")[0]: issue for issue in result.json["issues"]}
    assert found[code]["field_path"] == place
    assert found[code]["severity"] == "error"
    assert is_french(found[code]["error_message"]), found[code]
    assert "Traceback" not in result.err
    assert left_behind(run, store, tmp_path / "out") == []


def is_french(text: str) -> bool:
    return (
        text[-1] in ".…" and re.match(r"(Le|La|Les|L'|Un|Une|Ce|Cet|Cette|Il|Trop|Facture|Hors)\b|L’", text) is not None
    )


def pieces(**changes: bytes) -> bytes:
    """The reference body as text, with pieces replaced by others that no JSON writer would write."""
    text = json.dumps(reference(date.today())).encode()  # noqa: DTZ011
    for old, new in changes.items():
        assert old.encode() in text
        text = text.replace(old.encode(), new, 1)
    return text


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "not JSON": (b"{this is not", "ED-JSON-SYNTAX"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "ED-JSON-ENCODING"),
    "an array": (b"[1, 2]", "ED-JSON-TYPE"),
    "a number": (b"12", "ED-JSON-TYPE"),
    "nothing but blanks": (b"  \n", "ED-JSON-SYNTAX"),
    "arrays in arrays": (b"[" * 100_000, "ED-JSON-SYNTAX"),
    "objects in objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "ED-JSON-SYNTAX"),
    "NaN": (pieces(**{'"item_price": 100': b'"item_price": NaN'}), "ED-JSON-SYNTAX"),
    "Infinity": (pieces(**{'"item_price": 100': b'"item_price": -Infinity'}), "ED-JSON-SYNTAX"),
    "a key given twice": (pieces(**{'"type_code"': b'"type_code": "381", "type_code"'}), "ED-JSON-DUPLICATE"),
    "not UTF-8": (pieces(Consulting=b"Consult\xff\xfe"), "ED-JSON-ENCODING"),
    "a half character": (pieces(**{'"Seqino"': b'"\\ud800'}), "ED-JSON-SYNTAX"),
    "10^400": (pieces(**{'"item_price": 100': b'"item_price": 1e400'}), "ED-JSON-TYPE"),
    "10^999999999": (pieces(**{'"item_price": 100': b'"item_price": 1e999999999'}), "ED-JSON-TYPE"),
    "10^30": (pieces(**{'"item_price": 100': b'"item_price": ' + b"1" + b"0" * 30}), "ED-JSON-TYPE"),
    "a number of 5 000 digits": (pieces(**{'"item_price": 100': b'"item_price": ' + b"9" * 5000}), "ED-JSON-TYPE"),
    "a price of abc": (pieces(**{'"item_price": 100': b'"item_price": "abc"'}), "ED-JSON-TYPE"),
    "31 February": (pieces(**{f'"{date.today().isoformat()}"': b'"2026-02-31"'}), "ED-JSON-DATE"),  # noqa: DTZ011
    "no seller": (pieces(**{'"seller"': b'"vendor"'}), "ED-JSON-MISSING"),
    "a list for a text": (pieces(**{'"type_code": "380"': b'"type_code": ["380"]'}), "ED-JSON-TYPE"),
    "an empty file": (b"", "ED-FILE-EMPTY"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_told_with_its_place(run: Terminal, tmp_path: Path, store: Path, name: str) -> None:
    content, code = UNREADABLE[name]
    result = run("issue", write(tmp_path / "b.json", content), "-o", tmp_path / "out", "--store", store, "--json")
    assert result.code == 2
    error = result.json["error"]
    assert error["code"] == code
    assert is_french(error["message"]), error
    assert "Traceback" not in result.err
    assert left_behind(run, store, tmp_path / "out") == []


def test_what_would_mend_a_document_is_proposed(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    change, code, place = REFUSED["no such framework"]
    change(body)
    answer = run("issue", write(tmp_path / "b.json", body), "-o", tmp_path / "out", "--store", store, "--json")
    issue = next(issue for issue in answer.json["issues"] if issue["error_code"].startswith(code))
    assert (issue["field_path"], issue["suggested_value"]) == (place, "S1")


def test_the_place_is_the_path_in_the_json(run: Terminal, tmp_path: Path, store: Path) -> None:
    price = write(tmp_path / "b.json", UNREADABLE["a price of abc"][0])
    message = run("issue", price, "-o", tmp_path, "--store", store, "--json").json["error"]["message"]
    assert message == "Le champ invoice_lines.0.item_price du JSON n'a pas la forme attendue (un nombre) : corrigez-le."
    day = write(tmp_path / "b.json", UNREADABLE["31 February"][0])
    message = run("issue", day, "-o", tmp_path, "--store", store, "--json").json["error"]["message"]
    assert message == "La date issue_date du JSON n'existe pas (« 2026-02-31 ») : écrivez-la AAAA-MM-JJ."


def test_every_fault_is_told_at_once_to_a_person(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    line(item_name="x" * 501, invoiced_quantity=0)(body)
    without_seller_identity(body)
    result = run("issue", write(tmp_path / "b.json", body), "-o", tmp_path / "out", "--store", store)
    assert (result.code, result.out) == (1, "")
    assert result.err.splitlines() == [
        "Document non conforme, rien n'a été émis :",
        "  BR-FR-10 (seller.siren) : Le SIREN du vendeur manque ou n’a pas 9\u00a0chiffres\u00a0: corrigez-le.",
        "  ED-TOO-LONG (lines.0.name) : Ce texte est trop long : 500 caractères au plus.",
        "  ED-QUANTITY-ZERO (lines.0.quantity) : La quantité ne peut pas être zéro : corrigez-la ou retirez la ligne.",
    ]


def test_refusals_use_no_number(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    def issue(content: object) -> Result:
        return run("issue", write(tmp_path / "b.json", content), "-o", tmp_path / "out", "--store", store, "--json")

    wrong = json.loads(json.dumps(body))
    line(unit_of_measure="FOO")(wrong)
    numbers = []
    for content in (wrong, body, b"{", wrong, body):
        result = issue(content)
        numbers += [result.json["number"][-4:]] if result.code == 0 else []
    assert numbers == ["0001", "0002"]
    (chain,) = run("ledger", "verify", "--store", store, "--json").json["data"]["chains"]
    assert (chain["head_sequence"], chain["gaps"], chain["orphan_entities"]) == (2, [], [])


def test_a_date_before_the_last_number_is_refused(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    assert run("issue", write(tmp_path / "b.json", body), "-o", tmp_path, "--store", store).code == 0
    body["issue_date"] = shifted(-1)
    result = run("issue", write(tmp_path / "b.json", body), "-o", tmp_path, "--store", store, "--json")
    if body["issue_date"][:4] == shifted(0)[:4]:
        assert result.codes == {"ED-DATE-BEFORE-LAST"}
