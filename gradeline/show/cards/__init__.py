"""Cards for a record system, in the shape of CDS Hooks 2.0: one for a patient, a few for orders being written."""
