"""Rows to frozen records of the domain and back, by hand: columns are named as the fields are."""
