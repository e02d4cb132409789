"""How a guideline comes in: the file's grammar, its reader, its critics and its cases."""
