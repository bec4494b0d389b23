"""What to do now, whether the company is ready, what is owed and sold."""
