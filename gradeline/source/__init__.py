"""How a guideline comes in: the file's grammar, its reader, its critics, its cases, and published quick guides."""
