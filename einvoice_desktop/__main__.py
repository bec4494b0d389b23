"""Starts the program: ``python -m einvoice_desktop``."""

from einvoice_desktop.bootstrap import main

if __name__ == "__main__":
    raise SystemExit(main())
