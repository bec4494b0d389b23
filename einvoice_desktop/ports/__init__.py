"""What the program needs from outside: protocols and plain records, with nobody behind them yet.

May import: ledger, domain, the standard library.
"""
