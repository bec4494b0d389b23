"""XML, PDF and the official rules.

May import: ports, domain, resources, lxml, factur-x, pyfrctc, reportlab, saxonche.
"""
