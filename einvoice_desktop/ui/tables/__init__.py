"""Lists of rows: a model that reads keyset pages in the background, the delegates that draw it, the view.

May import: ports (the page record), ui.background, ui.widgets.
"""
