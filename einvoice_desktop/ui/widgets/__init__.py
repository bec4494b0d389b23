"""Parts of the window that know values, not use cases: buttons, fields, pills, cards, charts.

May import: PySide6, babel.
"""
