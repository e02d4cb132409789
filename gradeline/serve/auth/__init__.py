"""Who may call: tokens of record systems, and bearer tokens of those who read audits, feedback, metrics and FHIR."""
