"""The window (Qt).

May import: services, ports, domain, PySide6.
"""
