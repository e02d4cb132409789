"""A guideline held against its own cases: do they come out as expected, and what of its logic do they reach?"""
