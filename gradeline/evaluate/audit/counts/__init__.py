"""Counts of an audit: counted, bounded, and hidden where they are small."""
