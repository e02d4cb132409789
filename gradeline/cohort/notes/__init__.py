"""What is written of a life: FHIR R4 resources as Danish systems shape them, and everything else of a record."""
