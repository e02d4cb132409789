"""What a review shows beyond the quick guide: the whole logic, every code, the cases in words."""
