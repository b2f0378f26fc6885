"""From the complaint to its acceptance: the tourist lodges, the supervising body triages and serves."""
