"""The fiscal register: what its chain says when anything was changed."""
