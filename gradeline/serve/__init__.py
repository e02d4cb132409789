"""The process and its doors: pages, hooks, FHIR and launches, in one server without an account."""
