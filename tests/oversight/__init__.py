"""Tests of what a supervising body watches and does."""
