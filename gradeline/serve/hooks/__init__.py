"""CDS Hooks 2.0.1: what we offer, what we want to read, the answers, and what becomes of them."""
