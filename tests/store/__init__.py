"""The store, and the contract its fake shares."""
