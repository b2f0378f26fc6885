"""What the pages of a supervising body read; every list goes through the audience condition."""
