"""What a document seldom needs, one module for each thing a user would name; folded until it is asked for."""
