"""What a request for a page says: its language, its browser, its form."""
