"""The SQL as a text that people can read, and that a database can run: the small tables, then each step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gradeline.evaluate.sql.plan_tables.given import Columns, shape, tables_of
from gradeline.evaluate.sql.text.rendering import Step, steps
from gradeline.evaluate.sql.text.sheet import Sheet
from gradeline.evaluate.sql.text.spelling import text

HEAD = """\
-- How practice related to each recommendation, in SQL: {guidelines}.
-- Written by Gradeline out of the plan that one patient is read through as well; written anew, never edited.
--
-- It reads `facts` and `patients` (reference/facts-tables.md) and makes one small table after another. Days are
-- numbers. A truth is 0 no, 1 unknown, 2 yes. The rows are in `episode_rows`, and what they came to in
-- `course_rows` and `outcome_rows`; the patients of `doubts` are not in them: they go through the evaluator of one
-- patient.
"""
NOT_WRITTEN = {"calendar": "every day of two centuries with its month, and the same day so much later or earlier: "}
"""What is too long to be written out."""
TYPES = {"int": "INTEGER", "term": "INTEGER", "long": "BIGINT", "real": "DOUBLE", "bool": "BOOLEAN", "text": "VARCHAR"}


def written(made: Sheet) -> str:
    """The whole text: the small tables, then each step."""
    run = steps(made)
    names = ", ".join(dict.fromkeys(each.plan.guideline.id for each in made.layouts))
    given = [table(name, columns, terms=[*made.terms]) for name, columns in tables_of(made).items()]
    return "\n\n".join([HEAD.format(guidelines=names), *given, *map(created, run)]) + "\n"


def created(step: Step) -> str:
    """One step: what its table says, and the query that makes it."""
    query = "\n".join(line.rstrip() for line in step.query.splitlines() if line.strip())
    kind = "TABLE" if step.kept else "VIEW"
    return f"-- {step.says}\nCREATE TEMPORARY {kind} {step.name} AS\n{query};"


def table(name: str, columns: Columns, kind: str = "TEMPORARY TABLE", terms: Sequence[str] = ()) -> str:
    """One of the small tables; with the terms, each number of one is followed by its name."""
    if name in NOT_WRITTEN:
        return f"-- `{name}` is filled by `dates.py`: {NOT_WRITTEN[name]}{', '.join(columns)}"
    kinds = shape(name, columns)
    types = ", ".join(f"{column} {TYPES[kind]}" for column, kind in kinds.items())
    said = [[literal(each) + _named(each, kinds[column], terms) for each in columns[column]] for column in columns]
    rows = ",\n".join(f"  ({', '.join(row)})" for row in zip(*said, strict=True))
    filled = f"\nINSERT INTO {name} VALUES\n{rows};" if rows else ""
    return f"CREATE {kind} {name} ({types});{filled}"


def _named(value: Any, kind: str, terms: Sequence[str]) -> str:
    """The name of a term beside its number."""
    return f" /* {terms[value - 1]} */" if terms and kind == "term" and value else ""


def literal(value: Any) -> str:
    """One value."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return text(value) if isinstance(value, str) else str(value)
