"""Proofs under kills, races, hostile input and volume.

Each has a short form, which `make test` runs, and a whole one (`make proofs`); both do the same, to another extent.
"""
