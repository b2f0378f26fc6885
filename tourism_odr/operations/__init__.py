"""What an operator does beside the pages: start, migrate, keep keys, back up, restore, look after health.

Nothing here knows the application; the command line hands it over.
"""
