"""The report of an audit: for the terminal, as a page, as files."""
