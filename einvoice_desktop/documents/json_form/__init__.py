"""The EN 16931-style JSON form of a document: what can be imported, exported and sent as a draft.

Names are those of the Seqino draft where it has one (``invoice_lines``, ``document_totals``…) and plain snake_case for
what it lacks; :mod:`.names` lists them with the attribute of the domain each fills. Beyond EN 16931, a line may carry
``purchase_order_reference``, ``despatch_advice_reference``, ``delivery``, ``preceding_invoice`` (``number``,
``issue_date``, ``type_code``), ``parent_line_id`` and ``line_status``, and the document ``third_parties`` (``role``:
``buyer_agent``, ``payer``, ``seller_agent``, ``invoicee`` or ``invoicer``, and ``party``). Amounts are written as text, never as binary floats, and both are read.
"""

from einvoice_desktop.documents.json_form.reader import read_invoice
from einvoice_desktop.documents.json_form.writer import write_invoice

__all__ = ["read_invoice", "write_invoice"]
