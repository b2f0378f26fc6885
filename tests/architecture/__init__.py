"""The house rules, each kept by a test that refuses the opposite."""
