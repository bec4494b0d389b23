"""The terminal.

May import: services, ports, domain, typer, rich.
"""
