"""The practice platform over HTTP: AFNOR services, token service, console, and faults on demand. The one part that imports Starlette."""
