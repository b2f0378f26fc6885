"""One-stop service for tourism disputes: complaint, mediation, agreement, and what follows."""
