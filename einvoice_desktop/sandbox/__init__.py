"""The practice platform: a real HTTP server on 127.0.0.1 that checks with the official rules and plays the other side.

May import: ports, domain, Starlette, uvicorn.
"""
