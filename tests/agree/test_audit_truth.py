"""Under the true `source.yaml` the simulated truth lies inside every bound that an audit prints; without it they widen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import pytest

import gradeline as gl
from gradeline.cohort import meant
from gradeline.cohort.simulate import simulate
from gradeline.dates import END, Interval
from gradeline.evaluate.audit.counts.bounds import Bounds
from gradeline.evaluate.audit.counts.counting import BY, STRATIFIED
from gradeline.evaluate.audit.counts.tallies import FEW
from gradeline.evaluate.audit.reference import rows
from gradeline.evaluate.audit.results import Audit, Outcome
from gradeline.evaluate.audit.rows import READINGS, FindingRow, Reading, Scope
from gradeline.evaluate.audit.run import Asked, counted, opened, quiet
from gradeline.plan.plan import compile

pytest.importorskip("duckdb", reason="DuckDB is not installed")

PARAMETERS = """
illness:
  adults a year: 15 %, assumed
recording:
  onset: 30 %, assumed
  root sign: 50 %, assumed
  chiropractor codes: 90 %, assumed
background:
  contacts a year of the young: 1, assumed
  contacts a year of the middle aged: 1, assumed
  contacts a year of the old: 1, assumed
"""
"""More episodes than in life, and better records, so that bounds are narrow enough to miss."""
PATIENTS, SEED = 2000, 7
FOLLOWED = "2024-04..2025-03"
PERIODS = {"followed to the end": FOLLOWED, "cut short by the end of the data": "2025-10..2025-12"}
WITH_REASONS = ("mri", "acupuncture", "extraforaminal-injection")
"""What is judged by its recorded reasons."""


@dataclass(frozen=True)
class Cohort:
    """A cohort's facts, the source that is true of it, and what was meant."""

    facts: Any
    source: Any
    truths: list[dict[str, Any]]

    def audit(self, period: str, described: bool = True) -> Audit:
        """An audit of it."""
        guideline = gl.guideline("lumbar-nerve-root")
        return gl.audit(guideline, self.facts, period, source=self.source if described else None)


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Cohort:
    folder = tmp_path_factory.mktemp("audited")
    (folder / "parameters.yaml").write_text(PARAMETERS, "utf-8")
    simulate(PATIENTS, folder / "export", seed=SEED, parameters=folder / "parameters.yaml", truth=True)
    source = gl.data_source(folder / "export" / "source.yaml")
    lines = (folder / "export" / "truth" / "patients.jsonl").read_bytes().splitlines()
    return Cohort(gl.facts(folder / "export", source=source), source, list(map(orjson.loads, lines)))


def true_rows(truths: list[dict[str, Any]], period: Interval) -> Iterator[FindingRow]:
    """What a perfect source, followed for as long as it takes, would show of each episode."""
    plan = compile(gl.guideline("lumbar-nerve-root"))
    for truth in truths:
        for weighed in (False, True) if truth["episodes"] else ():
            record = meant.record(truth, only_recorded_scores=weighed)
            found = rows([plan], record, Scope(period, END)).findings
            yield from (row for row in found if (row.recommendation in WITH_REASONS) is weighed)


def shares(rows: Iterable[FindingRow]) -> dict[str, Bounds]:
    """Between what the true share lies: what even a perfect record leaves open may have been either."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.reading == "strict" and row.applies == 2 and not row.alternative:
            counts[row.recommendation, row.practice or ""] += 1
    found = {}
    for id in {id for id, _ in counts}:
        good = counts[id, "followed"] + counts[id, "justified"]
        bad, unknown = counts[id, "departed"] + counts[id, "open"], counts[id, "unknown"]
        if whole := good + bad + unknown:
            found[id] = Bounds(good / whole, (good + unknown) / whole)
    return found


def printed(audit: Audit) -> Iterator[tuple[str, str, Bounds]]:
    """Every bound that an audit prints of all episodes, with its recommendation and reading."""
    for outcome in audit.parts[0].outcomes:
        for name in READINGS:
            bounds = outcome.readings[name].total.bounds
            if bounds.lowest is not None:
                yield outcome.recommendation.id, name, bounds


@pytest.mark.slow
@pytest.mark.parametrize("period", PERIODS.values(), ids=PERIODS)
def test_the_truth_lies_inside_and_without_the_source_the_bounds_only_widen(cohort: Cohort, period: str) -> None:
    told, untold = cohort.audit(period), cohort.audit(period, described=False)
    true = shares(true_rows(cohort.truths, told.period))
    wide = {(id, name): bounds for id, name, bounds in printed(untold)}
    narrow = 0
    for id, name, bounds in printed(told):
        for found in (bounds, wide[id, name]):
            assert found.lowest <= true[id].highest and true[id].lowest <= found.highest, (
                f"{id}, {name}: {found}, {true[id]}"
            )
        around = wide[id, name]
        assert around.lowest <= bounds.lowest and bounds.highest <= around.highest, f"{id}, {name}"
        narrow += bounds.highest - bounds.lowest < 0.9
    assert narrow > 2 or period != FOLLOWED, "bounds that hold everything prove nothing"


def strata_of(cohort: Cohort, period: Interval) -> dict[tuple[str, int], dict[str, str]]:
    """To which region, organisation, sex, age and month the audit counts each episode."""
    wanted = Asked((gl.guideline("lumbar-nerve-root"),), period, cohort.source)
    connection = opened(wanted, cohort.facts)
    try:
        counted(wanted, cohort.facts, connection, quiet)
        columns = ", ".join(BY.values())
        found = connection.execute(f"SELECT DISTINCT patient, episode, {columns} FROM ({STRATIFIED})").fetchall()
    finally:
        connection.close()
    return {(patient, first): dict(zip(BY, strata, strict=True)) for patient, first, *strata in found}


@pytest.mark.slow
@pytest.mark.parametrize("described", [True, False], ids=["the true source", "without it"])
def test_in_every_stratum_that_is_printed(cohort: Cohort, described: bool) -> None:
    audit = cohort.audit(FOLLOWED, described)
    where = strata_of(cohort, audit.period)
    true = list(true_rows(cohort.truths, audit.period))
    assert {(row.patient, row.episode) for row in true} <= where.keys(), "an episode that the audit does not have"
    checked: Counter[str] = Counter()
    narrow = 0
    for outcome, reading, by, stratum, bounds in bounds_by_stratum(audit):
        named = outcome.readings[reading].strata[by].keys()
        inside = [row for row in true if within(where[row.patient, row.episode][by], stratum, named)]
        share = shares(inside).get(outcome.recommendation.id)
        if share:
            assert bounds.lowest <= share.highest and share.lowest <= bounds.highest, (by, stratum, bounds, share)
            checked[by] += 1
            narrow += bounds.highest - bounds.lowest < 0.9
    assert set(checked) == set(BY) and min(checked.values()) > 5, checked
    assert narrow > 20 or not described, "bounds that hold everything prove nothing"


def bounds_by_stratum(audit: Audit) -> Iterator[tuple[Outcome, Reading, str, str, Bounds]]:
    """Every bound that an audit prints of a stratum."""
    for outcome in audit.parts[0].outcomes:
        for reading in READINGS:
            for by, strata in outcome.readings[reading].strata.items():
                for stratum, tally in strata.items():
                    if tally.bounds.lowest is not None:
                        yield outcome, reading, by, stratum, tally.bounds


def within(own: str, stratum: str, named: Container[str]) -> bool:
    """Whether an episode is counted in a stratum: in its own, or in that of the small ones together."""
    return own == stratum or (stratum == FEW and own not in named)
