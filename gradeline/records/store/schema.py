"""The two tables that every reader of populations writes and every counting engine reads: facts, and patients.

The order is that of the page `reference/facts-tables.md`. Days are numbers as in `dates.py`, its BEGINNING and END
included. A fact has one row for each of its codings, with the same key; one without a coding has one row without.
"""

from __future__ import annotations

from typing import NamedTuple

VERSION = 1
"""Of the tables as they lie on the disk; a folder with another is refused, never guessed at."""


class Column(NamedTuple):
    """One column: its name, its type in SQL, whether it may be empty, and what it says."""

    name: str
    type: str
    empty: bool
    says: str


FACTS = (
    Column("patient", "VARCHAR", False, "whose it is: an `id` of the table of patients"),
    Column("key", "VARCHAR", False, "the statement, as `Observation/7#2`: rows with one key are one fact"),
    Column("kind", "VARCHAR", False, "condition, observation, procedure, order, medication, contact, or reason"),
    Column("system", "VARCHAR", True, "the address of the code system; empty with `code` where nothing is coded"),
    Column("code", "VARCHAR", True, "the code as it is written"),
    Column("status", "VARCHAR", False, "planned, done or negated"),
    Column("sureness", "VARCHAR", False, "sure or possible"),
    Column("first", "INTEGER", False, "the first day on which it may have happened"),
    Column("last", "INTEGER", False, "the last such day; equal to `first` where the day is known"),
    Column("known", "INTEGER", False, "the first day on which the record could show it"),
    Column("assumed", "BOOLEAN", False, "whether `known` was taken from `first`"),
    Column(
        "until", "INTEGER", True, "the day on which it ended; the first of all days where it is over since whenever"
    ),
    Column("value", "DOUBLE", True, "a number"),
    Column("value_unit", "VARCHAR", True, "its canonical UCUM unit"),
    Column("value_codes", "VARCHAR[]", True, "a coded value, each as `system|code`"),
    Column("declined", "BOOLEAN", False, "not done for the patient's reason"),
    Column("no_onset", "BOOLEAN", False, "whether its date is a contact's and no onset"),
    Column("time", "VARCHAR", False, "the time of day as written"),
    Column("unit", "VARCHAR", False, "the unit of care"),
    Column("specialty", "VARCHAR", False, "of who gives the care, as `system|code`, else in words"),
    Column("sites", "VARCHAR[]", True, "the body sites, each as `system|code`"),
    Column("side", "VARCHAR", True, "right, left or both"),
    Column("of", "VARCHAR[]", True, "keys of what it is based on, or whose reason it is"),
    Column("text", "VARCHAR", False, "words where nothing is coded"),
    Column("place", "INTEGER", False, "which of its codings the row holds, counted from 0"),
    Column("bucket", "INTEGER", False, "the share of the patients to which this one belongs"),
)
PATIENTS = (
    Column("id", "VARCHAR", False, "who"),
    Column("birth_first", "INTEGER", True, "the first day on which the birth may have been"),
    Column("birth_last", "INTEGER", True, "the last such day"),
    Column("sex", "VARCHAR", True, "female, male or other"),
    Column("death_first", "INTEGER", True, "the first day on which the death may have been; empty for the living"),
    Column("death_last", "INTEGER", True, "the last such day"),
    Column("place", "VARCHAR", False, "the region, else the town"),
    Column("observed_first", "INTEGER", False, "from when the record observed the patient"),
    Column("observed_last", "INTEGER", False, "until when"),
    Column("ended", "VARCHAR", False, "why that ended"),
    Column("bucket", "INTEGER", False, "the share of the patients to which this one belongs"),
)
TABLES = {"facts": FACTS, "patients": PATIENTS}
LAID = ("bucket",)
"""Columns that only the layout needs: the writer makes them."""


def listed(columns: tuple[Column, ...], but: tuple[str, ...] = LAID) -> str:
    """The columns in SQL, quoted: some of them are words of the language."""
    return ", ".join(f'"{column.name}"' for column in columns if column.name not in but)
