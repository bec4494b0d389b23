"""Company, platform, appearance."""
