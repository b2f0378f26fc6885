"""Every actor at every door, and a secret in every closed room."""
