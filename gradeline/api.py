"""The public functions: each a few lines over the path that the data goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradeline.dates import SOME_DAY, Day, Interval, day, interval
from gradeline.errors import RecordError, UsageError
from gradeline.evaluate import advice as advising
from gradeline.evaluate.dialogue import Dialogue, typed
from gradeline.model.data_source import DataSource
from gradeline.model.guideline import Guideline
from gradeline.plan.plan import Plan, compile, compile_for
from gradeline.records import fhir
from gradeline.records.facts import Record
from gradeline.records.fhir.extract import stop
from gradeline.records.store.facts import Facts
from gradeline.source import shipped
from gradeline.source.data_source import data_source as described
from gradeline.source.data_source import habits

if TYPE_CHECKING:
    from gradeline.evaluate.audit.results import Audit
    from gradeline.evaluate.audit.run import Asked

Data = str | PathLike[str] | bytes | Mapping[str, Any] | Sequence[Mapping[str, Any]]


def guideline(name: str | PathLike[str]) -> Guideline:
    """A guideline by its shipped id, its path, or its entry point; GuidelineError with every fault of the file."""
    return shipped.guideline(fspath(name))


def guidelines() -> list[str]:
    """The ids of the guidelines that are shipped or installed."""
    return shipped.shipped()


def data_source(path: str | PathLike[str]) -> DataSource:
    """What a `source.yaml` says of where data come from; GuidelineError with every fault of the file."""
    return described(Path(path))


def record(data: Data, patient: str | None = None, source: DataSource | None = None) -> Record:
    """One patient's FHIR R4 data: a path, JSON bytes, a dict, or a list of resources; RecordError if unsound."""
    return fhir.record(_plain(data), patient, habits(source))


def patients(
    data: Data, report: Callable[[RecordError], None] = stop, source: DataSource | None = None
) -> Iterator[Record]:
    """The record of every patient of a source, streamed; one that cannot be read ends it, or goes to `report`."""
    return fhir.records(_plain(data), report, habits(source))


def facts(
    data: str | PathLike[str] | Facts | Mapping[str, Any],
    folder: str | PathLike[str] | None = None,
    source: DataSource | None = None,
    strict: bool = False,
    progress: Callable[[int, int], None] | None = None,
    sample: float | None = None,
) -> Facts:
    """A population as facts on the disk: of a FHIR bulk export, of tables, or a facts folder that is there already.

    Tables are given as {"facts": …, "patients": …}: of Python (pandas, Arrow), Parquet or CSV, or a query of DuckDB.
    The facts are kept in `folder`, else beside the data, and are used again while nothing changes. With `strict` the
    first line that cannot be read is a RecordError; else it is counted and listed there. `progress` is told bytes.
    `sample` is a share of the patients: of lines of FHIR only theirs are read.
    """
    if isinstance(data, Facts):
        return data
    from gradeline.records import opening

    wish = opening.Wish(habits(source), strict, share=sample)
    if progress:
        wish = replace(wish, progress=progress)
    kept = fspath(folder) if folder else None
    return opening.of_tables(data, kept, wish) if isinstance(data, Mapping) else opening.facts(fspath(data), kept, wish)


def advise(
    guideline: Guideline | Plan,
    record: Record,
    on: str | date,
    given: Mapping[str, str] | None = None,
    source: DataSource | None = None,
) -> advising.Advice:
    """What the guideline says for the patient on the day; `given` adds what you know: {"onset": "2026-09-20"}.

    With a `source` nothing counts as left undone but what the source says that it captures.
    """
    asked = _day(on)
    plan = guideline if isinstance(guideline, Plan) else _compiled(guideline, source, asked)
    return advising.advise(plan, typed(plan, record, given, asked) if given else record, asked)


PLANS: dict[tuple[int, int, Day], tuple[Guideline, DataSource | None, Plan]] = {}
"""The plans last used, by the identity of guideline and source: who asks of many patients compiles once."""
KEPT = 64


def _compiled(guideline: Guideline, source: DataSource | None, on: Day) -> Plan:
    """The plan of a guideline, made when it is first used."""
    key = id(guideline), id(source), on if source else 0
    found = PLANS.get(key)
    if found is None or found[0] is not guideline or found[1] is not source:
        if len(PLANS) >= KEPT:
            PLANS.clear()
        plan = compile_for(guideline, source, on) if source else compile(guideline)
        found = PLANS[key] = guideline, source, plan
    return found[2]


def audit(
    guideline: Guideline | Sequence[Guideline],
    facts: Facts,
    period: str | Interval | None = None,
    *,
    source: DataSource | None = None,
    by: Sequence[str] | None = None,
    engine: str = "duckdb",
    sample: float | None = None,
    assume_captured: bool = False,
) -> Audit:
    """How practice related to each recommendation, of the episodes that began in a period: `2025`, `2025-03..2026-02`.

    Without a `source` no action that is not recorded counts as not done. Small counts are hidden in what is returned.
    """
    from gradeline.evaluate.audit.run import audit as run

    given = (guideline,) if isinstance(guideline, Guideline) else tuple(guideline)
    how: dict[str, Any] = {
        "source": source,
        "by": by,
        "engine": engine,
        "sample": sample,
        "assume_captured": assume_captured,
    }
    return run(asked(given, facts, period, **how), facts)


def asked(
    guidelines: Sequence[Guideline],
    facts: Facts,
    days: str | Interval | None = None,
    *,
    by: Sequence[str] | None = None,
    **how: Any,
) -> Asked:
    """What an audit asks, its period and breakdowns read; without a period the last whole year of the data."""
    from gradeline.evaluate.audit.run import Asked, last_year, strata

    span = period(days) if isinstance(days, str) else days
    found = Asked(tuple(guidelines), span or SOME_DAY, by=strata(by), **how)
    return found if span else replace(found, period=last_year(found, facts))


def period(text: str) -> Interval:
    """A year, a month, a day, or two of them with `..` between; UsageError otherwise."""
    first, _, last = text.partition("..")
    try:
        found = Interval(interval(first).first, interval(last or first).last)
    except ValueError:
        raise UsageError(f"{text!r} is no period", "write 2025, 2025-03 or 2025-03..2026-02") from None
    if found.first > found.last:
        raise UsageError(f"{text!r} ends before it begins", "write the earlier day first")
    return found


def ask(guideline: Guideline, on: str | date) -> Dialogue:
    """A dialogue in which nothing is known: `.next` asks, `.answered(id, text)` answers, `.advice` follows."""
    return Dialogue.begin(guideline, _day(on))


def _plain(data: Data) -> Any:
    return fspath(data) if isinstance(data, PathLike) else data


def _day(on: str | date) -> Day:
    """A whole day; UsageError where it is none."""
    if isinstance(on, date):
        return on.toordinal()
    try:
        return day(on)
    except ValueError:
        raise UsageError(f"{on!r} is no day", "write a whole date, as 2026-11-23") from None
