"""How CII and UBL write the terms that :mod:`.completion` adds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from einvoice_desktop.documents.cii import CII
from einvoice_desktop.documents.en16931.completion import Patch, child
from einvoice_desktop.documents.nodes import Element, Node, Syntax
from einvoice_desktop.documents.ubl import UBL
from einvoice_desktop.domain.identifiers import compact, is_iban
from einvoice_desktop.domain.invoice import Invoice, PaymentInstructions
from einvoice_desktop.domain.lines import Classification
from einvoice_desktop.domain.parties import Identifier, Party


class CiiDialect:
    """Additions to a CII."""

    syntax: Syntax = CII

    def add_identifier(self, party: Node, identifier: Identifier) -> None:
        """A further ``ram:ID`` or ``ram:GlobalID``."""
        tag = "ram:GlobalID" if identifier.scheme else "ram:ID"
        _add_after(party.element, tag, child(party.element, tag, identifier.value, schemeID=identifier.scheme))

    def add_account(self, root: Node, payment: PaymentInstructions, iban: str, bic: str) -> None:
        """A further payment means of the same kind."""
        last = root.all("BG-16")[-1].element
        means = child(_parent(last), "ram:SpecifiedTradeSettlementPaymentMeans")
        last.addnext(means)
        child(means, "ram:TypeCode", payment.means_code)
        account = child(means, "ram:PayeePartyCreditorFinancialAccount")
        child(account, "ram:IBANID" if is_iban(iban) else "ram:ProprietaryID", compact(iban))
        if bic:
            child(child(means, "ram:PayeeSpecifiedCreditorFinancialInstitution"), "ram:BICID", compact(bic))

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

    def own_patches(self, invoice: Invoice, *, extended: bool) -> Iterator[Patch]:
        """Nothing: a CII holds the rest."""
        return iter(())


class UblDialect:
    """Additions to a UBL Invoice or CreditNote."""

    syntax: Syntax = UBL

    def add_identifier(self, party: Node, identifier: Identifier) -> None:
        """A further ``cac:PartyIdentification``."""
        group = child(party.element, "cac:PartyIdentification")
        _add_after(party.element, "cac:PartyIdentification", group)
        child(group, "cbc:ID", identifier.value, schemeID=identifier.scheme)

    def add_account(self, root: Node, payment: PaymentInstructions, iban: str, bic: str) -> None:
        """A further payment means of the same kind."""
        last = root.all("BG-16")[-1].element
        means = child(_parent(last), "cac:PaymentMeans")
        last.addnext(means)
        child(means, "cbc:PaymentMeansCode", payment.means_code)
        account = child(means, "cac:PayeeFinancialAccount")
        child(account, "cbc:ID", compact(iban))
        if bic:
            child(child(account, "cac:FinancialInstitutionBranch"), "cbc:ID", compact(bic))

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

    def own_patches(self, invoice: Invoice, *, extended: bool) -> Iterator[Patch]:
        """A mandate without an account; at EXTENDED-CTC-FR what the library leaves out of parties."""
        payment = invoice.payment
        if payment is not None and payment.means_code and payment.mandate and not payment.debited_account:
            mandate = payment.mandate
            yield lambda root: _add_mandate(root, mandate)
        for group, party in (("BG-4", invoice.seller), ("BG-7", invoice.buyer)) if extended else ():
            yield _party_patch(group, party)


def _add_mandate(root: Node, mandate: str) -> None:
    child(child(root.all("BG-16")[0].element, "cac:PaymentMandate"), "cbc:ID", mandate)


def _party_patch(group: str, party: Party) -> Patch:
    def patch(root: Node) -> None:
        element = root.all(group)[0].element
        entity = element.find("cac:PartyLegalEntity", _prefixes(element))
        if entity is None:
            return
        if party.tax_registration and group == "BG-4":
            scheme = child(element, "cac:PartyTaxScheme")
            entity.addprevious(scheme)
            child(scheme, "cbc:CompanyID", party.tax_registration)
            child(child(scheme, "cac:TaxScheme"), "cbc:ID", "LOC")
        if party.legal_information and group == "BG-4":
            child(entity, "cbc:CompanyLegalForm", party.legal_information)
        if party.contact is not None:
            contact = child(element, "cac:Contact")
            entity.addnext(contact)
            for tag, text in (("Name", party.contact.name), ("Telephone", party.contact.phone)):
                if text:
                    child(contact, f"cbc:{tag}", text)
            if party.contact.email:
                child(contact, "cbc:ElectronicMail", party.contact.email)

    return patch


def _classify(group: Element, tag: str, classification: Classification) -> None:
    child(group, tag, classification.code, listID=classification.list_id, listVersionID=classification.list_version)


def _add_after(parent: Element, tag: str, new: Element) -> None:
    """Move ``new`` behind the earlier children of its kind, where the schema wants it."""
    earlier = [element for element in parent.findall(tag, _prefixes(parent)) if element is not new]
    earlier[-1].addnext(new)


def _parent(element: Element) -> Element:
    parent = element.getparent()
    if parent is None:
        raise ValueError("a business term is never the root of its document")
    return parent


def _prefixes(element: Element) -> dict[str, str]:
    return {prefix: uri for prefix, uri in element.nsmap.items() if prefix}
