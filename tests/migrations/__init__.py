"""Tests of the migrations: there, back and there again."""
