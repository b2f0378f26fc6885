"""What people do here, one module a theme."""
