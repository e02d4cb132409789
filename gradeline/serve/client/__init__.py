"""Reading other servers: only those that are allowed, at addresses that are allowed, within limits."""
