"""Guidelines as FHIR R4: their definitions to read, and `$apply` to run them on a patient."""
