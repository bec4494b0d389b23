"""The official verdict: XSD, EN 16931 and French rule files, run in one warm process of its own.

The rule engine (SaxonC) holds Python's global lock while it works and may abort the process it lives in, so it never
runs beside the window: :class:`RulesWorker` talks to a small child process over two pipes.
"""

from einvoice_desktop.documents.rules.engine import PendingCheck, RulesWorker

__all__ = ["PendingCheck", "RulesWorker"]
