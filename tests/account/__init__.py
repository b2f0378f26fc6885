"""Tests of the doors: sign-in, invitations, links, sessions."""
