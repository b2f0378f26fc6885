"""The page kit: the door to every page, the forms, the parts of a page, the stream, the error pages.

Only this package reads who is signed in; slices ask it, and everything below is told.
"""
