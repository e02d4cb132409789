"""The SQL that reads lines of FHIR: what `mapping.py` says, written as SELECTs, and what only `fhir/` can decide."""
