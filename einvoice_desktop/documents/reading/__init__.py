"""Reading what comes from outside: told by content, bounded in size, depth and time, never resolving an entity."""

from einvoice_desktop.documents.reading.reader import DocumentReader

__all__ = ["DocumentReader"]
