"""Whether another engine gives our answers: asked of the same patients on the same days, and every difference told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gradeline.dates import Day, show
from gradeline.evaluate.advice import Advice, advise
from gradeline.logic import NO, UNKNOWN, YES, Truth
from gradeline.plan.plan import Plan
from gradeline.records.facts import Record

SAID: Mapping[Truth, bool | None] = {NO: False, UNKNOWN: None, YES: True}
"""A truth as CQL has it."""


@dataclass(frozen=True)
class Asked:
    """A patient to be asked: the record that we read, the resources that they read, and the days."""

    id: str
    record: Record
    resources: Sequence[Mapping[str, Any]]
    days: tuple[Day, ...]

    @property
    def line(self) -> dict[str, Any]:
        """What the engine is given."""
        entries = [{"resource": each} for each in self.resources]
        bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
        return {"id": self.id, "days": [show(day) for day in self.days], "bundle": bundle}


@dataclass(frozen=True)
class Difference:
    """One answer that differs."""

    patient: str
    day: Day
    what: str
    ours: object
    theirs: object

    def __str__(self) -> str:
        return f"{self.patient}, {show(self.day)}, {self.what}: ours {self.ours}, theirs {self.theirs}"


@dataclass
class Tally:
    """What was compared, and what differs."""

    patients: int = 0
    days: int = 0
    answers: int = 0
    differences: tuple[Difference, ...] = ()

    def __str__(self) -> str:
        counts = (self.patients, "patient"), (self.days, "day"), (self.answers, "answer")
        counted = ", ".join(f"{count:,} {word}{'s' * (count != 1)}" for count, word in counts)
        return f"{counted}: " + (f"{len(self.differences):,} differ" if self.differences else "all the same")


def compared(plan: Plan, asked: Iterable[Asked], answered: Iterable[Mapping[str, Any]]) -> Tally:
    """Our answers beside theirs."""
    tally = Tally()
    for patient, theirs in zip(asked, answered, strict=True):
        tally.patients += 1
        if "fault" in theirs:
            tally.differences += (Difference(patient.id, patient.days[0], "all", "answers", theirs["fault"]),)
            continue
        for day, said in zip(patient.days, theirs["answers"], strict=True):
            mine, other = ours(advise(plan, patient.record, day)), flat(said)
            tally.days += 1
            tally.answers += len(mine)
            found = [name for name in {**mine, **other} if mine.get(name, "-") != other.get(name, "-")]
            tally.differences += tuple(Difference(patient.id, day, n, mine.get(n), other.get(n)) for n in found)
    return tally


def ours(advice: Advice) -> dict[str, object]:
    """Our answers by name: the stop, the population, and each recommendation."""
    found: dict[str, object] = {"stop": advice.gate.answer == "yes", "population": SAID[advice.population.truth]}
    for each in advice.recommendations:
        due = show(each.due) if each.due else None
        found[each.recommendation.id] = (SAID[each.applies.truth], each.practice, due)
    return found


def flat(said: Mapping[str, Any]) -> dict[str, object]:
    """Their answers by name."""
    found: dict[str, object] = {"stop": said["stop"], "population": said["population"]}
    for each in said["recommendations"] or ():
        found[each["id"]] = (each["applies"], each["practice"], each["due"])
    return found


def lines(asked: Iterable[Asked]) -> Iterator[dict[str, Any]]:
    """What the engine is given of each patient."""
    for each in asked:
        yield each.line
