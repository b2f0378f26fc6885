"""The forms of this slice, one module a theme."""
