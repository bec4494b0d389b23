"""Flat rows for lists: keyset pages, never an OFFSET, never a frozen byte."""
