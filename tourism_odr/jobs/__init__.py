"""Clocks, notices, documents."""
