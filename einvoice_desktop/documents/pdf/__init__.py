"""The readable page of a document, and its PDF/A-3b file.

May import: ports, domain, :mod:`einvoice_desktop.documents.facturx`, reportlab, segno, Pillow, babel; ``proof`` also
the readers of documents, pypdf and lxml, and never what draws.
Amounts are those of the document: nothing is computed here but the carried-over sum of a long table.
"""

from einvoice_desktop.documents.pdf.maker import ReportlabPdf

__all__ = ["ReportlabPdf"]
