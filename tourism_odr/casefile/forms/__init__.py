"""What people fill in about a case, one module a theme."""
