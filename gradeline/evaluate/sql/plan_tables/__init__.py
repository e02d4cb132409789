"""A plan as small tables, which the SQL reads beside the facts."""
