"""Markdown as the pages that are made need it."""

from __future__ import annotations

from collections.abc import Iterable


def table(head: str, rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table; `head` names its columns, with a bar between."""
    columns = head.split("|")
    lines = [columns, ["---"] * len(columns), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
