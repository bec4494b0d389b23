"""The few walks through the whole program, real parts only."""
