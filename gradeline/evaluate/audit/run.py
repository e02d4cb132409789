"""An audit from a facts folder: the stretches to ask of, an engine, the counts, what may be told of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gradeline.dates import BEGINNING, END, Day, Duration, Interval, day, shift, show
from gradeline.errors import UsageError
from gradeline.evaluate.audit.account import account
from gradeline.evaluate.audit.counts.counting import BY, Counted, Counts, Which, count
from gradeline.evaluate.audit.counts.hiding import small
from gradeline.evaluate.audit.counts.tallies import Tallied, ranked, tallied, together
from gradeline.evaluate.audit.coverage import coverage
from gradeline.evaluate.audit.engines import Leg, Progress, engine
from gradeline.evaluate.audit.kept import make
from gradeline.evaluate.audit.results import About, Audit, Outcome, Part
from gradeline.evaluate.audit.rows import READINGS, Scope
from gradeline.model.data_source import DataSource
from gradeline.model.guideline import Guideline
from gradeline.plan.capture import RECORD, Capture, captured, local_codes
from gradeline.plan.plan import Plan, compile
from gradeline.records.store import Facts
from gradeline.records.store.sampling import chosen

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Asked:
    """What is asked of the facts."""

    guidelines: tuple[Guideline, ...]
    period: Interval
    source: DataSource | None = None
    assume_captured: bool = False
    by: tuple[str, ...] = tuple(BY)
    engine: str = "duckdb"
    sample: float | None = None
    """The share of the patients that is looked at."""


def strata(names: Sequence[str] | None) -> tuple[str, ...]:
    """What to break down by, in order; UsageError for what no audit breaks down by."""
    wrong = [name for name in names or () if name not in BY]
    if wrong:
        raise UsageError(f"an audit is not broken down by {', '.join(wrong)}", f"choose of {', '.join(BY)}")
    return tuple(name for name in BY if names is None or name in names)


def last_year(asked: Asked, facts: Facts) -> Interval:
    """The last calendar year that the data hold to its end."""
    connection = facts.connection()
    try:
        _, last = extent(asked, connection)
    finally:
        connection.close()
    if last == END:
        raise UsageError("no fact has a day, so that no year of the data is the last", "name one: --period 2025")
    year = date.fromordinal(last + 1).year - 1
    return Interval(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())


def quiet(done: int, of: int) -> None:
    """No progress is shown."""


def audit(asked: Asked, facts: Facts, progress: Progress = quiet) -> Audit:
    """Audit the facts: how practice related to each recommendation."""
    connection = opened(asked, facts)
    try:
        return counted(asked, facts, connection, progress)
    finally:
        connection.close()


def opened(asked: Asked, facts: Facts) -> duckdb.DuckDBPyConnection:
    """A database with the facts, the sample of their patients, and the two empty tables."""
    connection = facts.connection()
    if asked.sample is not None and asked.sample != facts.manifest.get("sample"):
        for name, id in (("facts", "patient"), ("patients", "id")):
            sampled(connection, name, id, asked.sample)
    make(connection)
    return connection


def sampled(connection: duckdb.DuckDBPyConnection, name: str, id: str, share: float) -> None:
    """Replace a view by the same patients' share of it, the same in every run."""
    connection.execute(f"ALTER VIEW {name} RENAME TO whole_{name}")
    connection.execute(f"CREATE VIEW {name} AS SELECT * FROM whole_{name} WHERE {chosen(id, share)}")  # noqa: S608


def counted(asked: Asked, facts: Facts, connection: duckdb.DuckDBPyConnection, progress: Progress) -> Audit:
    """The audit of a database: rows, counts, and what may be told."""
    first, last = extent(asked, connection)
    legs = [leg for guideline in asked.guidelines for leg in stretches(asked, guideline, last)]
    engine(asked.engine)(legs, facts, connection, progress)
    found = count(connection)
    (patients,) = connection.execute("SELECT count(*) FROM patients").fetchall()[0]
    plans = [next(leg.plan for leg in legs if leg.plan.guideline is guideline) for guideline in asked.guidelines]
    return Audit(
        asked.period,
        patients,
        tuple(part(guideline, found, asked.by) for guideline in asked.guidelines),
        coverage(connection, plans),
        account(facts.manifest, connection),
        about(asked, facts, first, last),
    )


def about(asked: Asked, facts: Facts, first: Day | None, last: Day) -> About:
    """Where the numbers are from."""
    source = asked.source
    name = source.name if source else str(facts.manifest.get("source") or facts.folder.name)
    simulated, said = bool(source and source.simulated), source is not None
    shares = [each for each in (asked.sample, facts.manifest.get("sample")) if each is not None]
    share = min(shares, default=None)
    return About(name, first, last, asked.engine, share, asked.assume_captured, said, simulated, tuple(asked.by))


def extent(asked: Asked, connection: duckdb.DuckDBPyConnection) -> tuple[Day | None, Day]:
    """The first and the last day of the data: as the source says, else the last on which anything was known."""
    said = asked.source.observed if asked.source else Interval(BEGINNING, END)
    query = f"SELECT min(known), max(known) FROM facts WHERE known > {BEGINNING} AND known < {END} AND NOT assumed"  # noqa: S608
    first, last = connection.execute(query).fetchall()[0]
    return (
        said.first if said.first > BEGINNING else first,
        said.last if said.last < END else last if last is not None else asked.period.last,
    )


# The stretches of a period over which a source captures the same


def stretches(asked: Asked, guideline: Guideline, data_end: Day) -> Iterator[Leg]:
    """The legs of a guideline: months in which absence means the same are one."""
    plans: dict[int, tuple[Plan, Capture]] = {}
    runs: list[tuple[Plan, Interval]] = []
    for month in months(asked.period):
        capture = captures(asked, guideline, month, data_end)
        plan = next((plan for plan, known in plans.values() if known == capture), None)
        if plan is None:
            plan = compile(guideline, capture, local_codes(asked.source, guideline))
            plans[len(plans)] = plan, capture
        if runs and runs[-1][0] is plan:
            runs[-1] = plan, Interval(runs[-1][1].first, month.last)
        else:
            runs.append((plan, month))
    for plan, days in runs:
        yield Leg(plan, Scope(days, data_end))


def captures(asked: Asked, guideline: Guideline, month: Interval, data_end: Day) -> Capture:
    """How absence is read of the episodes that begin in a month: by what is captured from their onset to their end."""
    if asked.assume_captured:
        return RECORD
    reach = longest(guideline)
    return captured(
        asked.source, guideline, Interval(shift(month.first, -reach), min(shift(month.last, reach), data_end))
    )


def longest(guideline: Guideline) -> Duration:
    """How far from its first recording an episode may reach, back to the onset and on to the horizon."""
    found = compile(guideline).period
    return max(found, guideline.index.gap, key=lambda each: each.days + each.months * 31)


def months(period: Interval) -> Iterator[Interval]:
    """The calendar months of a period, the first and the last cut where it is."""
    start = period.first
    while start <= period.last:
        end = shift(day(show(start)[:7] + "-01"), Duration(months=1)) - 1
        end = min(end if end > start else END, period.last)  # After the last month of all there is none.
        yield Interval(start, end)
        start = end + 1


# What may be told

SIGN = "warning sign"


def part(guideline: Guideline, found: Counted, by: Sequence[str]) -> Part:
    """What was found of one guideline."""
    id = guideline.id
    outcomes = tuple(
        Outcome(each, {name: one(found, Which(id, name, each.id), by) for name in READINGS})
        for each in guideline.recommendations
    )
    kinds = kept_apart(found.episodes.get(id, {}))
    leading = {name: tuple(leaves(found.leading.get((id, name), {}))) for name in READINGS}
    patients = found.patients.get(id, 0)
    episodes = sum(found.episodes.get(id, {}).get("gate", {}).values())
    told = None if small(episodes) else episodes
    with_one = None if small(patients) or small(episodes - patients) else patients
    return Part(guideline, with_one, told, kinds, leading, outcomes)


def one(found: Counted, which: Which, by: Sequence[str]) -> Tallied:
    """One recommendation in one reading."""
    total = found.total.get(which, Counts())
    strata = {name: together(found.strata.get((which, name), {})) for name in by}
    return tallied(total, strata, {of: found.missing.get((which, of), {}) for of in ("applies", "practice")})


def kept_apart(kinds: Mapping[str, Mapping[str, int]]) -> dict[str, list[tuple[str, int | None]]]:
    """Gate, follow-up and onset. The signs of the gate end the follow-up: where one is hidden the other is too."""
    told = {name: ranked(counts) for name, counts in kinds.items()}
    if "gate" in kinds:
        signs = dict(told["gate"]).get("yes", 0)
        ended = {why: count for why, count in kinds["ended"].items() if why != SIGN or signs is None}
        told["ended"] = ranked(ended, known=frozenset({SIGN} if signs is None else ()))
        if signs:
            told["ended"].append((SIGN, signs))
    return told


def leaves(leading: Mapping[str, int]) -> Iterator[tuple[str, int | None]]:
    """What is missing, with how many episodes; an episode may lack several, so no sum tells of another."""
    for leaf, episodes in leading.items():
        yield leaf, None if small(episodes) else episodes
