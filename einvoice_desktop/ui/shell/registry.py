"""The screens by name: what the sidebar says of each, and how its page is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from einvoice_desktop.ui.page import Page, Tools

if TYPE_CHECKING:
    from einvoice_desktop.services.catalogue import Services

Make = Callable[["Services", Tools], Page]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the sidebar.

    Attributes:
        screen, argument: where it leads. words, icon: what it shows. group: heading above it, empty for none; ``-`` for
            the entries at the foot. counter: attribute of ``Counters`` beside it, empty for none.
    """

    screen: str
    words: str
    icon: str
    argument: str = ""
    group: str = ""
    counter: str = ""


ENTRIES: tuple[Entry, ...] = (
    Entry("home", "Accueil", "home"),
    Entry("invoices", "Factures", "invoice", counter="drafts"),
    Entry("invoices", "Avoirs", "credit", argument="credit_note"),
    Entry("purchases", "Achats", "purchases", counter="received_new"),
    Entry("buyers", "Clients", "buyers", group="Répertoire"),
    Entry("register", "Registre fiscal", "register", group="Obligations"),
    Entry("outbox", "Centre d’envoi", "send", group="-", counter="refused_sendings"),
    Entry("settings", "Paramètres", "settings", group="-"),
)


def _home(services: Services, tools: Tools) -> Page:
    from einvoice_desktop.ui.screens.home.page import HomePage

    return HomePage(services, tools)


def _invoices(services: Services, tools: Tools) -> Page:
    from einvoice_desktop.ui.screens.invoices.page import InvoicesPage

    return InvoicesPage(services, tools)


def _editor(services: Services, tools: Tools) -> Page:
    from einvoice_desktop.ui.screens.editor.page import EditorPage

    return EditorPage(services, tools)


def _document(services: Services, tools: Tools) -> Page:
    from einvoice_desktop.ui.screens.document.page import DocumentPage

    return DocumentPage(services, tools)


def _purchases(services: Services, tools: Tools) -> Page:
    from einvoice_desktop.ui.screens.purchases.page import PurchasesPage

    return PurchasesPage(services, tools)


def _buyers(services: Services, tools: Tools) -> Page:
    from einvoice_desktop.ui.screens.buyers.page import BuyersPage

    return BuyersPage(services, tools)


def _outbox(services: Services, tools: Tools) -> Page:
    from einvoice_desktop.ui.screens.outbox.page import OutboxPage

    return OutboxPage(services, tools)


def _register(services: Services, tools: Tools) -> Page:
    from einvoice_desktop.ui.screens.register.page import RegisterPage

    return RegisterPage(services, tools)


def _settings(services: Services, tools: Tools) -> Page:
    from einvoice_desktop.ui.screens.settings.page import SettingsPage

    return SettingsPage(services, tools)


def _start(services: Services, tools: Tools) -> Page:
    from einvoice_desktop.ui.screens.start.page import StartPage

    return StartPage(services, tools)


SCREENS: dict[str, Make] = {
    "home": _home,
    "invoices": _invoices,
    "editor": _editor,
    "document": _document,
    "purchases": _purchases,
    "buyers": _buyers,
    "outbox": _outbox,
    "register": _register,
    "settings": _settings,
    "start": _start,
}

UNDER: dict[str, str] = {"editor": "invoices", "document": "invoices"}
"""Screens without an entry of their own light the one of this screen."""
