"""What truly happens: people, their episodes, and what was done; and of each thing whether the record keeps it."""
