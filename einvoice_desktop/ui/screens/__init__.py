"""The screens: one folder each, none knows another.

May import: services, ports, domain, the plumbing of ui (background, bridge, dialogs, errors, page, tables, theme), widgets.

**The contract of a screen.** ``screens/<name>/page.py`` holds ``class <Name>Page(Page)`` (:class:`einvoice_desktop.ui.page.Page`),
made by the shell once, the first time it is asked for::

    def __init__(self, services: Services, tools: Tools) -> None:
        super().__init__()

- ``services``: the catalogue; every call goes through ``tools.background.run(lambda: services…, success=…, failure=…)``.
  ``lane=Lane.WRITE`` for what writes, ``Lane.NETWORK`` for what waits for a platform; default ``Lane.READ``.
  ``Latest(tools.background).run(work, success)`` where only the newest answer counts (verdict, preview, search).
- ``tools.bridge``: signals of what happened; after a write call ``tools.bridge.announce("drafts")`` (topics in its docstring).
  A page that shows data connects ``bridge.data_changed`` (a bound method) and reloads when it is visible.
- ``tools.dialogs``: ``tell(words, tone)``, ``confirm(…)``, ``show(Sheet)``, ``error(exception)``, ``choose_files``, ``save_file``.
  ``failure`` may be left out: the shell then shows the error itself.
- ``tools.company_id()``: the company shown.
- ``open(argument)`` is called every time the page is shown; ``leave()`` before another is; ``close_panel()`` on Échap.
- ``header()`` returns a :class:`Header`; emit ``header_changed`` when it would differ. Actions are made by
  ``self.command(text, run, keys=…, tip=…, icon=…)``: shortcut while the page is shown, palette and F1 list for free.
- ``navigate.emit(screen, argument)`` asks the shell for another screen. Names and arguments:

  ``home`` · ``invoices`` (``""``, ``draft``, ``to_send``, ``unpaid``, ``rejected``, ``credit_note``) · ``editor`` (draft
  identifier; ``new:380``, ``new:381`` for a new one, ``new:380:<buyer id>`` for a customer) · ``document`` (issued
  document) · ``purchases`` (received document or empty; has ``import_files(paths)``) · ``buyers`` (buyer identifier,
  ``new``, ``new:<name>``) · ``outbox`` · ``register`` · ``settings`` (``company``, ``platform``, ``appearance``) ·
  ``back`` (the screen shown before).

What a page computes without widgets lives in ``presenter.py`` beside it and is tested without Qt.
Colours, gaps and icons come from ``look()`` (:mod:`einvoice_desktop.ui.widgets.look`) at the moment of painting: ``look().gap.m``,
``look().ems(2.5)``, ``look().colour("danger")``, ``look().icon("check", "success")``; text styles by ``Label(text, role)``. No
``setStyleSheet``: what is missing goes into ``theme/stylesheet.py``.
"""
