"""Whom SQL cannot decide exactly: they go through the evaluator of one patient, and are counted by why."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from gradeline.evaluate.audit.engines import BATCH, Leg, keep
from gradeline.evaluate.audit.reference import rows
from gradeline.evaluate.audit.rows import EpisodeRow, FindingRow
from gradeline.records.store import Facts
from gradeline.records.store.engine import installed

if TYPE_CHECKING:
    import duckdb

DOUBTED = "SELECT DISTINCT w.id, d.why FROM doubts d JOIN people w ON w.pid = d.pid ORDER BY w.id, d.why"
"""Whom, and why; a patient may have several reasons."""
COLUMNS: dict[str, type[EpisodeRow | FindingRow]] = {"episodes": EpisodeRow, "findings": FindingRow}
"""The tables of an audit, and their columns."""


def by_record(
    legs: Sequence[Leg], facts: Facts, connection: duckdb.DuckDBPyConnection, doubted: Sequence[tuple[str, str]]
) -> None:
    """The rows of those that SQL cannot decide; whom that is, and why, is noted."""
    if doubted:
        noted = dict(zip(("patient", "why"), map(list, zip(*doubted, strict=True)), strict=True))
        hand_over(connection, "handed", installed("pyarrow").table(noted))
    records = facts.records(list(dict.fromkeys(patient for patient, _ in doubted)))
    while batch := list(islice(records, BATCH)):
        found = [rows([leg.plan], record, leg.scope) for record in batch for leg in legs]
        keep(connection, "episodes", EpisodeRow, [row for each in found for row in each.episodes])
        keep(connection, "findings", FindingRow, [row for each in found for row in each.findings])


def hand_over(connection: duckdb.DuckDBPyConnection, name: str, given: Any) -> None:
    """Put rows of another engine into one of the tables of an audit."""
    columns = ", ".join(COLUMNS[name]._fields if name in COLUMNS else given.column_names)
    connection.register("given", given)
    connection.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM given")
    connection.unregister("given")
