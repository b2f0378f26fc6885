"""Where a dispute goes when it is not settled here: the ways that stay open, and what to take along.

The court's side (filing, registration, return) joins this slice.
"""
