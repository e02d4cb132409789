"""The terminal: 80 columns, as good without colour as with it, and plain for screen readers."""
