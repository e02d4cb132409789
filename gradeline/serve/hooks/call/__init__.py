"""A call of a hook as it comes in: read, and completed from what its FHIR server has."""
