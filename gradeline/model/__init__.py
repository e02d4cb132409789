"""What a guideline says: frozen dataclasses that hold meaning only, no SQL, no FHIR, no printing."""
