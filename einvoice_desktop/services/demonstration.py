"""A demonstration company with plausible papers, made by the very services a user would use; never in a real store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from einvoice_desktop.domain.draft import DraftForm, DraftLine
from einvoice_desktop.domain.french import with_french_mentions
from einvoice_desktop.domain.invoice import Invoice, PaymentInstructions
from einvoice_desktop.domain.lines import Line
from einvoice_desktop.domain.money import ZERO
from einvoice_desktop.domain.parties import Address, Buyer, Company, Party
from einvoice_desktop.domain.references import Delivery
from einvoice_desktop.domain.totals import compute_totals, with_net_amounts
from einvoice_desktop.domain.vat import standard
from einvoice_desktop.ports.clock import Clock
from einvoice_desktop.ports.documents import Appearance, InvoiceWriter, PdfMaker
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.pdp import PracticePlatform
from einvoice_desktop.ports.unit_of_work import Draft, Environment, IssuedDocument, Store
from einvoice_desktop.services.connect_platform import ConnectPlatform
from einvoice_desktop.services.issue_invoice import IssueInvoice
from einvoice_desktop.services.make_balance import MakeBalance
from einvoice_desktop.services.make_credit_note import CreditedLine, MakeCreditNote
from einvoice_desktop.services.record_payment import RecordPayment
from einvoice_desktop.services.registry import RegisterBuyer, RegisterCompany
from einvoice_desktop.services.request_deposit import RequestDeposit
from einvoice_desktop.services.save_draft import SaveDraft

COMPANY = Company(
    id="demonstration",
    name="Atelier Brossard",
    siren="552100554",
    siret="55210055400013",
    legal_form="SARL",
    share_capital="10 000 €",
    registry_city="Nantes",
    address=Address(line1="12 rue des Lilas", postal_code="44000", city="Nantes"),
    vat_number="FR96552100554",
    email="bonjour@atelier-brossard.example",
    phone="02 40 00 00 00",
    iban="FR7630006000011234567890189",
    bic="AGRIFRPP",
    nature="M",
    footer="Atelier Brossard · menuiserie et agencement",
)

_TURNS = 12


def _buyer(identifier: str, name: str, siren: str, street: str, city: str, scenario: str) -> Buyer:
    postal_code, _, town = city.partition(" ")
    return Buyer(
        id=f"demonstration-{identifier}",
        company_id=COMPANY.id,
        name=name,
        siren=siren,
        address=Address(line1=street, postal_code=postal_code, city=town),
        email=f"compta@{identifier}.example",
        scenario=scenario,
    )


BUYERS = (
    _buyer("globex", "Globex SAS", "732829320", "10 place Vendôme", "75001 Paris", "approve_and_pay"),
    _buyer("port", "Librairie du Port SAS", "542051180", "4 quai de la Fosse", "44000 Nantes", "silent"),
    _buyer("durand", "Garage Durand", "784671695", "27 route de Vannes", "44800 Saint-Herblain", "approve_and_pay"),
    _buyer("martin", "Boulangerie Martin", "443061841", "8 rue Crébillon", "44000 Nantes", "reject"),
    _buyer("kermadec", "Studio Kermadec", "552032534", "2 rue du Port", "56000 Vannes", "dispute"),
)
PERSON = Buyer(
    id="demonstration-benali",
    company_id=COMPANY.id,
    name="Nadia Benali",
    is_individual=True,
    email="nadia.benali@example.org",
    address=Address(line1="3 rue Haute", postal_code="35000", city="Rennes"),
)


ABROAD = Buyer(
    id="demonstration-helvetica",
    company_id=COMPANY.id,
    name="Helvetica Möbel AG",
    address=Address(line1="Bahnhofstrasse 12", postal_code="8001", city="Zürich", country="CH"),
    legal_id="CHE-123.456.788",
    email="buchhaltung@helvetica.example",
    language="de",
)


@dataclass(frozen=True, slots=True)
class _Sale:
    """One sale of the demonstration: to whom, how many days ago, what, and what else its form says."""

    buyer: Buyer
    days_ago: int
    lines: tuple[DraftLine, ...]
    more: Mapping[str, Any] = field(default_factory=dict)


def _line(name: str, quantity: str, price: str, unit: str = "C62", vat: str = "S20") -> DraftLine:
    return DraftLine(name=name, quantity=quantity, unit=unit, unit_price=price, vat=vat)


_SALES = (
    _Sale(BUYERS[2], 62, (_line("Comptoir d'accueil en hêtre", "1", "1 850,00"), _line("Pose", "6", "45,00", "HUR"))),
    _Sale(BUYERS[1], 48, (_line("Bibliothèque murale", "2", "640,00"), _line("Livraison", "1", "85,00", "LS"))),
    _Sale(BUYERS[4], 26, (_line("Plans et étude", "12", "65,00", "HUR"),)),
    _Sale(
        ABROAD,
        20,
        (_line("Présentoir en noyer", "4", "310,00", vat="G"), _line("Caisse maritime", "1", "95,00", vat="G")),
        {"currency": "CHF", "nature": "B", "payment_means": "30"},
    ),
    _Sale(
        BUYERS[1],
        15,
        (_line("Formation : restaurer un meuble ancien", "2", "420,00", "DAY", "E:VATEX-FR-CGI261-4"),),
        {"nature": "S"},
    ),
    _Sale(BUYERS[3], 11, (_line("Réparation de porte", "1", "155,00", vat="S10"),)),
    _Sale(
        BUYERS[0],
        3,
        (_line("Rayonnage chêne sur mesure", "2", "380,00"), _line("Pose (demi-journée)", "1", "240,00", "LS")),
    ),
)


@dataclass(frozen=True, slots=True)
class DemonstrationResult:
    """What was made: the company, and the document that was followed to « Encaissée »."""

    company_id: str
    cashed: IssuedDocument


@dataclass(frozen=True, slots=True)
class DealServices:
    """What makes documents that come after others."""

    credit_notes: MakeCreditNote
    deposits: RequestDeposit
    balances: MakeBalance


class Demonstration:
    """Fills a sandbox store with the demonstration company."""

    def __init__(
        self,
        store: Store,
        companies: RegisterCompany,
        buyers: RegisterBuyer,
        drafts: SaveDraft,
        issue: IssueInvoice,
        payments: RecordPayment,
        platform: ConnectPlatform,
        practice: PracticePlatform,
        writer: InvoiceWriter,
        pdf: PdfMaker,
        turn: Callable[[], object],
        clock: Clock,
        deals: DealServices,
    ) -> None:
        self._store, self._companies, self._buyers, self._drafts = store, companies, buyers, drafts
        self._issue, self._payments, self._platform, self._practice = issue, payments, platform, practice
        self._writer, self._pdf, self._turn, self._clock, self._deals = writer, pdf, turn, clock, deals

    def fill(self) -> str:
        """Make the company, its customers and its papers; the identifier of the company.

        Raises:
            UserError: ``ED-DEMO-PRODUCTION``: this store is a real one; ``ED-DEMO-NOT-EMPTY``: somebody works in it.
        """
        return self.run().company_id

    def run(self) -> DemonstrationResult:
        """As :meth:`fill`, and say which document was cashed."""
        if self._store.environment is not Environment.SANDBOX:
            raise UserError("ED-DEMO-PRODUCTION")
        if self._companies.all():
            raise UserError("ED-DEMO-NOT-EMPTY")
        self._companies.save(COMPANY)
        for buyer in (*BUYERS, PERSON, ABROAD):
            self._buyers.save(buyer)
        self._platform.use_sandbox()
        today = self._clock.today()
        issued = self._history(today)
        supplier = supplier_invoice(today)
        xml = self._writer.write_cii(supplier)
        page = self._pdf.make(supplier, Appearance(colour="#7A3E9D"), xml, made_at=self._clock.now())
        self._practice.deliver(page, "Factur-X", "F-88412.pdf")
        for _ in range(_TURNS):
            self._turn()
        cashed = issued[-1]
        self._payments.record(issued[0].id, today, issued[0].summary.due)
        self._payments.record(cashed.id, today, cashed.summary.due)
        self._draft(BUYERS[1], (_line("Étagère d'angle", "3", "210,00"), _line("Pose", "4", "45,00", "HUR")))
        self._draft(PERSON, (_line("Table basse en noyer", "1", "480,00"),))
        for _ in range(_TURNS):
            self._turn()
        return DemonstrationResult(COMPANY.id, cashed)

    def _history(self, today: date) -> list[IssuedDocument]:
        """Everything issued, in the order of its dates as numbers must be; the sales are returned."""
        sold: list[IssuedDocument] = []
        deposits: list[IssuedDocument] = []

        def sell(sale: _Sale) -> Callable[[date], None]:
            return lambda day: sold.append(self._sell(sale, day))

        acts: list[tuple[int, Callable[[date], object]]] = [(sale.days_ago, sell(sale)) for sale in _SALES]
        acts.append((40, lambda day: deposits.append(self._deposit(day))))
        acts.append((30, lambda day: self._credit(sold[1], day)))
        acts.append((8, lambda day: self._balance(deposits[0], day)))
        for days_ago, act in sorted(acts, key=lambda one: -one[0]):
            act(today - timedelta(days=days_ago))
        return sold

    def _deposit(self, day: date) -> IssuedDocument:
        """A shop to fit out: 30 % at the order."""
        draft = self._deals.deposits.first(
            COMPANY.id,
            BUYERS[2].id,
            deal_total=Decimal("6400.00"),
            amount=Decimal("1920.00"),
            vat="S20",
            reference="Agencement de l’atelier, devis 2291",
        )
        return self._issue_dated(draft, day)

    def _balance(self, deposit: IssuedDocument, day: date) -> IssuedDocument:
        """The whole of the shop, its deposit deducted."""
        draft = self._deals.balances.make(deposit.id)
        rows = (
            _line("Établis et rangements", "1", "4 900,00", "LS"),
            _line("Pose et finitions", "30", "50,00", "HUR"),
            *(row for row in draft.form.lines if row.quantity.startswith("-")),
        )
        return self._issue_dated(replace(draft, form=replace(draft.form, lines=rows, nature="M")), day)

    def _credit(self, invoice: IssuedDocument, day: date) -> IssuedDocument:
        """One of two bookcases came back."""
        one = (CreditedLine(0, quantity=Decimal(1)),)
        reason = "Une bibliothèque reprise : panneau fendu au transport."
        return self._issue_dated(self._deals.credit_notes.partial(invoice.id, one, reason), day)

    def _sell(self, sale: _Sale, day: date) -> IssuedDocument:
        draft = self._drafts.new(COMPANY.id)
        form = replace(draft.form, buyer_id=sale.buyer.id, lines=sale.lines, nature="M", purchase_order="BC-2291")
        return self._issue_dated(replace(draft, form=replace(form, **sale.more)), day)

    def _issue_dated(self, draft: Draft, day: date) -> IssuedDocument:
        self._drafts.save(draft.id, replace(draft.form, issue_date=day.isoformat()))
        return self._issue.issue_draft(draft.id, send=True)

    def _draft(self, buyer: Buyer, lines: tuple[DraftLine, ...]) -> None:
        draft = self._drafts.new(COMPANY.id)
        form: DraftForm = replace(draft.form, buyer_id=buyer.id, lines=lines)
        self._drafts.save(draft.id, form)


def supplier_invoice(today: date) -> Invoice:
    """The invoice a stationer sends to the demonstration company."""
    supplier = replace(
        COMPANY,
        id="supplier",
        name="Papeterie Lenoir SARL",
        siren="404833048",
        siret="",
        vat_number="FR83404833048",
        address=Address(line1="8 rue Crébillon", postal_code="44000", city="Nantes"),
        iban="FR7630004000031234567890143",
        bic="BNPAFRPP",
        email="compta@papeterie-lenoir.example",
        legal_form="SARL",
    )
    buyer: Party = COMPANY.as_party()
    issue_date = today - timedelta(days=4)
    lines = with_net_amounts(
        (
            Line("1", "Ramettes A4 80 g (carton)", Decimal(10), "XBX", Decimal("19.50"), standard("20"), ZERO),
            Line("2", "Classeurs dos 70", Decimal(5), "C62", Decimal("13.10"), standard("20"), ZERO),
        )
    )
    invoice = Invoice(
        number="F-88412",
        issue_date=issue_date,
        type_code="380",
        currency="EUR",
        seller=supplier.as_party(),
        buyer=replace(buyer, identifiers=(), contact=None),
        lines=lines,
        totals=compute_totals(lines),
        due_date=issue_date + timedelta(days=30),
        delivery=Delivery(date=issue_date),
        payment=PaymentInstructions("58", iban=supplier.iban, bic=supplier.bic),
    )
    return with_french_mentions(
        invoice,
        recovery=supplier.recovery_note,
        penalty=supplier.late_penalty_note,
        discount=supplier.discount_note,
        nature="B",
    )
