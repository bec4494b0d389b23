"""The matrix: hundreds of documents made through the services, judged outside the program."""
