"""The least of a case on which two readings of the page still differ, so that a person can decide which is right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from gradeline.dates import interval
from gradeline.records.facts import Fact, Record
from tests.agree.clinic import RECENT
from tests.agree.strategies import Case

PLAIN: dict[str, Any] = {
    "sureness": "sure", "side": None, "until": None, "no_onset": False, "text": "", "time": "", "specialty": "",
    "sites": (), "declined": False, "assumed": False, "of": (),
}  # fmt: skip
PERSON: dict[str, Any] = {"death": None, "sex": "female", "birth": interval("1980-02-03")}
GUIDELINE: dict[str, Any] = {"gate": None, "population": RECENT}


def least(case: Case, differs: Callable[[Case], bool]) -> Case:
    """Take away and make plain whatever does not decide."""
    found = next((each for each in smaller(case) if differs(each)), None)
    return case if found is None else least(found, differs)


def smaller(case: Case) -> Iterator[Case]:
    """The case with one thing less, or one thing plainer."""
    facts, said = case.record.facts, case.guideline.recommendations
    for place in range(len(facts)):
        yield with_facts(case, facts[:place] + facts[place + 1 :])
    for place in range(len(said)):
        fewer = said[:place] + said[place + 1 :]
        yield case._replace(guideline=replace(case.guideline, recommendations=fewer))
    for name, plain in GUIDELINE.items():
        if getattr(case.guideline, name) != plain:
            yield case._replace(guideline=replace(case.guideline, **{name: plain}))
    for name, plain in PERSON.items():
        if getattr(case.record.patient, name) != plain:
            yield case._replace(record=replace(case.record, patient=case.record.patient._replace(**{name: plain})))
    for place, fact in enumerate(facts):
        for name, plain in PLAIN.items():
            if getattr(fact, name) != plain:
                yield with_facts(case, (*facts[:place], fact._replace(**{name: plain}), *facts[place + 1 :]))


def with_facts(case: Case, facts: tuple[Fact, ...]) -> Case:
    """The case with other facts."""
    return case._replace(record=Record(case.record.patient, facts))
