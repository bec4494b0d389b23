"""How CII and UBL write the terms that :mod:`.completion` adds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from einvoice_desktop.documents.cii import CII
from einvoice_desktop.documents.en16931.completion import Patch, child
from einvoice_desktop.documents.en16931.values import account_text
from einvoice_desktop.documents.nodes import Element, Node, Syntax
from einvoice_desktop.documents.ubl import UBL
from einvoice_desktop.domain.identifiers import compact, is_iban
from einvoice_desktop.domain.invoice import Account, Invoice, PaymentInstructions
from einvoice_desktop.domain.lines import Classification, Line
from einvoice_desktop.domain.parties import Contact, Identifier, Party


class CiiDialect:
    """Additions to a CII."""

    syntax: Syntax = CII

    def set_identifiers(self, party: Node, identifiers: tuple[Identifier, ...]) -> None:
        """``ram:ID`` without a scheme first, then ``ram:GlobalID``, as the schema wants."""
        for old in party.all("identifiers"):
            party.element.remove(old.element)
        stated = [identifier for identifier in identifiers if identifier.value.strip()]
        for place, identifier in enumerate(sorted(stated, key=lambda stated: bool(stated.scheme))):
            tag = "ram:GlobalID" if identifier.scheme else "ram:ID"
            party.element.insert(place, child(party.element, tag, identifier.value, schemeID=identifier.scheme))

    def add_account(self, root: Node, payment: PaymentInstructions, account: Account) -> None:
        """A further payment means of the same kind."""
        last = root.all("BG-16")[-1].element
        means = child(_parent(last), "ram:SpecifiedTradeSettlementPaymentMeans")
        last.addnext(means)
        child(means, "ram:TypeCode", payment.means_code)
        new = child(means, "ram:PayeePartyCreditorFinancialAccount")
        is_known = is_iban(account.iban)
        if is_known:
            child(new, "ram:IBANID", compact(account.iban))
        if account.name:
            child(new, "ram:AccountName", account.name)
        if not is_known:
            child(new, "ram:ProprietaryID", account.iban)
        if account.bic:
            child(child(means, "ram:PayeeSpecifiedCreditorFinancialInstitution"), "ram:BICID", compact(account.bic))

    def add_classification(self, line: Node, classification: Classification) -> None:
        """A further ``ram:DesignatedProductClassification``."""
        last = _parent(line.all("BT-158")[-1].element)
        group = child(_parent(last), "ram:DesignatedProductClassification")
        last.addnext(group)
        _classify(group, "ram:ClassCode", classification)

    def add_end(self, group: Node, term: str, day: date) -> None:
        """``ram:EndDateTime`` after the start."""
        start = _parent(group.all(term)[0].element)
        end = child(_parent(start), "ram:EndDateTime")
        start.addnext(end)
        child(end, "udt:DateTimeString", f"{day:%Y%m%d}", format="102")

    def own_patches(self, invoice: Invoice) -> Iterator[Patch]:
        """Nothing: a CII holds the rest."""
        return iter(())

    def own_line_patches(self, invoice: Invoice, line: Line) -> Iterator[Patch]:
        """Nothing either."""
        return iter(())


class UblDialect:
    """Additions to a UBL Invoice or CreditNote."""

    syntax: Syntax = UBL

    def set_identifiers(self, party: Node, identifiers: tuple[Identifier, ...]) -> None:
        """One ``cac:PartyIdentification`` each, before the creditor identifier (BT-90) that stands among them."""
        old = [_parent(found.element) for found in party.all("identifiers")]
        place = party.element.index(old[0])
        for element in old:
            party.element.remove(element)
        for identifier in reversed([stated for stated in identifiers if stated.value.strip()]):
            group = child(party.element, "cac:PartyIdentification")
            party.element.insert(place, group)
            child(group, "cbc:ID", identifier.value, schemeID=identifier.scheme)

    def add_account(self, root: Node, payment: PaymentInstructions, account: Account) -> None:
        """A further payment means of the same kind."""
        last = root.all("BG-16")[-1].element
        means = child(_parent(last), "cac:PaymentMeans")
        last.addnext(means)
        child(means, "cbc:PaymentMeansCode", payment.means_code)
        new = child(means, "cac:PayeeFinancialAccount")
        child(new, "cbc:ID", account_text(account.iban))
        if account.name:
            child(new, "cbc:Name", account.name)
        if account.bic:
            child(child(new, "cac:FinancialInstitutionBranch"), "cbc:ID", compact(account.bic))

    def add_classification(self, line: Node, classification: Classification) -> None:
        """A further ``cac:CommodityClassification``."""
        last = _parent(line.all("BT-158")[-1].element)
        group = child(_parent(last), "cac:CommodityClassification")
        last.addnext(group)
        _classify(group, "cbc:ItemClassificationCode", classification)

    def add_end(self, group: Node, term: str, day: date) -> None:
        """``cbc:EndDate`` after the start."""
        start = group.all(term)[0].element
        start.addnext(child(_parent(start), "cbc:EndDate", day.isoformat()))

    def own_patches(self, invoice: Invoice) -> Iterator[Patch]:
        """The parts of the parties the library leaves out of EXTENDED-CTC-FR."""
        yield _seller_patch(invoice.seller)
        for group, party in _parties_with_contact(invoice):
            yield _contact_patch(group, party)

    def own_line_patches(self, invoice: Invoice, line: Line) -> Iterator[Patch]:
        """How the line stands to the others."""
        if line.parent_id or line.status:
            yield _hierarchy_patch(invoice.number, line)


def _parties_with_contact(invoice: Invoice) -> Iterator[tuple[str, Contact]]:
    parties = [("BG-4", invoice.seller), ("BG-7", invoice.buyer)]
    parties += [(str(third.role), third.party) for third in invoice.third_parties]
    for group, party in parties:
        if party.contact is not None:
            yield group, party.contact


def _seller_patch(seller: Party) -> Patch:
    def patch(root: Node) -> None:
        element = root.all("BG-4")[0].element
        entity = element.find("cac:PartyLegalEntity", _prefixes(element))
        if entity is None:
            return
        if seller.tax_registration:
            scheme = child(element, "cac:PartyTaxScheme")
            entity.addprevious(scheme)
            child(scheme, "cbc:CompanyID", seller.tax_registration)
            child(child(scheme, "cac:TaxScheme"), "cbc:ID", "LOC")
        if seller.legal_information:
            child(entity, "cbc:CompanyLegalForm", seller.legal_information)

    return patch


def _contact_patch(group: str, contact: Contact) -> Patch:
    def patch(root: Node) -> None:
        element = root.all(group)[0].element
        entity = element.find("cac:PartyLegalEntity", _prefixes(element))
        if entity is None:
            return
        new = child(element, "cac:Contact")
        entity.addnext(new)
        for tag, text in (("Name", contact.name), ("Telephone", contact.phone), ("ElectronicMail", contact.email)):
            if text:
                child(new, f"cbc:{tag}", text)

    return patch


def _hierarchy_patch(number: str, line: Line) -> Patch:
    """EXT-FR-FE-162 and 163: UBL says them in a reference of the line to its own document."""

    def patch(node: Node) -> None:
        element = node.element
        reference = child(element, "cac:BillingReference")
        document = child(reference, "cac:InvoiceDocumentReference")
        child(document, "cbc:ID", number)
        if line.status:
            child(document, "cbc:DocumentStatusCode", line.status)
        if line.parent_id:
            child(child(reference, "cac:BillingReferenceLine"), "cbc:ID", line.parent_id)
        following = (found for tag in _AFTER_A_REFERENCE for found in element.findall(tag, _prefixes(element)))
        next(following).addprevious(reference)

    return patch


_AFTER_A_REFERENCE = ("cac:DocumentReference", "cac:Delivery", "cac:TaxTotal", "cac:AllowanceCharge", "cac:Item")


def _classify(group: Element, tag: str, classification: Classification) -> None:
    child(group, tag, classification.code, listID=classification.list_id, listVersionID=classification.list_version)


def _parent(element: Element) -> Element:
    parent = element.getparent()
    if parent is None:
        raise ValueError("a business term is never the root of its document")
    return parent


def _prefixes(element: Element) -> dict[str, str]:
    return {prefix: uri for prefix, uri in element.nsmap.items() if prefix}
