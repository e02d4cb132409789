"""What was meant: the truth about each patient, day by day, and as the record that a perfect source would hold."""

from __future__ import annotations

from typing import Any

import orjson

from gradeline.codes import OWN, Coding
from gradeline.cohort.lives.episode import Act, Episode, Finding, Score
from gradeline.cohort.lives.person import Person
from gradeline.dates import Day, Interval, interval, show
from gradeline.quantity import Quantity
from gradeline.records.facts import Fact, Kind, Patient, Record

INDEX = "lumbar-nerve-root-compression"
Truth = dict[str, Any]
"""One line of the truth: a JSON object."""


def line(person: Person, end: Day) -> bytes:
    """One patient's truth as a line of JSON; what lies after the extract's end is not recorded, whatever happened."""
    whole = {
        "patient": person.id,
        "region": person.region_on(end).name,
        "born": show(person.born),
        "sex": "female" if person.female else "male",
        "died": written(person.died),
        "left": written(person.left),
        "episodes": [episode(each, person.until(end)) for each in person.episodes],
    }
    return orjson.dumps(whole, option=orjson.OPT_APPEND_NEWLINE)


def written(day: Day | None) -> str | None:
    """A day as it is written, or null."""
    return None if day is None else show(day)


def episode(of: Episode, end: Day) -> Truth:
    """One episode."""
    return {
        "onset": show(of.onset),
        "over": show(of.over),
        "over recorded": of.end_recorded and of.over <= end,
        "operated": written(of.operated),
        "side": of.side,
        "root": of.root,
        "region": of.region.name,
        "contacts": [
            {"day": show(each.day), "setting": each.setting, "recorded": each.recorded and each.day <= end}
            for each in of.contacts
        ],
        "findings": [finding(each, end) for each in of.findings],
        "scores": [score(each, end) for each in of.scores],
        "actions": [act(each, end) for each in of.acts],
    }


def finding(of: Finding, end: Day) -> Truth:
    """A sign or a judgement."""
    recorded = of.recorded and of.day <= end
    return {"term": of.term, "day": show(of.day), "present": of.present, "recorded": recorded}


def score(of: Score, end: Day) -> Truth:
    """A measurement."""
    return {"term": of.term, "day": show(of.day), "value": of.value, "recorded": of.recorded and of.day <= end}


def act(of: Act, end: Day) -> Truth:
    """An action: ordered or not, done or not, and why as far as anybody wrote it down."""
    return {
        "term": of.term,
        "setting": of.setting,
        "ordered": written(of.ordered),
        "done": written(of.done),
        "fate": of.fate,
        "reasons": list(of.reasons),
        "words": of.words,
        "recorded": of.recorded and of.day <= end,
    }


def record(truth: Truth, only_recorded_scores: bool = False) -> Record:
    """The record that a perfect source would hold of a patient: each thing on its day, under its term's own code.

    An MRI counts as justified by what was recorded, not by what was so: to judge reasons take the recorded scores.
    """
    facts = [fact for number, each in enumerate(truth["episodes"], 1) for fact in course(each, number)]
    if only_recorded_scores:
        facts = [fact for fact in facts if "unrecorded-score" not in fact.key]
    died = interval(truth["died"]) if truth["died"] else None
    return Record(Patient(truth["patient"], interval(truth["born"]), truth["sex"], died, truth["region"]), tuple(facts))


def course(truth: Truth, number: int) -> list[Fact]:
    """The facts of one episode."""
    facts = contacts(truth, number) if truth["root"] else []
    for place, each in enumerate(truth["findings"]):
        found = fact("condition", each["term"], f"{number}-finding-{place}", each["day"])
        facts.append(found if each["present"] else found._replace(status="negated"))
    for place, each in enumerate(truth["scores"]):
        key = f"{number}-{'recorded' if each['recorded'] else 'unrecorded'}-score-{place}"
        value = Quantity(float(each["value"]), "1")
        facts.append(fact("observation", each["term"], key, each["day"])._replace(value=value))
    for place, each in enumerate(truth["actions"]):
        facts += action(each, f"{number}-action-{place}")
    return facts


def contacts(truth: Truth, number: int) -> list[Fact]:
    """The index condition, once for each contact that anybody recorded, always with its onset and its side."""
    onset, end = interval(truth["onset"]), interval(truth["over"]).last if truth["over recorded"] else None
    return [
        fact("condition", INDEX, f"{number}-contact-{place}", each["day"])._replace(
            when=onset, until=end, side=truth["side"]
        )
        for place, each in enumerate(truth["contacts"])
        if each["recorded"]
    ]


def action(truth: Truth, key: str) -> list[Fact]:
    """An action: the order, its reasons, what was done; nothing where it was cancelled, but for the patient's wish."""
    facts: list[Fact] = []
    if truth["fate"] == "cancelled":
        return facts
    if truth["ordered"]:
        order = fact("order", truth["term"], f"{key}-order", truth["ordered"])
        declined = truth["fate"] == "declined"
        facts.append(order._replace(status="negated" if declined else "planned", declined=declined))
    if truth["done"]:
        done = fact("procedure", truth["term"], f"{key}-done", truth["done"])
        facts.append(done._replace(of=(facts[0].key,) if facts else ()))
    for place, reason in enumerate(truth["reasons"]):
        why = fact("reason", reason, f"{key}-reason-{place}", truth["ordered"] or truth["done"])
        facts.append(why._replace(of=(facts[0].key,), no_onset=True))
    return facts


def fact(kind: Kind, term: str, key: str, day: str) -> Fact:
    """A statement of a term on a day, known on that day."""
    when: Interval = interval(day)
    return Fact(key, kind, (Coding(OWN, term),), when=when, known=when.first)
