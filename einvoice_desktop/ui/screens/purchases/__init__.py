"""What suppliers send: a zone to drop files on, the list, and each document beside its page."""
