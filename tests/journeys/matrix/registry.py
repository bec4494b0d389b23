"""Who sells and who buys in the matrix: companies of several regimes, customers of every kind."""

from __future__ import annotations

from datetime import date

from einvoice_desktop.domain.parties import Address, Buyer, Company, Identifier, VatRegime
from einvoice_desktop.ports.records import BillingMandate
from einvoice_desktop.services.catalogue import Services

MANDATED_ON = date(2026, 1, 2)
"""When the suppliers allowed their documents to be issued for them."""

IBAN = "FR7630006000011234567890189"


def vat_number(siren: str) -> str:
    """French VAT number of a SIREN (own arithmetic, not the program's)."""
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"


def _company(key: str, name: str, siren: str, city: tuple[str, str], **more: object) -> Company:
    fields: dict[str, object] = {
        "id": key,
        "name": name,
        "siren": siren,
        "address": Address(line1="12 rue des Lilas", postal_code=city[0], city=city[1]),
        "vat_number": vat_number(siren),
        "iban": IBAN,
        "bic": "AGRIFRPP",
        "email": "bonjour@example.org",
        "phone": "02 40 00 00 00",
        "legal_form": "SARL",
        "share_capital": "10 000 €",
        "registry_city": city[1],
    }
    return Company(**(fields | more))  # type: ignore[arg-type]


REAL = _company("real", "Atelier Brossard", "732829320", ("44000", "Nantes"))
DEBITS = _company("debits", "Debits & Fils", "552100554", ("75001", "Paris"), vat_on_debits=True)
OVERSEAS = _company("overseas", "Run Services", "443061841", ("97400", "Saint-Denis"))
CORSICA = _company("corsica", "U Furnu", "542051180", ("20000", "Ajaccio"), nature="B")
FRANCHISE = _company(
    "franchise",
    "Lina Morel EI",
    "512345672",
    ("69002", "Lyon"),
    vat_regime=VatRegime.FRANCHISE,
    vat_number="",
    legal_form="Entrepreneur individuel",
    share_capital="",
    registry_city="",
)
FRANCHISE_WITH_NUMBER = _company(
    "franchise-vat", "Karim Haddad EI", "784671695", ("13001", "Marseille"), vat_regime=VatRegime.FRANCHISE
)
COMPANIES = (REAL, DEBITS, OVERSEAS, CORSICA, FRANCHISE, FRANCHISE_WITH_NUMBER)


def _street(line: str, code: str, city: str, country: str = "FR") -> Address:
    return Address(line1=line, postal_code=code, city=city, country=country)


def buyers_of(company: Company) -> tuple[Buyer, ...]:
    """The customers of ``company``, their identifiers ``company-kind``."""

    def buyer(kind: str, name: str, address: Address, **more: object) -> Buyer:
        return Buyer(id=f"{company.id}-{kind}", company_id=company.id, name=name, address=address, **more)  # type: ignore[arg-type]

    return (
        buyer(
            "business", "Globex SAS", _street("10 place Vendôme", "75001", "Paris"),
            siren="449087808", siret="44908780800016", vat_number=vat_number("449087808"), email="compta@globex.example",
        ),
        buyer(
            "public", "Commune de Trifouilly", _street("1 place de la Mairie", "35000", "Rennes"),
            is_public=True, siren="213502388", siret="21350238800019",
        ),
        buyer(
            "europe", "Beispiel GmbH", _street("Musterstraße 42", "10115", "Berlin", "DE"),
            vat_number="DE123456789", electronic_address=Identifier("DE123456789", "9930"),
        ),
        buyer(
            "world", "Acme Inc.", _street("1 Main Street", "10001", "New York", "US"),
            legal_id="US-77-1234567", email="ap@acme.example",
        ),
        buyer("person", "Nadia Benali", _street("3 rue Haute", "35000", "Rennes"), is_individual=True,
              email="nadia@example.org"),
        buyer(
            "supplier", "Ferme du Bocage", _street("Le Bourg", "61000", "Alençon"),
            siren="380129866", vat_number=vat_number("380129866"),
        ),
        buyer("small-supplier", "Zoé Petit EI", _street("4 rue du Port", "29200", "Brest"), siren="791105612"),
    )  # fmt: skip


def fill(services: Services) -> None:
    """Every company with its customers, through the registry the user fills; nothing may be refused."""
    for company in COMPANIES:
        found = [f for f in services.companies.save(company) if f.is_blocking]
        assert not found, (company.name, found)
        for buyer in buyers_of(company):
            found = [f for f in services.buyers.save(buyer) if f.is_blocking]
            assert not found, (buyer.name, found)
            if buyer.id.endswith("supplier"):
                services.self_billing.record_mandate(BillingMandate(company.id, buyer.id, MANDATED_ON, "MANDAT-1"))
