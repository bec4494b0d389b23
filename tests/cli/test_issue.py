"""``issue``: a body becomes an issued document, its files, and one JSON answer."""

from __future__ import annotations

import hashlib
import json
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.terminal import Body, Terminal, write

YEAR = date.today().year  # noqa: DTZ011 - the bodies are dated today


def test_the_answer_has_the_promised_shape(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    file = write(tmp_path / "body.json", body)
    result = run("issue", file, "--output", tmp_path / "out", "--store", store, "--json")
    assert result.code == 0
    answer = result.json
    pdf, xml = Path(answer["pdf"]), Path(answer["xml"])
    assert answer == {
        "number": f"F{YEAR}-0001",
        "type_code": "380",
        "verdict": "conforme",
        "pdf": str(tmp_path / "out" / f"F{YEAR}-0001.pdf"),
        "xml": str(tmp_path / "out" / f"F{YEAR}-0001.xml"),
        "document": str(tmp_path / "out" / f"F{YEAR}-0001.json"),
        "sha256": hashlib.sha256(pdf.read_bytes()).hexdigest(),
        "totals": {"ht": "1500.00", "tva": "300.00", "ttc": "1800.00", "due": "1800.00"},
        "outbox": None,
    }
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"F{YEAR}-0001.json",
        f"F{YEAR}-0001.pdf",
        f"F{YEAR}-0001.xml",
    ]
    assert xml.read_bytes() in pdf.read_bytes() or b"/EmbeddedFile" in pdf.read_bytes()
    # A wrong key is a warning, beside the answer.
    assert "ED-SIREN-KEY (seller.siren) : La clé de ce SIREN ne correspond pas" in result.err


def test_the_document_it_leaves_can_be_issued_again(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    first = run("issue", write(tmp_path / "b.json", body), "-o", tmp_path, "--store", store, "--json").json
    again = run("issue", first["document"], "-o", tmp_path, "--store", store, "--json").json
    assert again["number"] == f"F{YEAR}-0002"
    assert again["totals"] == first["totals"]


def test_a_person_is_told_in_one_line(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    result = run("--store", store, "issue", write(tmp_path / "b.json", body), "-o", tmp_path)
    assert result.code == 0
    assert result.out == f"F{YEAR}-0001 émise : 1800.00 EUR TTC, {tmp_path / f'F{YEAR}-0001.pdf'}\n"


def test_no_number_is_ever_taken_from_the_body(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    theirs = body | {"invoice_number": "THEIRS-9", "number": "THEIRS-9", "id": "THEIRS-9", "invoice_id": 9}
    answer = run("issue", write(tmp_path / "b.json", theirs), "-o", tmp_path, "--store", store, "--json").json
    assert answer["number"] == f"F{YEAR}-0001"
    assert "THEIRS" not in Path(answer["xml"]).read_text()


def test_each_seller_has_its_company_and_its_numbers(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    other = deepcopy(body)
    other["seller"] |= {"seller_tax_registration_identifier": "SIRET40483304800022", "name": "Lenoir"}
    for key in ("seller_vat_identifier",):
        other["seller"][key] = "FR83404833048"
    other["seller"]["tax_registrations"] = [{"scheme_id": "VAT", "value": "FR83404833048"}]
    numbers = [
        run("issue", write(tmp_path / "b.json", each), "-o", tmp_path / str(index), "--store", store, "--json").json[
            "number"
        ]
        for index, each in enumerate((body, other, body))
    ]
    assert numbers == [f"F{YEAR}-0001", f"F{YEAR}-0001", f"F{YEAR}-0002"]
    chains = run("ledger", "verify", "--store", store, "--json").json["data"]["chains"]
    assert sorted(chain["head_sequence"] for chain in chains) == [1, 2]


def test_the_files_of_a_document_can_be_asked_for_again(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    first = run("issue", write(tmp_path / "b.json", body), "-o", tmp_path / "one", "--store", store, "--json").json
    again = run("status", first["number"], "--output", tmp_path / "two", "--store", store)
    assert again.code == 0
    for kind in ("pdf", "xml", "document"):
        path = Path(first[kind])
        assert (tmp_path / "two" / path.name).read_bytes() == path.read_bytes()
    late = run("status", first["number"], "-o", first["pdf"], "--store", store, "--json")
    assert (late.code, late.json["error"]["code"]) == (2, "ED-OUTPUT-LATE")
    assert first["number"] in late.json["error"]["message"]


def credit_note(body: Body, number: str) -> Body:
    return body | {"type_code": "381", "preceding_invoice_reference": number, "payment_terms": None}


def test_a_credit_note_finds_the_date_of_our_invoice(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    day = date.fromisoformat(body["issue_date"]) - timedelta(days=3)
    earlier = body | {"issue_date": day.isoformat()}
    first = run("issue", write(tmp_path / "b.json", earlier), "-o", tmp_path, "--store", store, "--json").json
    file = write(tmp_path / "credit.json", credit_note(body, first["number"]))
    answer = run("issue", file, "-o", tmp_path, "--store", store, "--json")
    assert answer.code == 0, answer
    assert answer.json["type_code"] == "381"
    kept = json.loads(Path(answer.json["document"]).read_bytes())
    assert kept["preceding_invoices"] == [{"number": first["number"], "issue_date": day.isoformat()}]


def test_a_credit_note_of_an_unknown_invoice_needs_its_date(
    run: Terminal, tmp_path: Path, store: Path, body: Body
) -> None:
    file = write(tmp_path / "credit.json", credit_note(body, "AUTRE-7"))
    refused = run("issue", file, "-o", tmp_path, "--store", store, "--json")
    assert refused.code == 1
    (issue,) = refused.json["issues"]
    assert (issue["error_code"], issue["field_path"]) == ("BR-FR-CO-05", "preceding_date")
    assert "numéro et la date de la facture" in issue["error_message"]


def test_dollars_are_issued_once_the_vat_is_told_in_euros(
    run: Terminal, tmp_path: Path, store: Path, body: Body
) -> None:
    dollars = deepcopy(body) | {"currency_code": "USD"}
    refused = run("issue", write(tmp_path / "b.json", dollars), "-o", tmp_path, "--store", store, "--json")
    assert refused.code == 1
    assert refused.codes == {"BR-FR-CO-12"}
    dollars["document_totals"]["invoice_total_vat_amount_in_accounting_currency"] = "276.50"
    answer = run("issue", write(tmp_path / "b.json", dollars), "-o", tmp_path, "--store", store, "--json")
    assert answer.json["number"] == f"F{YEAR}-0001"


def test_dollars_without_vat_need_no_rate(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    body["currency_code"] = "USD"
    for line in body["invoice_lines"]:
        line |= {"vat_category_code": "Z", "vat_rate": 0}
    body["vat_breakdowns"] = [{"category_code": "Z", "rate": 0, "taxable_amount": 1500, "tax_amount": 0}]
    body["document_totals"] |= {
        "invoice_total_vat_amount": 0,
        "invoice_total_with_vat": 1500,
        "amount_due_for_payment": 1500,
    }
    assert run("issue", write(tmp_path / "b.json", body), "-o", tmp_path, "--store", store).code == 0


@pytest.mark.parametrize(
    "name",
    ["Žluťoučký 🎨 & <Fils>", "شركة الاختبار المحدودة", "חברה לדוגמה בע״מ", "Nom\u0007 avec\u0000 bruit"],
)
def test_any_name_is_issued(run: Terminal, tmp_path: Path, store: Path, body: Body, name: str) -> None:
    body["buyer"]["name"] = body["buyer"]["legal_registration_name"] = name
    answer = run("issue", write(tmp_path / "b.json", body), "-o", tmp_path, "--store", store, "--json")
    assert answer.code == 0, answer
    assert b"\x07" not in Path(answer.json["xml"]).read_bytes()


def test_a_negative_quantity_is_a_return(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    body["invoice_lines"][1] |= {"invoiced_quantity": -5, "line_net_amount": -500}
    body["vat_breakdowns"][0] |= {"taxable_amount": 500, "tax_amount": 100}
    body["document_totals"] |= {
        "sum_of_line_net_amounts": 500,
        "invoice_total_without_vat": 500,
        "invoice_total_vat_amount": 100,
        "invoice_total_with_vat": 600,
        "amount_due_for_payment": 600,
    }
    answer = run("issue", write(tmp_path / "b.json", body), "-o", tmp_path, "--store", store, "--json")
    assert answer.json["totals"]["ttc"] == "600.00"


def test_an_invoice_is_credited_whole_once(run: Terminal, tmp_path: Path, store: Path, body: Body) -> None:
    number = run("issue", write(tmp_path / "b.json", body), "-o", tmp_path, "--store", store, "--json").json["number"]
    answer = run("credit", number, "--reason", "Annulée", "-o", tmp_path / "avoir", "--store", store, "--json").json
    assert (answer["number"], answer["type_code"]) == (f"A{YEAR}-0001", "381")
    assert answer["totals"]["ttc"] == "1800.00"
    said = json.loads(Path(answer["document"]).read_text("utf-8"))
    assert (said["preceding_invoice_reference"], said["invoice_note"]) == (number, "Annulée")
    again = run("credit", number, "-o", tmp_path, "--store", store, "--json")
    assert (again.code, again.json["error"]["code"]) == (2, "ED-CREDIT-EXHAUSTED")
    assert run("credit", "F1999-0001", "-o", tmp_path, "--store", store).code == 2


def test_a_credit_note_of_a_body_never_exceeds_our_invoice(
    run: Terminal, tmp_path: Path, store: Path, body: Body
) -> None:
    run("issue", write(tmp_path / "b.json", body), "-o", tmp_path, "--store", store)
    note = body | {"type_code": "381", "preceding_invoice_reference": f"F{YEAR}-0001"}
    file = write(tmp_path / "avoir.json", note)
    assert run("issue", file, "-o", tmp_path, "--store", store).code == 0
    refused = run("issue", file, "-o", tmp_path, "--store", store)
    assert refused.code == 1
    assert "ED-CREDIT-ABOVE" in refused.err
