"""The editor: typing on the left, the page and the official verdict on the right, issuing at the bottom."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QSplitter, QWidget

from einvoice_desktop.domain.compose import ComposeContext
from einvoice_desktop.domain.draft import DraftForm
from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.domain.parties import Buyer
from einvoice_desktop.ports.unit_of_work import IssuedDocument
from einvoice_desktop.services.catalogue import Services
from einvoice_desktop.services.check_draft import DraftVerdict
from einvoice_desktop.ui.errors import sentence
from einvoice_desktop.ui.page import Header, Page, Tools
from einvoice_desktop.ui.screens.editor.bottom_bar import BottomBar
from einvoice_desktop.ui.screens.editor.cents import CentsSheet
from einvoice_desktop.ui.screens.editor.checking import Checking
from einvoice_desktop.ui.screens.editor.context_panel import ContextPanel
from einvoice_desktop.ui.screens.editor.customers import Customers
from einvoice_desktop.ui.screens.editor.deals import Deals
from einvoice_desktop.ui.screens.editor.files import Files
from einvoice_desktop.ui.screens.editor.issuing import Issuing
from einvoice_desktop.ui.screens.editor.keeping import Keeping
from einvoice_desktop.ui.screens.editor.kinds import kind_of, may_change_kind, title_of
from einvoice_desktop.ui.screens.editor.presenter import EditorPresenter, Opened
from einvoice_desktop.ui.screens.editor.problems import Problems
from einvoice_desktop.ui.screens.editor.sections.attachments import AttachmentsSection
from einvoice_desktop.ui.screens.editor.sections.folds import titles
from einvoice_desktop.ui.screens.editor.sections.presentation import PresentationSection
from einvoice_desktop.ui.screens.editor.sections.section import Section
from einvoice_desktop.ui.screens.editor.sheet import InvoiceSheet
from einvoice_desktop.ui.screens.editor.why_no_vat import WhyNoVatSheet, circumstances_of
from einvoice_desktop.ui.screens.editor.words import buyer_quiet, light_words, panel_words, pdf_words
from einvoice_desktop.ui.widgets.combo import Choice
from einvoice_desktop.ui.widgets.formats import plural
from einvoice_desktop.ui.widgets.layouts import column, scrolled
from einvoice_desktop.ui.widgets.look import look


class EditorPage(Page):
    """One document being typed."""

    def __init__(self, services: Services, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        presenter = EditorPresenter(services)
        self.sheet, self.panel = InvoiceSheet(), ContextPanel()
        form = self.sheet.form
        self.keeping = Keeping(presenter, tools, form, self)
        self.checking = Checking(presenter, tools.background, form, lambda: self.panel.shows_preview, self)
        self._customers = Customers(presenter, tools, form, self)
        self._problems = Problems(self.sheet, self.checking, tools, self)
        self._issuing = Issuing(presenter, tools, self)
        self._files = Files(presenter, tools, self.keeping, self)
        self._deals = Deals(presenter, tools, self.keeping, self)
        self._presenter = presenter
        self._make_commands()
        self._build()
        self._connect()

    # -- making --------------------------------------------------------------------------------------------------

    def _make_commands(self) -> None:
        self._save_action = self.command("Enregistrer", self._save_now, keys="Ctrl+S", tip="Garder le brouillon")
        self._issue_action = self.command(
            "Émettre et envoyer",
            self._ask_issue,
            keys="Ctrl+Return",
            tip="Voir le récapitulatif, puis prendre le numéro, figer et envoyer",
        )
        self._issue_action.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        self.command("Émettre et envoyer sans s’arrêter", self._ask_issue_and_send, keys="Ctrl+Shift+Return")
        self.command("Point suivant à corriger", self._problems.next, keys="F8")
        self.command("Point précédent à corriger", self._problems.previous, keys="Shift+F8")
        self._duplicate_action = self.command("Dupliquer", self.keeping.duplicate, keys="Ctrl+D", icon="copy")
        self._delete_action = self.command("Supprimer le brouillon", self.keeping.delete, icon="trash")
        self.command(
            "Détails de la ligne", self.sheet.lines.toggle_current, keys="F4", tip="Période, codes, frais, références…"
        )
        self.command("Changer de type de document…", self.sheet.head.kind.open_menu, icon="invoice")
        self.command(
            "Pourquoi n’y a-t-il pas de TVA ?",
            self._ask_why_for_row,
            tip="Trouver la bonne raison en quelques questions",
        )
        for key, title, tip in titles():
            self.command(f"{title}…", partial(self.sheet.open_part, key), tip=tip, icon="plus")

    def _build(self) -> None:
        self.bar = BottomBar(self._save_action, self._issue_action)
        self._left = QWidget()
        self._area = scrolled(self.sheet)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left = column(self._area, self.bar, gap="m", of=self._left)
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

    def _connect(self) -> None:
        sheet, keeping, checking = self.sheet, self.keeping, self.checking
        sheet.edited.connect(self._edited)
        sheet.kind_chosen.connect(self._choose_kind)
        sheet.buyer_searched.connect(self._customers.search)
        sheet.buyer_chosen.connect(self._choose_buyer)
        sheet.buyer_creation_asked.connect(self._create_buyer)
        sheet.visited.connect(self._problems.left)
        sheet.explanation_asked.connect(self._explain)
        sheet.seen_wanted.connect(self._scroll_to)
        sheet.story.further_asked.connect(self._deals.further)
        sheet.story.balance_asked.connect(self._deals.balance)
        self._deals.told.connect(sheet.story.show_story)
        self._deals.made.connect(self._go_on_with)
        sheet.part_made.connect(self._serve_part)
        self._files.kept.connect(checking.take_file)
        sheet.why_no_vat_asked.connect(self._ask_why_no_vat)
        keeping.opened.connect(self._opened)
        keeping.failed.connect(self._to_list)
        keeping.deleted.connect(self._to_list)
        keeping.state_changed.connect(self.header_changed)
        checking.composed.connect(self._composed)
        checking.judged.connect(self._judged)
        checking.drawn.connect(self._drawn)
        self._customers.found.connect(sheet.offer_buyers)
        self._customers.created.connect(self._buyer_created)
        self._customers.context_read.connect(self._context_read)
        self._problems.mended.connect(self._mended)
        self._problems.company_asked.connect(self._to_company)
        self._issuing.busy_changed.connect(self._show_issuing)
        self._issuing.refused.connect(self._refuse)
        self._issuing.not_checked.connect(self._not_checked)
        self._issuing.issued.connect(self._issued)
        self.panel.preview_wanted.connect(checking.draw)
        self.panel.rules.go_asked.connect(self._problems.go_to)
        self.panel.rules.cure_asked.connect(self._problems.cure)
        self.panel.rules.help_asked.connect(self._problems.explain)
        self.bar.why_asked.connect(self._why)

    # -- the page in the window ----------------------------------------------------------------------------------

    def header(self) -> Header:
        """Title, state of the draft, quiet actions."""
        form = replace(self.sheet.form(), lines=()) if self.keeping.draft else DraftForm()
        return Header(
            title=title_of(form),
            parent=("Avoirs" if kind_of(form.type_code).is_credit else "Factures", "invoices"),
            pill=(self.keeping.words, "neutral"),
            actions=(self._duplicate_action, self._delete_action),
            has_search=False,
        )

    def open(self, argument: str) -> None:
        """Show a draft; the one on show is only read again (its customer may have changed)."""
        if self.keeping.draft is not None and argument == self.keeping.draft.id:
            self._read_context()
            return
        self._stop()
        self._left.setEnabled(False)
        self.keeping.open(argument)

    def may_be_made_again(self) -> bool:
        """Not while a draft is open in it: what can be undone would be lost."""
        return self.keeping.draft is None

    def close_panel(self) -> bool:
        """Échap puts away the details of a line, or folds the part one is in, before it leaves the document."""
        return self.sheet.close_open()

    def leave(self) -> None:
        """Keep what was typed; a new draft in which nothing was typed is forgotten."""
        if not self._issuing.is_busy and self.keeping.leave():
            self._stop()

    def _stop(self) -> None:
        self.checking.stop()
        self._customers.forget()
        self._deals.forget()

    def _opened(self, opened: Opened) -> None:
        self._problems.begin()
        self._left.setEnabled(True)
        self.sheet.load(opened.draft.form, opened.context)
        self.header_changed.emit()
        self.checking.begin(opened.context)
        self._deals.read(opened.draft.form)
        self.sheet.focus_place("buyer_id" if opened.context.buyer is None else "lines.0.name")

    def _to_list(self) -> None:
        self._stop()
        self.navigate.emit("invoices", "")

    def _to_company(self) -> None:
        self.navigate.emit("settings", "company")

    def _scroll_to(self, part: QWidget) -> None:
        QTimer.singleShot(0, part, lambda: self._area.ensureWidgetVisible(part, 0, look().gap.l))

    def _serve_part(self, _key: str, section: Section) -> None:
        if isinstance(section, AttachmentsSection):
            self._files.serve(section)
        elif isinstance(section, PresentationSection):
            company = self._tools.company_id()
            self._tools.background.run(lambda: self._presenter.templates(company), success=section.offer_templates)

    def _go_on_with(self, draft_id: str) -> None:
        """Another draft was made of this one's deal: nothing typed here is lost, a blank one is forgotten."""
        self.keeping.leave()
        self._tools.bridge.announce("drafts")
        self.open(draft_id)

    # -- at each key ---------------------------------------------------------------------------------------------

    @property
    def _is_idle(self) -> bool:
        return self.keeping.draft is None or self._issuing.is_busy

    def _edited(self) -> None:
        if not self._is_idle:
            self.keeping.touch()
            self.checking.follow()

    def _composed(self) -> None:
        if self.checking.composition is not None:
            self.sheet.show_composition(self.checking.composition, self.sheet.form())
            self._problems.show()

    def _judged(self, verdict: DraftVerdict) -> None:
        self.panel.show_verdict(panel_words(verdict))
        self.bar.show_lights(light_words(verdict))
        self.bar.issue.setEnabled(not any(f.is_blocking for f in verdict.findings) and not self._issuing.is_busy)
        self._problems.show()

    def _drawn(self, content: bytes | None) -> None:
        if content is None:
            self.panel.preview.show_message("La page apparaîtra ici dès qu’il y aura un client et une ligne.")
        else:
            self.panel.preview.show_bytes(content)

    def _mended(self, form: DraftForm, place: str) -> None:
        if self.checking.context is not None:
            self.sheet.load(form, self.checking.context, is_fresh=False)
            self._edited()
            self.sheet.focus_place(place)

    # -- kind and customer ---------------------------------------------------------------------------------------

    def _choose_kind(self, code: str) -> None:
        if self._is_idle or not may_change_kind(self.sheet.form()):
            return
        self.sheet.change(type_code=code)
        self._edited()
        self.header_changed.emit()
        self._read_context()

    def _choose_buyer(self, _buyer_id: str) -> None:
        self._edited()
        self._read_context()

    def _read_context(self) -> None:
        if self.keeping.draft is not None:
            self._customers.read_context(self.keeping.draft.company_id)

    def _context_read(self, context: ComposeContext) -> None:
        if self.keeping.draft is not None:
            self.sheet.show_context(context)
            self.checking.begin(context)
            self._deals.read(self.sheet.form())

    def _create_buyer(self, name: str) -> None:
        if self.keeping.draft is not None:
            self._customers.create(self.keeping.draft.company_id, name)

    def _buyer_created(self, buyer: Buyer) -> None:
        quiet = buyer_quiet(buyer.siren, "", buyer.address.city)
        self.sheet.head.buyer.set_current(Choice(buyer.id, buyer.name, quiet))
        self._choose_buyer(buyer.id)
        self.sheet.focus_place("lines.0.name")

    def _save_now(self) -> None:
        if not self._is_idle:
            self.keeping.save_now()

    # -- why -----------------------------------------------------------------------------------------------------

    def _why(self, light: str) -> None:
        verdict = self.checking.verdict
        if light == "pdf":
            self._why_pdf(verdict)
        elif light == "address" and not self.sheet.head.buyer.current.key:
            self.sheet.focus_place("buyer_id")
        elif light == "address" and verdict is not None and verdict.lights.address.reason:
            self._tools.dialogs.tell(sentence(Finding(verdict.lights.address.reason)), "warning")
        else:
            self.panel.show_rules()

    def _why_pdf(self, verdict: DraftVerdict | None) -> None:
        """Green and pending: the page itself; red: what is wrong; amber: why nothing is proven."""
        state = verdict.lights.pdf if verdict is not None else None
        if state is not None and state.state == "red":
            self.panel.show_rules()
        elif state is not None and state.state == "amber":
            self._tools.dialogs.tell(pdf_words(state), "warning")
        else:
            self.panel.show_preview()

    def _explain(self) -> None:
        composition = self.checking.composition
        if composition is not None and composition.totals is not None:
            self._tools.dialogs.show(CentsSheet(composition))

    def _ask_why_for_row(self) -> None:
        self._ask_why_no_vat(self.sheet.lines.current_row)

    def _ask_why_no_vat(self, row: int) -> None:
        """``row``: the line to apply the answer to; −1, or the one that waits, for none in particular."""
        context = self.checking.context
        if self._is_idle or context is None:
            return
        form = self.sheet.form()
        has_line = 0 <= row < len(form.lines)
        questions = WhyNoVatSheet(circumstances_of(form, context), has_line=has_line)
        if self._tools.dialogs.show(questions) and questions.outcome is not None:
            rows = tuple(range(len(form.lines))) if questions.applies_to_all else (row,)
            self.sheet.apply_vat(rows, questions.outcome)

    # -- issuing -------------------------------------------------------------------------------------------------

    def _ask_issue(self) -> None:
        self._start_issue(is_ready=False)

    def _ask_issue_and_send(self) -> None:
        self._start_issue(is_ready=True)

    def _start_issue(self, *, is_ready: bool) -> None:
        draft = self.keeping.draft
        if draft is None or self._issuing.is_busy or self.checking.composition is None:
            return
        blocking = self.checking.blocking
        if blocking:
            self._refuse(len(blocking))
            return
        self.keeping.settle()
        self._issuing.start(draft, self.sheet.form(), is_ready=is_ready)

    def _refuse(self, count: int) -> None:
        one, many = "{n} point reste à corriger avant d’émettre.", "{n} points restent à corriger avant d’émettre."
        self._tools.dialogs.tell(plural(count, one, many), "warning")
        self.checking.check()
        self.panel.show_rules()
        self._problems.next()

    def _not_checked(self) -> None:
        self.checking.check()
        self.panel.show_rules()
        words = "Les règles officielles n’ont pas répondu : rien n’a été émis. Réessayez dans quelques secondes."
        self._tools.dialogs.tell(words, "warning")

    def _show_issuing(self, is_issuing: bool) -> None:  # noqa: FBT001 - a signal's value
        self._left.setEnabled(not is_issuing)
        self.setCursor(Qt.CursorShape.BusyCursor if is_issuing else Qt.CursorShape.ArrowCursor)
        if not is_issuing:
            self.checking.check()

    def _issued(self, document: IssuedDocument, is_sent: bool) -> None:  # noqa: FBT001 - a signal's value
        self._stop()
        self.keeping.release()
        number = document.summary.number
        end = "part vers la plateforme." if is_sent else "n’est pas encore envoyée."
        self._tools.bridge.announce("drafts")
        self._tools.bridge.announce("documents")
        self._tools.dialogs.tell(f"{number} est émise et {end}", "success")
        self.navigate.emit("document", document.id)
