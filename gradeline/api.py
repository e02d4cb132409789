"""The public functions: each a few lines over the path that the data goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from gradeline.dates import Day, day
from gradeline.errors import RecordError, UsageError
from gradeline.evaluate import advice as advising
from gradeline.evaluate.dialogue import Dialogue, typed
from gradeline.model.data_source import DataSource
from gradeline.model.guideline import Guideline
from gradeline.plan.plan import Plan, compile, compile_for
from gradeline.records import fhir
from gradeline.records.facts import Record
from gradeline.records.fhir.extract import stop
from gradeline.source import shipped
from gradeline.source.data_source import data_source as described
from gradeline.source.data_source import habits

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
