"""Public pages that explain: what is kept, how mediation works, how usable the pages are, where to get help."""
