"""What follows from a guideline and a record: answers that carry their reasons."""
