"""For other engines: a guideline as CQL and FHIR, written from the model and the plan."""
