"""What happens meanwhile: one thread that empties the outbox and follows events.

May import: services, ports, ledger, domain, the standard library.
"""
