"""Sales: drafts and issued documents."""
