"""What the user can do, one module per intention; transactions begin and end here.

May import: ports, ledger, domain, the standard library.
"""
