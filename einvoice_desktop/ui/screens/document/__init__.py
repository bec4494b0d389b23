"""An issued document: the exact bytes that were frozen, and what has happened to them since."""
