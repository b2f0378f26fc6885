"""Figures of supervising bodies: what each counts, how it is read from a case, added up and counted again."""
