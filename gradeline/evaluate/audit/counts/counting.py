"""Counting the rows of an audit in DuckDB: by recommendation and reading, in all and by region, sex and the like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from gradeline.evaluate.audit.counts.bounds import Outcomes

if TYPE_CHECKING:
    import duckdb

BY = {"region": "place", "organisation": "unit", "sex": "sex", "age": "band", "month": "month"}
"""By what an audit is broken down, and the column that tells."""
BANDS = ((18, "0-17"), (40, "18-39"), (65, "40-64"), (1000, "65+"))
"""Ages, each under the next limit."""
PRACTICES = ("followed", "justified", "departed", "open", "alternative", "incomplete", "unknown")
"""What practice comes to where a recommendation applies: each episode is one of them."""
CELLS = ("no", "untold", *PRACTICES)
"""Each episode is in one of these: it does not apply, it cannot be told whether, or it applies and practice is so."""
NOT_GIVEN = "not given"
"""Where a stratum's own name is empty."""


class Which(NamedTuple):
    """Whose counts they are."""

    guideline: str
    reading: str
    recommendation: str


@dataclass
class Counts:
    """How many episodes there are of each kind, and what they can be settled as."""

    cells: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CELLS, 0))
    declined: int = 0
    outcomes: Outcomes = Outcomes()

    @property
    def episodes(self) -> int:
        """All episodes."""
        return sum(self.cells.values())

    def plus(self, other: Counts) -> Counts:
        """The counts of two groups together."""
        cells = {cell: self.cells[cell] + other.cells[cell] for cell in CELLS}
        return Counts(cells, self.declined + other.declined, self.outcomes.plus(other.outcomes))


@dataclass
class Counted:
    """Everything that an audit counts, before anything is hidden."""

    patients: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """Those with an episode, by guideline."""
    episodes: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    """By guideline: the gate's answers, what ended the follow-up, whether the onset is given."""
    total: dict[Which, Counts] = field(default_factory=dict)
    strata: dict[tuple[Which, str], dict[str, Counts]] = field(default_factory=dict)
    missing: dict[tuple[Which, str], dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """Of whom it is untold (`applies`), and of what is done (`practice`), by what would have to be known first."""
    leading: dict[tuple[str, str], dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """By guideline and reading: the episodes of which something is untold, by what is missing."""


def count(connection: duckdb.DuckDBPyConnection) -> Counted:
    """Count what an engine put into the two tables."""
    found = Counted()
    for query in (CLASSED, WEIGHED):
        connection.execute(query)
    for guideline, patients in connection.execute(PATIENTS).fetchall():
        found.patients[guideline] = patients
    for name, guideline, value, episodes in connection.execute(KINDS).fetchall():
        found.episodes.setdefault(guideline, {}).setdefault(name, {})[value] = episodes
    for row in connection.execute(COUNTS).fetchall():
        _take(found, row)
    for *which, of, leaf, episodes in connection.execute(MISSING).fetchall():
        found.missing[Which(*which), of][leaf] = episodes
    for guideline, reading, leaf, episodes in connection.execute(LEADING).fetchall():
        found.leading[guideline, reading][leaf] = episodes
    return found


def _take(found: Counted, row: tuple[Any, ...]) -> None:
    """One row of counts: the total, or one stratum of one breakdown."""
    which, strata = Which(*row[:3]), row[3 : 3 + len(BY)]
    grouped, *numbers = row[3 + len(BY) :]
    cells = dict(zip(CELLS, numbers, strict=False))
    counts = Counts(cells, numbers[len(CELLS)], Outcomes(*numbers[len(CELLS) + 1 :]))
    by = next((name for place, name in enumerate(BY) if not grouped >> (len(BY) - 1 - place) & 1), None)
    if by is None:
        found.total[which] = counts
    else:
        found.strata.setdefault((which, by), {})[strata[list(BY).index(by)]] = counts


def pooled(strata: dict[str, Counts], few: Iterable[str], name: str) -> dict[str, Counts]:
    """The strata with some of them counted together under one name."""
    together = set(few)
    found = {stratum: counts for stratum, counts in strata.items() if stratum not in together}
    rest = [counts for stratum, counts in strata.items() if stratum in together]
    if rest:
        whole = Counts()
        for counts in rest:
            whole = whole.plus(counts)
        found[name] = whole
    return found


def total(when: str) -> str:
    """How many episodes there are of which something holds."""
    return f"CAST(coalesce(sum(CASE WHEN {when} THEN n END), 0) AS BIGINT)"


BAND = "CASE " + " ".join(f"WHEN age < {limit} THEN '{band}'" for limit, band in BANDS) + " END"
GIVEN = ", ".join(
    f"coalesce(nullif({BAND if column == 'band' else column}, ''), '{NOT_GIVEN}') AS {column}" for column in BY.values()
)
STRATIFIED = f"SELECT patient, episode, {GIVEN} FROM episodes"  # noqa: S608 - every word of it is ours
"""To which stratum of each breakdown an episode counts."""
CLASSED = """
CREATE OR REPLACE TEMP TABLE classed AS
WITH said AS (
    SELECT outcome, recommendation, applies, practice, declined, incomplete, missing,
        coalesce(practice IN ('followed', 'justified'), false) AS in_line,
        coalesce(practice = 'open' AND alternative, false) AS aside,
        coalesce(practice = 'unknown', false) AS untold
    FROM outcomes
), settled AS (
    SELECT *,
        applies > 0 AND (in_line OR untold OR incomplete) AS can_be_in_line,
        applies > 0 AND NOT aside AND (NOT in_line OR incomplete) AS can_be_not,
        applies = 1 OR aside AS can_be_left_out
    FROM said
)
SELECT *,
    CASE WHEN applies = 0 THEN 'no' WHEN applies = 1 THEN 'untold' WHEN practice <> 'open' THEN practice
        WHEN incomplete THEN 'incomplete' WHEN aside THEN 'alternative' ELSE 'open' END AS kind
FROM settled
"""
"""Each recommendation of each outcome: what it counts as."""
WEIGHED = f"""
CREATE OR REPLACE TEMP TABLE weighed AS
WITH joined AS (
    SELECT o.outcome, o.reading, guideline, {GIVEN} FROM outcomes_of o JOIN numbered e ON e.number = o.number
)
SELECT outcome, reading, guideline, {", ".join(BY.values())}, grouping({", ".join(BY.values())}) AS grouped,
    count(*) AS n
FROM joined
GROUP BY GROUPING SETS ((outcome, reading, guideline),
    {", ".join(f"(outcome, reading, guideline, {column})" for column in BY.values())})
"""  # noqa: S608 - every word of it is ours
"""How many episodes came to each outcome, in all and in each stratum."""
PATIENTS = "SELECT guideline, count(DISTINCT patient) FROM numbered GROUP BY guideline"
KINDS = """
SELECT 'gate', guideline, gate, count(*) FROM numbered GROUP BY guideline, gate
UNION ALL SELECT 'ended', guideline, ended, count(*) FROM numbered GROUP BY guideline, ended
UNION ALL SELECT 'onset', guideline, CASE WHEN given THEN 'given' ELSE 'not given' END, count(*)
FROM numbered GROUP BY guideline, given
"""
WHICH = "guideline, reading, recommendation"
COUNTED = (
    *(f"kind = '{cell}'" for cell in CELLS),
    "kind = 'followed' AND declined",
    "can_be_in_line AND NOT can_be_not AND NOT can_be_left_out",
    "can_be_in_line",
    "can_be_not AND NOT can_be_in_line AND NOT can_be_left_out",
    "can_be_not",
)
COUNTS = f"""
SELECT {WHICH}, {", ".join(BY.values())}, grouped,
    {", ".join(map(total, COUNTED))}
FROM weighed JOIN classed USING (outcome)
GROUP BY {WHICH}, {", ".join(BY.values())}, grouped
"""  # noqa: S608
ALL = f"FROM weighed JOIN {{}} USING (outcome) WHERE grouped = {(1 << len(BY)) - 1}"
"""Of the episodes of every stratum together."""
MISSING = f"""
SELECT {WHICH}, CASE WHEN applies = 1 THEN 'applies' ELSE 'practice' END AS of, missing, {total("true")} AS episodes
{ALL.format("classed")} AND missing IS NOT NULL AND (applies = 1 OR kind = 'unknown')
GROUP BY ALL ORDER BY episodes DESC, missing
"""
LACKING = "(SELECT DISTINCT outcome, missing FROM outcomes WHERE applies = 1 AND missing IS NOT NULL)"
LEADING = f"""
SELECT guideline, reading, missing, {total("true")} AS episodes
{ALL.format(LACKING)}
GROUP BY guideline, reading, missing ORDER BY episodes DESC, missing
"""
