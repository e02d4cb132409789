"""What a source can and cannot show: terms by facts, patients and days, in all and by region; codes not recognised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from gradeline.codes import OWN, Coding
from gradeline.dates import BEGINNING, END, Day, show
from gradeline.evaluate.audit.counts.hiding import SMALL, hidden_row, small
from gradeline.logic import NO
from gradeline.model.guideline import Guideline, Term
from gradeline.model.words import Language
from gradeline.plan.plan import Plan

if TYPE_CHECKING:
    import duckdb

NONE = 0, 0, 0
MOST = 50
"""So many codes that are not recognised are told."""
Regions = dict[tuple[str, str], dict[str, tuple[int, int, int, Day | None, Day | None]]]
"""By guideline and term, for each region: facts, patients, negatives, first and last day."""
Captured = Literal["captured", "not captured", "as any record"]


class Shown(NamedTuple):
    """What a source shows of one term; None is a count that is hidden."""

    term: str
    facts: int | None
    negatives: int | None
    """Of the facts: not there, not done."""
    patients: int | None
    first: Day | None
    last: Day | None
    regions: dict[str, int | None]
    """Patients by region."""
    captured: Captured
    """What it means that nothing is recorded: for an action, whether the source says that it captures it."""


class Unknown(NamedTuple):
    """A code that no term has."""

    kind: str
    system: str
    code: str
    facts: int
    patients: int


@dataclass(frozen=True)
class Coverage:
    """What a source can and cannot show, by guideline, and the commonest codes that no term has."""

    facts: int
    reasons: bool
    """Whether any contact, order or act names a reason."""
    terms: dict[str, tuple[Shown, ...]]
    codes: tuple[Unknown, ...]

    def absent(self, guideline: str) -> list[str]:
        """The terms of a guideline of which the source has no fact at all."""
        return [each.term for each in self.terms[guideline] if each.facts == 0]

    def to_dict(self, guideline: Guideline, language: Language) -> dict[str, Any]:
        """The coverage of one guideline as plain data."""
        return {
            "facts": self.facts,
            "reasons": self.reasons,
            "terms": [
                {
                    "term": each.term,
                    "name": guideline.terms[each.term].name.in_(language),
                    "facts": each.facts,
                    "negatives": each.negatives,
                    "patients": each.patients,
                    "first": day_of(each.first),
                    "last": day_of(each.last),
                    "regions": each.regions,
                    "absence": each.captured,
                }
                for each in self.terms[guideline.id]
            ],
            "not_recognised": [each._asdict() for each in self.codes],
        }


def day_of(day: Day | None) -> str | None:
    """A day as data have it; None where there is none."""
    return None if day is None or day in (BEGINNING, END) else show(day)


def coverage(connection: duckdb.DuckDBPyConnection, plans: Sequence[Plan]) -> Coverage:
    """What the views `facts`, `patients` and `codings` of a connection show."""
    distinct = connection.execute("FROM codings").fetchall()
    codings = [Coding(system or "", code) for system, code in distinct]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE recognised (guideline VARCHAR, system VARCHAR, code VARCHAR, term VARCHAR)"
    )
    rows = [row for plan in plans for row in spoken(plan, codings)]
    if rows:
        connection.executemany("INSERT INTO recognised VALUES (?, ?, ?, ?)", rows)
    found = _by_term(connection)
    terms = {plan.guideline.id: tuple(_shown(plan, found)) for plan in plans}
    facts, reasons = connection.execute(COUNTED).fetchall()[0]
    return Coverage(facts, reasons > 0, terms, tuple(Unknown(*row) for row in connection.execute(UNKNOWN).fetchall()))


def spoken(plan: Plan, codings: Iterable[Coding]) -> Iterable[tuple[str, str, str, str]]:
    """Each coding with each term that it speaks for, a more special one that it leaves open left out."""
    for coding in codings:
        for each in plan.terms.of(coding):
            if not each.below:
                yield plan.guideline.id, coding.system, coding.code, each.term


def _by_term(connection: duckdb.DuckDBPyConnection) -> Regions:
    """By guideline and term, for each region: facts, patients, negatives, first and last day."""
    found: Regions = {}
    for guideline, term, region, *numbers in connection.execute(BY_TERM).fetchall():
        found.setdefault((guideline, term), {})[region] = tuple(numbers)
    return found


def _shown(plan: Plan, found: Regions) -> Iterable[Shown]:
    """Each term of a guideline, in its order."""
    for term in plan.guideline.terms.values():
        regions = found.get((plan.guideline.id, term.id), {})
        rows = [each[:3] for each in regions.values()] or [NONE]
        facts, patients, negatives = map(sum, zip(*rows, strict=True))
        counts = {region: each[1] for region, each in sorted(regions.items())}
        hide = frozenset(counts) if small(patients) else hidden_row(counts)
        few = small(patients) or small(facts)
        days = [day for each in regions.values() for day in each[3:] if day is not None]
        yield Shown(
            term.id,
            None if few else facts,
            None if few or small(negatives) or (negatives > 0 and small(facts - negatives)) else negatives,
            None if few else patients,
            min(days) if days and patients >= SMALL else None,
            max(days) if days and patients >= SMALL else None,
            {region: None if region in hide else count for region, count in counts.items()},
            meaning(plan, term),
        )


def meaning(plan: Plan, term: Term) -> Captured:
    """What it means in this source that a term is not recorded."""
    if term.subject != "action" and term.id not in plan.captures.by_term:
        return "as any record"
    return "captured" if plan.captures.absence(term, NO) is NO else "not captured"


COUNTED = """SELECT count(*), count(*) FILTER (kind = 'reason') FROM facts WHERE "place" = 0"""
BY_TERM = f"""
SELECT guideline, term, coalesce(nullif(p.place, ''), 'not given') AS region,
    count(DISTINCT (f.patient, f.key)), count(DISTINCT f.patient),
    count(DISTINCT (f.patient, f.key)) FILTER (f.status = 'negated'),
    min(CASE WHEN f.first > {BEGINNING} THEN f.first END), max(CASE WHEN f.last < {END} THEN f.last END)
FROM facts f JOIN recognised USING (system, code) JOIN patients p ON p.id = f.patient
WHERE f.kind <> 'reason'
GROUP BY ALL
"""  # noqa: S608 - two numbers of ours
UNKNOWN = f"""
SELECT kind, system, code, count(DISTINCT (patient, key)) AS facts, count(DISTINCT patient) AS patients
FROM facts ANTI JOIN recognised USING (system, code)
WHERE code IS NOT NULL AND system <> '{OWN}'
GROUP BY ALL HAVING count(DISTINCT patient) >= {SMALL}
ORDER BY facts DESC, system, code, kind LIMIT {MOST}
"""  # noqa: S608
