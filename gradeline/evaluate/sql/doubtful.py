"""Whom SQL cannot decide exactly: they go through the evaluator of one patient, and are counted by why."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from gradeline.evaluate.audit.engines import BATCH, Leg
from gradeline.evaluate.audit.kept import keep
from gradeline.evaluate.audit.reference import rows
from gradeline.records.store import Facts

if TYPE_CHECKING:
    import duckdb

DOUBTED = "SELECT DISTINCT w.id AS patient, d.why FROM doubts d JOIN people w ON w.pid = d.pid"
RESULTS = {"numbered": "episode_rows", "outcomes": "outcome_rows", "outcomes_of": "course_rows"}
"""Each table of an audit, and the step that has its rows."""


def by_record(
    legs: Sequence[Leg], facts: Facts, connection: duckdb.DuckDBPyConnection, doubted: Sequence[Sequence[str]]
) -> None:
    """The rows of those that SQL cannot decide, who are kept with the reasons why."""
    if not doubted:
        return
    connection.executemany("INSERT INTO handed_over VALUES (?, ?)", [tuple(row) for row in doubted])
    records = facts.records(sorted({patient for patient, _ in doubted}))
    while batch := list(islice(records, BATCH)):
        found = [rows([leg.plan], record, leg.scope) for record in batch for leg in legs]
        keep(
            connection,
            [row for each in found for row in each.episodes],
            [row for each in found for row in each.findings],
        )
