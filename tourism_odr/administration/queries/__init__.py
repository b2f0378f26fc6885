"""What the administrator's pages read; nothing of it lies in a case."""
