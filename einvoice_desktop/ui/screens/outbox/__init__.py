"""The sending desk: what waits, what left, what came back."""
