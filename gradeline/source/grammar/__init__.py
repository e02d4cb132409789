"""The grammar of the guideline file: one table, from which its reader, its JSON Schema and its manual are made."""
