"""What a document is: parties, lines, VAT, totals, numbers and the life cycle, as frozen values.

May import: the standard library and python-stdnum. No clock, network, disk, Qt, SQL or XML.
"""
