"""The editor: typing on the left, the page and the official verdict on the right, issuing at the bottom."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QSplitter, QWidget

from einvoice_desktop.domain.compose import ComposeContext, Composition, compose
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.invoice import CREDIT_NOTE_TYPES
from einvoice_desktop.domain.parties import Buyer
from einvoice_desktop.ports.queries import BuyerRow
from einvoice_desktop.ports.unit_of_work import Draft, IssuedDocument
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.services.check_draft import DraftVerdict, merge
from einvoice_desktop.ui.background import Lane, Latest
from einvoice_desktop.ui.errors import sentence
from einvoice_desktop.ui.page import Header, Page, Tools
from einvoice_desktop.ui.screens.editor.bottom_bar import BottomBar
from einvoice_desktop.ui.screens.editor.cents import CentsSheet
from einvoice_desktop.ui.screens.editor.context_panel import ContextPanel
from einvoice_desktop.ui.screens.editor.issuing import Issuing
from einvoice_desktop.ui.screens.editor.new_buyer import NewBuyerSheet
from einvoice_desktop.ui.screens.editor.presenter import (
    EditorPresenter,
    Opened,
    is_untouched,
    mended,
    next_place,
    problem_places,
    shown_at_field,
)
from einvoice_desktop.ui.screens.editor.sheet import InvoiceSheet
from einvoice_desktop.ui.screens.editor.words import TITLES, buyer_quiet, light_words, panel_words
from einvoice_desktop.ui.widgets.combo import Choice
from einvoice_desktop.ui.widgets.formats import clock, plural
from einvoice_desktop.ui.widgets.layouts import column, scrolled
from einvoice_desktop.ui.widgets.look import look
from einvoice_desktop.ui.widgets.rule_panel import Problem

_VERDICT_DELAY, _PREVIEW_DELAY, _SAVE_DELAY = 20, 200, 3000
"""Milliseconds after the last key; saving counts from the first one not yet kept. The verdict hardly waits: while one is
under way only the newest text is checked next, so that a fast hand never queues work."""


class EditorPage(Page):
    """One document being typed."""

    def __init__(self, services: Services, tools: Tools) -> None:
        super().__init__()
        self._presenter = EditorPresenter(services)
        self._tools = tools
        self._draft: Draft | None = None
        self._initial = DraftForm()
        self._is_new = self._is_dirty = self._shows_all = False
        self._context: ComposeContext | None = None
        self._composition: Composition | None = None
        self._official: tuple[Finding, ...] = ()
        self._verdict: DraftVerdict | None = None
        self._visited: set[str] = set()
        self._saved_at = ""
        background = tools.background
        self._checks: Latest[DraftVerdict] = Latest(background)
        self._previews: Latest[bytes | None] = Latest(background)
        self._searches: Latest[tuple[BuyerRow, ...]] = Latest(background)
        self._contexts: Latest[ComposeContext] = Latest(background)
        self._issuing = Issuing(self._presenter, tools, self)
        self._issuing.busy_changed.connect(self._show_issuing)
        self._issuing.refused.connect(self._refuse)
        self._issuing.not_checked.connect(self._not_checked)
        self._issuing.issued.connect(self._issued)
        self._make_timers()
        self._make_commands()
        self._build()

    # -- making --------------------------------------------------------------------------------------------------

    def _make_timers(self) -> None:
        self._verdict_timer = self._timer(_VERDICT_DELAY, self._check)
        self._preview_timer = self._timer(_PREVIEW_DELAY, self._preview)
        self._save_timer = self._timer(_SAVE_DELAY, self.save)

    def _timer(self, delay: int, run: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay)
        timer.timeout.connect(run)
        return timer

    def _make_commands(self) -> None:
        self._save_action = self.command("Enregistrer", self.save_now, keys="Ctrl+S", tip="Garder le brouillon")
        self._issue_action = self.command(
            "Émettre et envoyer",
            self._ask_issue,
            keys="Ctrl+Return",
            tip="Voir le récapitulatif, puis prendre le numéro, figer et envoyer",
        )
        self._issue_action.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        self.command("Émettre et envoyer sans s’arrêter", self._ask_issue_and_send, keys="Ctrl+Shift+Return")
        self.command("Point suivant à corriger", self._next_problem, keys="F8")
        self.command("Point précédent à corriger", self._previous_problem, keys="Shift+F8")
        self._duplicate_action = self.command("Dupliquer", self._duplicate, keys="Ctrl+D", icon="copy")
        self._delete_action = self.command("Supprimer le brouillon", self._delete, icon="trash")

    def _build(self) -> None:
        self.sheet = InvoiceSheet()
        self.panel = ContextPanel()
        self.bar = BottomBar(self._save_action, self._issue_action)
        self._left = QWidget()
        area = scrolled(self.sheet)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left = column(area, self.bar, gap="m", of=self._left)
        edge = look().ems(1.4)
        left.setContentsMargins(edge, edge, edge, edge)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self._left)
        self.splitter.addWidget(self.panel)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 13)
        self.splitter.setStretchFactor(1, 7)
        self.splitter.setSizes([650, 350])
        column(self.splitter, gap="", of=self)
        self._left.setEnabled(False)
        sheet = self.sheet
        sheet.edited.connect(self._edited)
        sheet.buyer_searched.connect(self._search)
        sheet.buyer_chosen.connect(self._choose_buyer)
        sheet.buyer_creation_asked.connect(self._create_buyer)
        sheet.visited.connect(self._left_field)
        sheet.explanation_asked.connect(self._explain)
        self.panel.preview_wanted.connect(self._preview)
        self.panel.rules.go_asked.connect(self._go_to_problem)
        self.panel.rules.cure_asked.connect(self._cure)
        self.bar.why_asked.connect(self._why)

    # -- the page in the window ----------------------------------------------------------------------------------

    def header(self) -> Header:
        """Title, state of the draft, quiet actions."""
        type_code = self._draft.form.type_code if self._draft else "380"
        is_credit = type_code in CREDIT_NOTE_TYPES
        state = f"Brouillon · enregistré à {self._saved_at}" if self._saved_at else "Brouillon"
        return Header(
            title=TITLES.get(type_code, "Nouveau document"),
            parent=("Avoirs" if is_credit else "Factures", "invoices"),
            pill=("Brouillon · modifié" if self._is_dirty else state, "neutral"),
            actions=(self._duplicate_action, self._delete_action),
            has_search=False,
        )

    def open(self, argument: str) -> None:
        """Show a draft; the one on show is only read again (its customer may have changed)."""
        if self._draft is not None and argument == self._draft.id:
            self._reload_context()
            return
        self._stop()
        self._draft = None
        self._left.setEnabled(False)
        company = self._tools.company_id()
        self._tools.background.run(
            lambda: self._presenter.open(company, argument),
            success=self._opened,
            failure=self._not_opened,
            lane=Lane.WRITE,
        )

    def may_be_made_again(self) -> bool:
        """Not while a draft is open in it: what can be undone would be lost."""
        return self._draft is None

    def leave(self) -> None:
        """Keep what was typed; a new draft in which nothing was typed is forgotten."""
        if self._draft is None or self._issuing.is_busy:
            return
        draft, form = self._draft, self.sheet.form()
        if self._is_new and is_untouched(form, self._initial):
            self._stop()
            self._draft = None
            self._tools.background.run(
                lambda: self._presenter.delete(draft.id), success=self._announce_drafts, lane=Lane.WRITE
            )
        elif self._is_dirty:
            self.save()

    def _stop(self) -> None:
        for timer in (self._verdict_timer, self._preview_timer, self._save_timer):
            timer.stop()
        for latest in (self._checks, self._previews, self._contexts):
            latest.cancel()

    def _opened(self, opened: Opened) -> None:
        self._draft, self._context = opened.draft, opened.context
        self._is_new, self._is_dirty, self._shows_all = opened.is_new, False, False
        self._initial = opened.draft.form
        self._official, self._verdict = (), None
        self._visited.clear()
        self._saved_at = "" if opened.is_new else clock(opened.draft.updated_at)
        self._left.setEnabled(True)
        self.sheet.load(opened.draft.form, opened.context)
        self.header_changed.emit()
        self._compose()
        self._check()
        self._preview()
        if opened.context.buyer is None:
            self.sheet.focus_place("buyer_id")
        else:
            self.sheet.focus_place("lines.0.name")

    def _not_opened(self, error: Exception) -> None:
        self._tools.dialogs.error(error)
        self.navigate.emit("invoices", "")

    # -- at each key ---------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        if self._draft is None or self._issuing.is_busy:
            return
        if not self._is_dirty:
            self._is_dirty = True
            self.header_changed.emit()
        if not self._save_timer.isActive():
            self._save_timer.start()
        self._compose()
        self._verdict_timer.start()
        self._preview_timer.start()

    def _compose(self) -> None:
        if self._context is None:
            return
        form = self.sheet.form()
        self._composition = compose(form, self._context)
        self.sheet.show_composition(self._composition, form.currency)
        self._show_at_fields(form)

    def _show_at_fields(self, form: DraftForm) -> None:
        if self._composition is None:
            return
        shown = shown_at_field(
            merge(self._composition.findings, self._official),
            form,
            visited=frozenset(self._visited),
            current_row=self.sheet.lines.current_row,
            shows_all=self._shows_all,
        )
        self.sheet.show_findings(self._composition, shown)

    def _left_field(self, place: str) -> None:
        if place not in self._visited:
            self._visited.add(place)
            self._show_at_fields(self.sheet.form())

    # -- verdict and preview -------------------------------------------------------------------------------------

    def _check(self) -> None:
        if self._context is None or self._draft is None:
            return
        context, form = self._context, self.sheet.form()
        self._checks.run(lambda: self._presenter.check(context, form), self._checked)

    def _checked(self, verdict: DraftVerdict) -> None:
        if self._draft is None or self._composition is None:
            return
        self._verdict = verdict
        ours = verdict.composition.findings
        self._official = tuple(f for f in verdict.findings if f not in ours)
        self.panel.show_verdict(panel_words(verdict))
        self.bar.show_lights(light_words(verdict))
        self.bar.issue.setEnabled(not any(f.is_blocking for f in verdict.findings) and not self._issuing.is_busy)
        self._show_at_fields(self.sheet.form())

    def _preview(self) -> None:
        if self._context is None or self._draft is None or not self.panel.shows_preview:
            return
        context, form = self._context, self.sheet.form()
        self._previews.run(lambda: self._presenter.preview(context, form), self._previewed)

    def _previewed(self, content: bytes | None) -> None:
        if self._draft is None:
            return
        if content is None:
            self.panel.preview.show_message("La page apparaîtra ici dès qu’il y aura un client et une ligne.")
        else:
            self.panel.preview.show_bytes(content)

    # -- customers -----------------------------------------------------------------------------------------------

    def _search(self, text: str) -> None:
        company = self._tools.company_id()
        self._searches.run(lambda: self._presenter.buyers(company, text), self._found)

    def _found(self, rows: tuple[BuyerRow, ...]) -> None:
        self.sheet.offer_buyers([Choice(r.id, r.name, buyer_quiet(r.siren, r.siret, r.city)) for r in rows])

    def _choose_buyer(self, _buyer_id: str) -> None:
        self._edited()
        self._reload_context()

    def _reload_context(self) -> None:
        if self._draft is None:
            return
        company_id, form = self._draft.company_id, self.sheet.form()
        self._contexts.run(lambda: self._presenter.context(company_id, form), self._context_loaded)

    def _context_loaded(self, context: ComposeContext) -> None:
        if self._draft is None:
            return
        self._context = context
        self.sheet.show_context(context)
        self._official = ()
        self._compose()
        self._check()
        self._preview_timer.start()

    def _create_buyer(self, name: str) -> None:
        if self._draft is None:
            return
        form = NewBuyerSheet(self._presenter.new_buyer(self._draft.company_id, name))
        if not self._tools.dialogs.show(form):
            return
        buyer = form.buyer
        self._tools.background.run(
            lambda: self._presenter.create_buyer(buyer), success=self._buyer_created, lane=Lane.WRITE
        )

    def _buyer_created(self, buyer: Buyer) -> None:
        self._tools.bridge.announce("buyers")
        self.sheet.buyer.set_current(Choice(buyer.id, buyer.name, buyer_quiet(buyer.siren, "", buyer.address.city)))
        self._choose_buyer(buyer.id)
        self.sheet.focus_place("lines.0.name")

    # -- saving --------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep the draft in the background."""
        if self._draft is None or self._issuing.is_busy:
            return
        self._save_timer.stop()
        self._is_dirty = False
        draft_id, form = self._draft.id, self.sheet.form()
        self._tools.background.run(
            lambda: self._presenter.save(draft_id, form), success=self._saved, failure=self._not_saved, lane=Lane.WRITE
        )

    def save_now(self) -> None:
        """Keep the draft because the user asked for it."""
        if self._draft is not None:
            self._is_new = False
            self.save()

    def _saved(self, draft: Draft) -> None:
        self._announce_drafts(None)
        if self._draft is not None and draft.id == self._draft.id:
            self._saved_at = clock(draft.updated_at)
            self.header_changed.emit()

    def _not_saved(self, error: Exception) -> None:
        self._is_dirty = True
        self.header_changed.emit()
        self._tools.dialogs.error(error)

    def _announce_drafts(self, _result: object) -> None:
        self._tools.bridge.announce("drafts")

    def _duplicate(self) -> None:
        if self._draft is None:
            return
        draft_id, form = self._draft.id, self.sheet.form()
        self._is_dirty = False
        self._tools.background.run(
            lambda: self._presenter.duplicate(draft_id, form), success=self._duplicated, lane=Lane.WRITE
        )

    def _duplicated(self, draft: Draft) -> None:
        self._announce_drafts(None)
        self._tools.dialogs.tell("Brouillon dupliqué : vous travaillez sur la copie.", "info")
        self.open(draft.id)

    def _delete(self) -> None:
        if self._draft is None:
            return
        words = "Ce qui est saisi sera perdu. Aucun numéro n’a été pris."
        if self._tools.dialogs.confirm("Supprimer ce brouillon ?", words, "Supprimer", is_destructive=True):
            draft_id = self._draft.id
            self._stop()
            self._draft = None
            self._tools.background.run(lambda: self._presenter.delete(draft_id), success=self._deleted, lane=Lane.WRITE)

    def _deleted(self, _result: None) -> None:
        self._announce_drafts(None)
        self.navigate.emit("invoices", "")

    # -- problems ------------------------------------------------------------------------------------------------

    def _next_problem(self) -> None:
        self._to_problem(1)

    def _previous_problem(self) -> None:
        self._to_problem(-1)

    def _to_problem(self, step: int) -> None:
        if self._composition is None:
            return
        self._shows_all = True
        self._show_at_fields(self.sheet.form())
        places = problem_places(merge(self._composition.findings, self._official))
        place = next_place(places, self.sheet.current_place(), step)
        if place:
            self.sheet.focus_place(place)
        else:
            self._tools.dialogs.tell("Rien à corriger.", "success")

    def _go_to_problem(self, problem: Problem) -> None:
        if problem.place.startswith("seller"):
            self.navigate.emit("settings", "company")
            return
        self._shows_all = True
        self._show_at_fields(self.sheet.form())
        self.sheet.focus_place(problem.place)

    def _cure(self, problem: Problem) -> None:
        if self._context is None or problem.cure is None:
            return
        form = mended(self.sheet.form(), problem.place, problem.cure)
        self.sheet.load(form, self._context)
        self._edited()
        self.sheet.focus_place(problem.place)

    def _why(self, light: str) -> None:
        if light == "pdf":
            self.panel.show_preview()
        elif light == "address" and not self.sheet.buyer.current.key:
            self.sheet.focus_place("buyer_id")
        elif light == "address" and self._verdict is not None and self._verdict.lights.address.reason:
            self._tools.dialogs.tell(sentence(Finding(self._verdict.lights.address.reason)), "warning")
        else:
            self.panel.show_rules()

    def _explain(self) -> None:
        if self._composition is not None and self._composition.totals is not None:
            self._tools.dialogs.show(CentsSheet(self._composition))

    # -- issuing -------------------------------------------------------------------------------------------------

    def _ask_issue(self) -> None:
        self._start_issue(is_ready=False)

    def _ask_issue_and_send(self) -> None:
        self._start_issue(is_ready=True)

    def _start_issue(self, *, is_ready: bool) -> None:
        if self._draft is None or self._issuing.is_busy or self._composition is None:
            return
        blocking = [f for f in merge(self._composition.findings, self._official) if f.is_blocking]
        if blocking:
            self._refuse(len(blocking))
            return
        self._save_timer.stop()
        self._is_dirty = False
        self._issuing.start(self._draft, self.sheet.form(), is_ready=is_ready)

    def _refuse(self, count: int) -> None:
        one, many = "{n} point reste à corriger avant d’émettre.", "{n} points restent à corriger avant d’émettre."
        self._tools.dialogs.tell(plural(count, one, many), "warning")
        self._check()
        self.panel.show_rules()
        self._to_problem(1)

    def _not_checked(self) -> None:
        self._check()
        self.panel.show_rules()
        words = "Les règles officielles n’ont pas répondu : rien n’a été émis. Réessayez dans quelques secondes."
        self._tools.dialogs.tell(words, "warning")

    def _show_issuing(self, is_issuing: bool) -> None:  # noqa: FBT001 - a signal's value
        self._left.setEnabled(not is_issuing)
        self.setCursor(Qt.CursorShape.BusyCursor if is_issuing else Qt.CursorShape.ArrowCursor)
        if not is_issuing:
            self._check()

    def _issued(self, document: IssuedDocument, is_sent: bool) -> None:  # noqa: FBT001 - a signal's value
        self._stop()
        self._draft = None
        number = document.summary.number
        end = "part vers la plateforme." if is_sent else "n’est pas encore envoyée."
        self._tools.bridge.announce("drafts")
        self._tools.bridge.announce("documents")
        self._tools.dialogs.tell(f"{number} est émise et {end}", "success")
        self.navigate.emit("document", document.id)
