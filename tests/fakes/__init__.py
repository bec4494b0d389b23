"""Fakes of the ports: they pass the same contract tests as the real things."""
