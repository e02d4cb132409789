"""How a library reads FHIR: queries written from the table that our own reader reads."""
