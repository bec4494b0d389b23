"""einvoice-desktop: compliant French e-invoices, offline first.

The house is described in ARCHITECTURE.md; ``bootstrap`` is the only module that knows every room.
"""

__version__ = "0.1.0"
