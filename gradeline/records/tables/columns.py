"""How a column of somebody's table becomes one of ours: days of any spelling, words that must be known, lists."""

from __future__ import annotations

from typing import NamedTuple

from gradeline.dates import BEGINNING, END
from gradeline.records.store.engine import text

KINDS = ("condition", "observation", "procedure", "order", "medication", "contact", "reason")
WORDS = {
    "kind": KINDS, "status": ("planned", "done", "negated"), "sureness": ("sure", "possible"),
    "side": ("right", "left", "both"), "sex": ("female", "male", "other"),
}  # fmt: skip
"""Columns that hold one of a few words."""
DAYS = (
    "first", "last", "known", "until", "birth", "birth_first", "birth_last", "death", "death_first", "death_last",
    "observed_first", "observed_last",
)  # fmt: skip
LISTS = ("value_codes", "sites", "of")
BOOLEANS = ("assumed", "declined", "no_onset")
NUMBERS = ("value",)
INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")


class Given(NamedTuple):
    """A column as it is given: its name and its type in SQL."""

    name: str
    type: str

    @property
    def sql(self) -> str:
        """The column, quoted."""
        return '"' + self.name.replace('"', '""') + '"'

    @property
    def words(self) -> str:
        """The column as text, nothing where it is empty."""
        return f"nullif(trim({self.sql}::VARCHAR), '')"


def wanted(name: str) -> str:
    """What a column must hold, for people."""
    if name in DAYS:
        return "days: DATE, INTEGER (counted from 0001-01-01), or text as 2026-11-23, 2026-11, 2026"
    if name in WORDS:
        return "one of " + ", ".join(WORDS[name])
    if name in LISTS:
        return "VARCHAR[], or text with `;` between its items"
    return "BOOLEAN" if name in BOOLEANS else "a number" if name in NUMBERS else "text"


def day(given: Given, last: bool = False) -> str | None:
    """The first or the last day that a column's value may mean; None for a type that holds no days."""
    if given.type in INTEGERS:
        return f"CASE WHEN {given.sql} BETWEEN {BEGINNING} AND {END} THEN {given.sql}::INTEGER END"
    if given.type == "DATE" or given.type.startswith("TIMESTAMP"):
        return f"day_number({given.sql}::DATE)"
    if given.type != "VARCHAR":
        return None
    whole = f"regexp_full_match({given.words}, '[0-9]{{5,7}}')"
    written = f"{'last_of' if last else 'first_day'}({given.words})"
    number = f"try_cast({given.words} AS INTEGER)"
    return (
        f"CASE WHEN {whole} THEN CASE WHEN {number} BETWEEN {BEGINNING} AND {END} THEN {number} END ELSE {written} END"
    )


def read(name: str, given: Given, last: bool = False) -> str | None:
    """A column of ours out of one that is given; None where its type cannot hold it."""
    if name in DAYS:
        return day(given, last)
    if name in WORDS:
        known = ", ".join(map(text, WORDS[name]))
        return f"CASE WHEN {given.words} IN ({known}) THEN {given.words} END"
    if name in LISTS:
        if given.type == "VARCHAR":
            return f"list_transform(string_split({given.words}, ';'), lambda t: trim(t))"
        return f"{given.sql}::VARCHAR[]" if given.type.endswith("[]") else None
    if given.type.endswith("[]") or given.type.startswith(("STRUCT", "MAP", "BLOB")):
        return None
    if name in BOOLEANS:
        return f"try_cast({given.words} AS BOOLEAN)"
    if name in NUMBERS:
        finite = f"try_cast({given.words} AS DOUBLE)"
        return f"CASE WHEN isfinite({finite}) AND abs({finite}) < 1e18 THEN {finite} END"
    return given.words
