"""Platforms over HTTP. They carry bytes; documents reads them.

May import: ports, domain, httpx, pydantic.
"""
