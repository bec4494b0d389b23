"""Kinds of documents (BT-3) in the words of the person who makes them."""

from __future__ import annotations

from dataclasses import dataclass

from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.invoice import CORRECTED_TYPES, CREDIT_NOTE_TYPES, DEPOSIT_TYPES, SELF_BILLED_TYPES


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its code, its name, the title of a new one, and what it is for."""

    code: str
    name: str
    title: str
    tip: str = ""

    @property
    def is_credit(self) -> bool:
        """Whether it gives money back."""
        return self.code in CREDIT_NOTE_TYPES

    @property
    def has_origin(self) -> bool:
        """Whether it says which document it credits or replaces."""
        return self.is_credit or self.code in CORRECTED_TYPES

    @property
    def is_deposit(self) -> bool:
        """Whether it asks for a part before the rest."""
        return self.code in DEPOSIT_TYPES and not self.is_credit

    @property
    def is_self_billed(self) -> bool:
        """Whether the customer makes it for his supplier."""
        return self.code in SELF_BILLED_TYPES

    @property
    def party(self) -> str:
        """Who stands opposite."""
        return "Fournisseur" if self.is_self_billed else "Client"

    @property
    def origin(self) -> str:
        """The document it refers to."""
        if self.code == "503":
            return "Acompte d’origine"
        if self.code in CORRECTED_TYPES:
            return "Facture à remplacer"
        return "Facture d’origine"

    @property
    def that_one(self) -> str:
        """« la facture », « l’avoir »…, in the middle of a sentence."""
        name = self.name[0].lower() + self.name[1:]
        return f"l’{name}" if name[0] in "aeiou" else f"la {name}"


USUAL_KINDS = (
    Kind("380", "Facture", "Nouvelle facture"),
    Kind("386", "Acompte", "Nouvelle facture d’acompte", "Une partie du prix avant la livraison"),
    Kind("381", "Avoir", "Nouvel avoir", "Rendre tout ou partie d’une facture"),
    Kind("384", "Facture rectificative", "Nouvelle facture rectificative", "Remplacer entièrement une facture"),
    Kind("389", "Autofacture", "Nouvelle autofacture", "Facturer au nom d’un fournisseur qui vous a donné mandat"),
)
"""Those one meets."""
RARE_KINDS = (
    Kind("503", "Avoir d’acompte", "Nouvel avoir d’acompte"),
    Kind("262", "Avoir global (remise de fin d’année)", "Nouvel avoir global"),
    Kind("261", "Avoir autofacturé", "Nouvel avoir autofacturé"),
    Kind("471", "Autofacture rectificative", "Nouvelle autofacture rectificative"),
    Kind("500", "Acompte autofacturé", "Nouvel acompte autofacturé"),
    Kind("393", "Facture affacturée", "Nouvelle facture affacturée"),
    Kind("396", "Avoir affacturé", "Nouvel avoir affacturé"),
    Kind("472", "Facture rectificative affacturée", "Nouvelle facture rectificative affacturée"),
    Kind("501", "Autofacture affacturée", "Nouvelle autofacture affacturée"),
    Kind("502", "Avoir autofacturé affacturé", "Nouvel avoir autofacturé affacturé"),
    Kind("473", "Autofacture rectificative affacturée", "Nouvelle autofacture rectificative affacturée"),
)
"""Those of a few trades."""
_BY_CODE = {kind.code: kind for kind in (*USUAL_KINDS, *RARE_KINDS)}


def kind_of(type_code: str) -> Kind:
    """The kind of that code; an unknown one is shown by its code."""
    return _BY_CODE.get(type_code) or Kind(type_code, f"Document {type_code}", f"Nouveau document {type_code}")


def may_change_kind(form: DraftForm) -> bool:
    """Whether the kind is still open: a document made from another one, or of a group, keeps its own."""
    return not form.source_id and not form.deposit_group_id


def title_of(form: DraftForm) -> str:
    """The title of the page."""
    kind = kind_of(form.type_code)
    is_balance = kind.code == "380" and (form.payment_state == "final" or form.deposit_group_id)
    return "Nouvelle facture de solde" if is_balance else kind.title
