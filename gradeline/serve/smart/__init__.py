"""SMART App Launch 2.2: our patient page, opened from a record system, or by itself, with the patient chosen there."""
