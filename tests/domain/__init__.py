"""The domain: what a document is."""
