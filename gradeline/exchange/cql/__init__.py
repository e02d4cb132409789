"""A guideline as one CQL 1.5 library for FHIR 4.0.1, which other engines run to the same answers."""

from gradeline.exchange.cql.library import files, library

__all__ = ["files", "library"]
