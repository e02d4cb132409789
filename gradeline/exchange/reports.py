"""An audit as MeasureReports of the exported measures: how many episodes, never who, and small counts masked."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from gradeline.dates import show
from gradeline.evaluate.audit.counts.tallies import Tally
from gradeline.evaluate.audit.results import Audit, Outcome, Part
from gradeline.exchange.canonical import Canonical, version_of
from gradeline.exchange.fhir.answers import POPULATION, PRACTICES, UNTOLD
from gradeline.exchange.fhir.elements import Json, concept, narrative
from gradeline.exchange.fhir.measures import COHORT, IMPROVES, POPULATIONS, TARGETED
from gradeline.model.words import Text

ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
SAYS = (
    "Counted by `gradeline audit`, by episode, as recorded: whether it applies on any day, practice at the end of the "
    "follow-up. Open includes those with an alternative in place; what the end of the data leaves open counts as "
    "practice that cannot be told. Small counts are masked."
)


def reports(audit: Audit, canonical: Canonical | None = None) -> bytes:
    """A report for each recommendation of each guideline, as one Bundle."""
    where = canonical or Canonical()
    made = [_report(audit, part, outcome, where) for part in audit.parts for outcome in part.outcomes]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in made]}
    return orjson.dumps(bundle, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _report(audit: Audit, part: Part, outcome: Outcome, canonical: Canonical) -> Json:
    """One recommendation: a proportion where it is strong, else counts side by side."""
    guideline, own = part.guideline, outcome.recommendation
    id, counts = f"{guideline.id}-{own.id}", _counts(outcome.readings["strict"].total)
    strong = {"improvementNotation": IMPROVES, "group": [_proportion(own.id, counts)]}
    return {
        "resourceType": "MeasureReport",
        "id": id,
        "language": "en",
        "text": narrative(own.name, Text(SAYS)),
        "status": "complete",
        "type": "summary",
        "measure": f"{canonical.url('Measure', id)}|{version_of(guideline, canonical)}",
        "reporter": {"display": audit.about.source},
        "period": {"start": show(audit.period.first), "end": show(audit.period.last)},
        **(strong if outcome.indicator else {"group": [*_cohort(own.id, counts)]}),
    }


def _counts(tally: Tally) -> dict[str, int | None]:
    """The counts of a tally, as the measures group them."""
    practice = tally.practice
    together = {"open": ("open", "alternative"), "unknown": ("unknown", "incomplete")}
    ending = {PRACTICES[each]: _sum(*(practice[one] for one in together.get(each, (each,)))) for each in PRACTICES}
    return {POPULATION: tally.applies["yes"], UNTOLD: tally.applies["unknown"], **ending}


def _sum(*counts: int | None) -> int | None:
    known = [each for each in counts if each is not None]
    return sum(known) if len(known) == len(counts) else None


def _cohort(id: str, counts: dict[str, int | None]) -> Iterator[Json]:
    for ending, words in COHORT.items():
        population = [_population("initial-population", counts[ending])]
        yield {"id": f"{id}-{ending.lower()}", "code": {"text": words.en}, "population": population}


def _proportion(id: str, counts: dict[str, int | None]) -> Json:
    """The populations, and the score where none of them is masked."""
    whole, excluded, excepted, met = (counts[each] for each in (POPULATION, "Unknown", "Justified", "Followed"))
    group = {"id": id, "population": [_population(code, counts[ending]) for code, ending in TARGETED.items()]}
    if whole is None or excluded is None or excepted is None or met is None or whole <= excluded + excepted:
        return group
    return {**group, "measureScore": {"value": round(met / (whole - excluded - excepted), 4)}}


def _population(code: str, count: int | None) -> Json:
    """A count, or that it is masked because it is small or would tell of one that is."""
    masked = {"_count": {"extension": [{"url": ABSENT, "valueCode": "masked"}]}}
    return {"code": concept(POPULATIONS, code), **(masked if count is None else {"count": count})}
