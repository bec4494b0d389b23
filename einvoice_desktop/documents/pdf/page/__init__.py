"""What stands on the page of a document, block by block, in French.

May import: domain, :mod:`einvoice_desktop.documents.pdf.drawing`, babel.
"""
