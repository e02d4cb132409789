"""What it costs: `make bench` prints a table. Nothing here fails; machines differ."""
