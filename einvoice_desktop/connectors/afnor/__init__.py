"""The AFNOR XP Z12-013 dialect (Flow and Directory services, 1.3.0), as platforms really speak it."""

from einvoice_desktop.connectors.afnor.connector import AfnorPlatform

__all__ = ["AfnorPlatform"]
