"""What is kept: which card was shown for what, and what became of it; no patient, but a keyed hash."""
