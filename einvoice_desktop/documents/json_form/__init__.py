"""The EN 16931-style JSON form of a document: what can be imported, exported and sent as a draft.

Names are those of the Seqino draft where it has one (``invoice_lines``, ``document_totals``…) and plain snake_case for
what it lacks. Amounts are written as text, never as binary floats, and both are read.
"""

from einvoice_desktop.documents.json_form.reader import read_invoice
from einvoice_desktop.documents.json_form.writer import write_invoice

__all__ = ["read_invoice", "write_invoice"]
