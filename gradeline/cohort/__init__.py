"""A synthetic cohort: what happens to people who do not exist, and what a Danish record would keep of it."""
