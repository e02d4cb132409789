"""What every request and answer goes through: limits, guards, errors, safety, packing."""
