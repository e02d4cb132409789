"""The audit of an OMOP copy equals that of the FHIR export, but for what OMOP cannot hold; the page says how much that is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

import gradeline as gl
from gradeline.cohort.simulate import simulate
from gradeline.dates import Interval
from gradeline.quantity import Quantity
from gradeline.records.facts import Fact, Record
from gradeline.records.omop.tables import EVENTS
from gradeline.records.store import write
from tests.agree.omop_copy import KINDS, SHORT, Copy, held
from tests.agree.postgres import filled, server

pytest.importorskip("duckdb", reason="DuckDB is not installed")

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "audit-a-population.md"
PARAMETERS = """
illness:
  adults a year: 33 %, assumed
recording:
  onset: 30 %, assumed
  root sign: 50 %, assumed
background:
  contacts a year of the young: 1, assumed
  contacts a year of the middle aged: 1, assumed
  contacts a year of the old: 1, assumed
"""
PATIENTS, SEED, PERIOD = 800, 11, "2024-04..2025-03"
BY = ["region", "sex", "age", "month"]


@dataclass(frozen=True)
class Cohort:
    """A cohort's records, where they are, and the source that is true of it."""

    folder: Path
    source: Any
    records: list[Record]

    def audit(self, facts: gl.facts) -> dict[str, Any]:
        """What an audit of some facts tells, but for where they are from and what became of each line."""
        found = gl.audit(gl.guideline("lumbar-nerve-root"), facts, PERIOD, source=self.source, by=BY).to_dict()
        return {name: value for name, value in found.items() if name not in ("account", "coverage")}

    def of(self, name: str, change: Callable[[Fact], Iterator[Fact]]) -> dict[str, Any]:
        """The audit of the same records, each fact as a change leaves it."""
        changed = (replace(one, facts=tuple(new for fact in one.facts for new in change(fact))) for one in self.records)
        return self.audit(write(changed, self.folder / name))


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Cohort:
    folder = tmp_path_factory.mktemp("omop-audit")
    (folder / "parameters.yaml").write_text(PARAMETERS, "utf-8")
    simulate(PATIENTS, folder / "export", seed=SEED, parameters=folder / "parameters.yaml")
    source = gl.data_source(folder / "export" / "source.yaml")
    return Cohort(folder, source, list(gl.patients(folder / "export", source=source)))


@pytest.fixture(scope="module")
def tables(cohort: Cohort) -> dict[str, Any]:
    return Copy(cohort.records).tables()


@pytest.fixture(scope="module")
def as_held(cohort: Cohort) -> dict[str, Any]:
    """The audit of the FHIR records, each cut down to what OMOP has a place for."""
    return cohort.of("held", cut)


def without_onset(fact: Fact) -> Iterator[Fact]:
    """A fact of a source that knows no onset."""
    yield fact._replace(no_onset=True)


def without_reasons(fact: Fact) -> Iterator[Fact]:
    """A fact of a source that knows neither onset nor reason: a contact no longer names its condition, nor an order."""
    if fact.kind != "reason":
        yield from without_onset(fact)


def cut(fact: Fact) -> Iterator[Fact]:
    """What OMOP holds of a fact: two codes, one day, one value; no reason, no negation, no side, no link."""
    if not held(fact):
        return
    standard = next((each for each in fact.codings if each.system in SHORT), None)
    other = next((each for each in fact.codings if each != standard), None)
    table = KINDS[fact.kind]
    value = fact.value if isinstance(fact.value, Quantity) else fact.value[:1] if fact.value else None
    yield Fact(
        fact.key,
        fact.kind,
        tuple(filter(None, (standard, other))),
        "planned" if fact.kind == "order" else "done",
        fact.sureness if fact.kind == "condition" else "sure",
        Interval(fact.known, fact.known),
        fact.known,
        assumed=True,
        until=fact.until if EVENTS[table][4] else None,
        value=value if table == "measurement" else None,
        no_onset=True,
        time=fact.time if isinstance(fact.value, Quantity) else "",
    )


def test_in_files_it_is_the_same_but_for_what_omop_cannot_hold(
    cohort: Cohort, tables: dict[str, Any], as_held: dict[str, Any]
) -> None:
    (cohort.folder / "cdm").mkdir()
    for name, table in tables.items():
        parquet.write_table(table, cohort.folder / "cdm" / f"{name}.parquet")
    assert cohort.audit(gl.facts(cohort.folder / "cdm", cohort.folder / "cdm.facts", cohort.source)) == as_held


def test_in_postgresql_too(cohort: Cohort, tables: dict[str, Any], as_held: dict[str, Any]) -> None:
    with server() as address:
        filled(address, tables)
        facts = gl.facts(address, cohort.folder / "pg.facts", cohort.source)
    assert cohort.audit(facts) == as_held


def test_the_page_tells_in_numbers_what_that_costs(cohort: Cohort, as_held: dict[str, Any]) -> None:
    whole = cohort.of("whole", lambda fact: iter((fact,)))
    assert whole == cohort.audit(gl.facts(cohort.folder / "export", source=cohort.source))
    no_onset = cohort.of("no-onset", without_onset)
    stages = whole, no_onset, cohort.of("no-reasons", without_reasons), as_held
    table = "\n".join(rows(stages))
    assert table in PAGE.read_text("utf-8"), f"the page should say:\n{table}"
    assert no_onset["onset"] == {"not given": no_onset["episodes"]}


def rows(stages: tuple[dict[str, Any], ...]) -> Iterator[str]:
    """The table of the page: a line for each number, a column for each stage."""
    yield told("episodes", [str(each["episodes"]) for each in stages])
    yield told("onset given", [number(each["onset"].get("given", 0)) for each in stages])
    for reading in ("as recorded", "onset assumed"):
        found = [one(each, "mri", reading) for each in stages]
        for answer in ("yes", "no", "unknown"):
            yield told(f"MRI, {reading}: applies, {answer}", [number(each["applies"][answer]) for each in found])
        for practice in ("followed", "justified", "departed", "unknown"):
            yield told(f"MRI, {reading}: {practice}", [number(each["practice"][practice]) for each in found])
        bounds = [f"{each['lowest']:.0%} – {each['highest']:.0%}" for each in found]
        yield told(f"MRI, {reading}: lies between", bounds)


def one(audit: dict[str, Any], id: str, reading: str) -> dict[str, Any]:
    """One recommendation in one reading."""
    found = next(each for each in audit["recommendations"] if each["id"] == id)
    return found if reading == "as recorded" else found["assumed"]


def told(label: str, cells: list[str]) -> str:
    """A row of a table of Markdown."""
    return f"| {label} | {' | '.join(cells)} |"


def number(count: int | None) -> str:
    """A count; a star where it is hidden."""
    return "∗" if count is None else str(count)
