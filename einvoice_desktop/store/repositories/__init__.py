"""The collections of one unit of work, over one connection and its transaction."""
