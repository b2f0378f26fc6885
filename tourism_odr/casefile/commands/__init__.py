"""What people do with a case, one module a theme."""
