"""What a supervising body watches: running cases by deadline, alarms, urgings, papers that wait for the head."""
