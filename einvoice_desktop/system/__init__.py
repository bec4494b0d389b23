"""Disk, keyring, clock and logs of this computer.

May import: ports, domain, keyring, platformdirs, structlog.
"""
