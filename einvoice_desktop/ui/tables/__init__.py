"""Lists of rows: a model that reads keyset pages in the background, the delegate that draws it, the view.

May import: ports (the page record), ui.background, ui.widgets.
"""

from einvoice_desktop.ui.tables.model import Column, PagedModel
from einvoice_desktop.ui.tables.view import RowDelegate, Table, TablePanel

__all__ = ["Column", "PagedModel", "RowDelegate", "Table", "TablePanel"]
