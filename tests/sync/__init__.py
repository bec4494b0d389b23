"""The synchronisation, on fakes."""
