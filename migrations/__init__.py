"""One chain of changes to the database, numbered by hand, each with a way forward and a way back."""
