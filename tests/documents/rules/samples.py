"""Compliant French invoices of any length, written by the field's own library."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

_PRICE = Decimal("80.00")


def cii_invoice(*, lines: int) -> bytes:
    """A CII invoice, profile EN 16931, of ``lines`` lines at 20 %; it passes every official rule."""
    return _write(lines, "factur-x")


def ubl_invoice(*, lines: int) -> bytes:
    """The same in UBL."""
    return _write(lines, "ubl-2.1")


def _write(lines: int, flavor: str) -> bytes:
    import facturx

    xml: bytes = facturx.generate_xml(
        _fields(lines), flavor=flavor, level="en16931", check_xsd=False, check_schematron=False
    )
    return xml


def _fields(lines: int) -> dict[str, Any]:
    net = _PRICE * lines
    vat = (net * 20 / 100).quantize(Decimal("0.01"))
    return {
        "BT-1": "F2026-0001",
        "BT-2": "2026-11-02",
        "BT-3": "380",
        "BT-5": "EUR",
        "BT-9": "2026-12-02",
        "BT-20": "Paiement à 30 jours nets",
        "BT-23": "S1",
        "BT-72": "2026-10-30",
        "BG-1": [{"BT-21": code, "BT-22": f"Mention {code}"} for code in ("PMT", "PMD", "AAB")],
        "BG-4": _party("LE VENDEUR", "100000009", "FR88100000009", "PARIS"),
        "BG-7": _party("LE CLIENT", "200000008", "FR37200000008", "NICE"),
        "BT-81": "58",
        "BT-84": "FR7630006000011234567890189",
        "BG-25": [_line(number) for number in range(1, lines + 1)],
        "BG-23": [{"BT-116": str(net), "BT-117": str(vat), "BT-118": "S", "BT-119": "20"}],
        "BT-106": str(net),
        "BT-109": str(net),
        "BT-110": str(vat),
        "BT-112": str(net + vat),
        "BT-115": str(net + vat),
    }


def _party(name: str, siren: str, vat_number: str, city: str) -> dict[str, str]:
    return {
        "name": name,
        "legal_identifier": siren,
        "legal_identifier_schemeid": "0002",
        "vat_identifier": vat_number,
        "einvoicing_addr": siren,
        "einvoicing_addr_schemeid": "0225",
        "addr_l1": "1 rue de la Paix",
        "postcode": "75002",
        "city": city,
        "country_code": "FR",
    }


def _line(number: int) -> dict[str, str]:
    return {
        "BT-126": str(number),
        "BT-153": f"Conseil, journée {number}",
        "BT-129": "1",
        "BT-130": "HUR",
        "BT-146": str(_PRICE),
        "BT-131": str(_PRICE),
        "BT-151": "S",
        "BT-152": "20",
    }
