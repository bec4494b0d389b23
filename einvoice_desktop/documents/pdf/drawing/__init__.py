"""Pages as PDF: faces, colours, lines of text, blocks, pictures, the PDF/A file. Knows nothing of invoices.

May import: reportlab, segno, Pillow.
"""
