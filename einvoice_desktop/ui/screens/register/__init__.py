"""The fiscal register and its verification."""
