"""The revisions. A released one is never edited."""
