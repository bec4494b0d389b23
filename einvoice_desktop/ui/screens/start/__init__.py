"""The first minutes: a new company in four steps, or the demonstration."""
