"""The lines of a source, each once: what became of it, what DuckDB cannot take, and what comes more than once."""
