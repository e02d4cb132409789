"""The rows of an audit by SQL: the same plan that one patient is read through, over the tables of a population."""
