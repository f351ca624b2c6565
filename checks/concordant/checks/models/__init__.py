"""Models that are no systems of processes: what their variables and actions mean, and how they are explored."""
