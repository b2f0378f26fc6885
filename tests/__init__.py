"""Tests: the same tree as the package, and architecture, journeys and proofs beside it."""
