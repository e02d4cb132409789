"""The signs and words in which grades are written: tables, and what reads them."""
