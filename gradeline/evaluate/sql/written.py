"""The SQL of an audit, for people to read."""

from __future__ import annotations

from collections.abc import Sequence

from gradeline.evaluate.audit.engines import Leg
from gradeline.evaluate.audit.run import Asked, extent, opened, stretches
from gradeline.evaluate.sql.plan_tables.preparing import Ask, sheet
from gradeline.evaluate.sql.text import writing
from gradeline.evaluate.sql.text.spelling import DUCKDB, Spelling
from gradeline.records.store import Facts


def written(legs: Sequence[Leg], ask: Ask, spelling: Spelling = DUCKDB) -> str:
    """The whole text of some legs."""
    return writing.written(sheet(legs, spelling, ask))


def of_audit(asked: Asked, facts: Facts, spelling: Spelling = DUCKDB) -> str:
    """The SQL of an audit of a facts folder."""
    connection = opened(asked, facts)
    try:
        _, last = extent(asked, connection)
        legs = [leg for guideline in asked.guidelines for leg in stretches(asked, guideline, last)]
        return written(legs, lambda query: connection.execute(query).fetchall(), spelling)
    finally:
        connection.close()
