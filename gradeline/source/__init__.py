"""How a guideline comes in: the file that an author writes, and the document that a publisher prints."""
