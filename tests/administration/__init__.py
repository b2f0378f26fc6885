"""Tests of what administrators see to."""
