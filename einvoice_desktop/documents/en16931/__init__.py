"""The EN 16931 semantic model over two syntaxes: domain invoice -> business terms -> XML, and XML -> domain invoice.

Writing goes through the BT/BG dictionary of factur-x (:mod:`.terms`, :mod:`.generation`); reading goes through a
table "business term -> XPath" per syntax (``documents.cii``, ``documents.ubl``) and one assembly for both.
"""
