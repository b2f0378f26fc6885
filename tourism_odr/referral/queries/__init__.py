"""What the pages of this slice read, one module a theme."""
