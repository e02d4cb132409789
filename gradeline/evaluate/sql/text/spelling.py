"""What databases spell differently; everything else of our SQL is the same text for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


def text(value: object) -> str:
    """A text as a literal.

    >>> text("it's")
    "'it''s'"
    """
    return "'" + str(value).replace("'", "''") + "'"


def texts(values: Iterable[object]) -> str:
    """Texts as literals with commas between them; none at all as a text that is nowhere."""
    return ", ".join(map(text, sorted(map(str, values)))) or "''"


@dataclass(frozen=True)
class Spelling:
    """How one database writes what is not standard."""

    name: str
    string: str
    overlap: Callable[[str, list[str]], str]
    """Whether a list shares a member with these texts."""
    size: Callable[[str], str]
    each_of: Callable[[list[str]], str]
    """A row for each of some expressions."""
    each_of_list: Callable[[str], str]
    """A row for each member of a list."""
    nth: Callable[[int, list[str]], str]
    """The n-th smallest."""


DUCKDB = Spelling(
    "duckdb",
    "VARCHAR",
    lambda column, tokens: f"list_has_any({column}, [{texts(tokens)}])",
    lambda column: f"len({column})",
    lambda parts: f"unnest([{', '.join(parts)}])",
    lambda column: f"unnest({column})",
    lambda n, parts: f"list_sort([{', '.join(parts)}])[{n}]",
)
SPARK = Spelling(
    "spark",
    "STRING",
    lambda column, tokens: f"arrays_overlap({column}, array({texts(tokens)}))",
    lambda column: f"size({column})",
    lambda parts: f"explode(array({', '.join(parts)}))",
    lambda column: f"explode({column})",
    lambda n, parts: f"element_at(array_sort(array({', '.join(parts)})), {n})",
)
