"""Disk, keyring, clock and logs of this computer.

May import: ports, domain, keyring, cryptography, platformdirs, structlog.
"""
