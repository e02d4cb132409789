"""What a person types in, as facts: `onset`, `birth`, `sex`, a group of warning signs, or a term with its answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, Literal

from gradeline.codes import OWN, Coding
from gradeline.dates import Day, Interval, interval
from gradeline.errors import UsageError
from gradeline.evaluate.dialogue.when import birth, said
from gradeline.model.guideline import Term
from gradeline.plan.plan import Group, Plan
from gradeline.quantity import Quantity, canonical, spelling
from gradeline.records.facts import Fact, Kind, Record

YES = ("yes", "y", "ja", "j", "done", "udført")
NO = ("no", "n", "nej", "none", "ingen")
UNKNOWN = ("unknown", "don't know", "dont know", "?", "", "ved ikke")
DECLINED = ("declined", "afslået")
ORDERED = ("ordered", "booked", "planned", "bestilt", "booket", "planlagt")
DATED = re.compile(r"(.*?)[ ,]+(?:on |since |den |siden )?(\d{4}(?:-\d{2}){0,2})$", re.ASCII)
NUMBER = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s*(\S.*)?", re.ASCII)
SEVERAL = re.compile(r"[;,]\s+(?!\d{4}(?:-|$))")
"""Between two answers to one question; `8,5` is one number, and a day after a comma is its value's."""
SEXES: dict[str, Literal["female", "male"]] = {
    "female": "female",
    "woman": "female",
    "kvinde": "female",
    "male": "male",
    "man": "male",
    "mand": "male",
}


def typed(plan: Plan, record: Record, answers: Mapping[str, str], on: Day) -> Record:
    """A record with what a person has answered added to it; UsageError where an answer cannot be read."""
    facts = list(record.facts)
    patient = record.patient
    for key, text in answers.items():
        text = text.strip()
        check_key(plan, key)
        if text.lower() in UNKNOWN:
            continue
        try:
            if key in ("birth", "age"):
                patient = patient._replace(birth=birth(text, on))
            elif key == "sex":
                patient = patient._replace(sex=_sex(text))
            else:
                facts += _facts(plan, key, text, on)
        except ValueError as error:
            raise UsageError(f"cannot read `{text}` as an answer to `{key}`: {error}", cure(plan, key)) from None
    return replace(record, patient=patient, facts=tuple(facts))


def keys(plan: Plan) -> list[str]:
    """Every key that can be answered."""
    groups = [each.group.id for each in plan.groups]
    return ["birth", "sex", "onset", *groups, *(id for id in plan.guideline.terms if id not in groups)]


def check_key(plan: Plan, key: str) -> None:
    """UsageError where nothing is called so, with what is."""
    known = keys(plan)
    if key not in (*known, "age"):
        near = ", ".join(f"`{each}`" for each in get_close_matches(key, known))
        meant = f"did you mean {near}?" if near else f"the keys are {', '.join(known)}"
        raise UsageError(f"nothing of this guideline is called `{key}`", meant)


def cure(plan: Plan, key: str) -> str:
    """How a key is answered."""
    if any(each.group.id == key for each in plan.groups):
        return "write yes, no or unknown"
    if key == "onset":
        return "write a date (2026-09-20, 2026-09) or how long ago (`about three weeks ago`)"
    if key in ("birth", "age"):
        return "write a date of birth or an age in years"
    if key == "sex":
        return "write female or male"
    term = plan.guideline.terms.get(key)
    if term and term.subject == "measurement":
        return "write the value and, if it was not today, its day: `8`, `8 2026-11-16`; or unknown"
    if term and term.subject == "finding":
        return "write yes, no or unknown, with a day where it matters: `yes 2026-10-05`"
    return "write yes, no, declined, ordered or unknown, with a day where it matters: `yes 2026-10-05`"


def _facts(plan: Plan, key: str, text: str, on: Day) -> Iterable[Fact]:
    """The facts of one answer."""
    if key == "onset":
        return [_onset(plan, said(text, on), on)]
    group = next((each for each in plan.groups if each.group.id == key), None)
    if group:
        return _signs(group, text, on)
    return [_term(plan.guideline.terms[key], part, on, number) for number, part in enumerate(SEVERAL.split(text))]


def _sex(text: str) -> Literal["female", "male"]:
    if text.lower() not in SEXES:
        raise ValueError("it is female or male")
    return SEXES[text.lower()]


def _onset(plan: Plan, when: Interval, on: Day) -> Fact:
    """An onset that is told is given, even if it was today; it says nothing of a root sign."""
    index = (Coding(OWN, plan.guideline.index.term),)
    return Fact("typed/onset", "condition", index, sureness="possible", when=when, known=on, assumed=True)


def _signs(group: Group, text: str, on: Day) -> list[Fact]:
    """A yes is the first sign of its group; a no denies its signs, not what only raises the question."""
    if not group.recorded:
        raise ValueError("only a measured value tells it")
    if text.lower() in YES:
        return [_fact(group.recorded[0], "condition", on)]
    if text.lower() in NO:
        return [_fact(term, "condition", on, status="negated") for term in group.recorded]
    raise ValueError("it is yes, no or unknown")


def _term(term: Term, text: str, on: Day, number: int) -> Fact:
    """A term that is there or not, was done, ordered or declined, or a value; on the day asked unless one is said."""
    found = DATED.fullmatch(text)
    given = (found[1] if found else text).strip()
    word = given.lower()
    told = _told(found[2], on, word in ORDERED) if found else {}
    if term.subject == "measurement":
        return _fact(term.id, "observation", on, number, value=_value(term, given), **told)
    kind: Kind = "condition" if term.subject == "finding" else "procedure"
    if kind == "condition" and word not in YES + NO:
        raise ValueError("it is neither yes, no nor unknown")
    if word in ORDERED:
        return _fact(term.id, "order", on, number, status="planned", **told)
    if word in DECLINED:
        return _fact(term.id, kind, on, number, status="negated", declined=True, **told)
    if word not in YES + NO:
        raise ValueError("it is neither yes, no, ordered, declined nor unknown")
    return _fact(term.id, kind, on, number, status="negated" if word in NO else "done", **told)


def _told(day: str, on: Day, planned: bool) -> dict[str, Any]:
    """A day that is told is that of the act and of its recording alike; what is planned may lie ahead."""
    when = interval(day) if planned else said(day, on)
    return {"when": when, "known": min(when.first, on), "assumed": True}


def _value(term: Term, text: str) -> Quantity:
    """A number in the term's unit, or in one that is said and converts to it; ValueError off the term's scale."""
    written = NUMBER.fullmatch(text.strip())
    if not written:
        raise ValueError("it is no number")
    own, unit = canonical(1, term.unit), written[2] or term.unit
    value = canonical(float(written[1].replace(",", ".")), unit)
    if value is None:
        raise ValueError(f"its unit is not known; {spelling(unit or '')}")
    if own and value.unit != own.unit:
        raise ValueError(f"`{unit}` is no unit of it; it is in {term.unit}")
    if term.scale and not term.scale.lowest <= value.value <= term.scale.highest:
        raise ValueError(f"it goes from {term.scale.lowest:g} to {term.scale.highest:g}")
    return value


def _fact(term: str, kind: Kind, on: Day, number: int = 0, **more: Any) -> Fact:
    key = f"typed/{term}" + (f"#{number}" if number else "")
    return Fact(key, kind, (Coding(OWN, term),), when=Interval(on, on), known=on)._replace(**more)
