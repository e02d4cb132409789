"""The table's rows for the cases that stand beside a guideline."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gradeline.records.facts import Patient, Record
from gradeline.source.facts import EXAMPLE, Line, interval, line, numbered
from gradeline.source.grammar import phrases as say
from gradeline.source.grammar.kinds import Amiss, Entries, Key, Many, Names, Part, Phrase, nearest

PEOPLE = {"woman": "female", "man": "male", "person": None}
PRACTICES = ("followed", "departed", "justified", "open", "unknown")
ANSWERS = {"gate": ("yes", "no", "not asked"), "population": ("yes", "no", "unknown")}
APPLIES = re.compile(r"applies (yes|no|unknown)(?:, ([a-z]+))?(?:, due (\S+))?")


@dataclass(frozen=True)
class Expectation:
    """What a case expects of one answer: the answer itself, and of a recommendation its practice and its limit."""

    answer: str
    practice: str | None = None
    due: date | None = None


@dataclass(frozen=True)
class Case:
    """A patient in a few clinical words, the day, what is expected, and why."""

    name: str
    why: str
    on: date
    record: Record
    expect: Mapping[str, Expectation]
    line: int = 0


def patient(text: str, names: Names) -> Patient:
    """Who the case is about."""
    who, *rest = re.split(r",\s*", text)
    if who not in PEOPLE:
        raise Amiss(f"`{who}` is nobody", "begin with woman, man or person: `woman, born 1980-02-03`")
    dates = dict(part.split(" ", 1) for part in rest if re.fullmatch("(born|died) .+", part))
    if len(dates) < len(rest):
        raise Amiss(
            f"`{text}` says something else of the patient",
            "after woman, man or person stand `born` and `died` with a date",
        )
    birth, death = (interval(dates[each]) if each in dates else None for each in ("born", "died"))
    return Patient("patient", birth, PEOPLE[who], death)  # type: ignore[arg-type]


def answered(text: str, names: Names) -> str:
    """What is answered: the gate, the population, or a recommendation by its id."""
    return text if text in ANSWERS else say.RECOMMENDATION.read(text, names)  # type: ignore[return-value]


def expectation(text: str, names: Names) -> tuple[bool, Expectation]:
    """Whether it speaks of a recommendation, and the answer that is expected."""
    found = APPLIES.fullmatch(text)
    if not found:
        return False, Expectation(text)
    applies, practice, due = found.groups()
    if practice and practice not in PRACTICES:
        raise Amiss(f"`{practice}` is no practice", nearest(practice, [*PRACTICES]) or f"it is {', '.join(PRACTICES)}")
    if applies == "no" and practice:
        raise Amiss("what does not apply has no practice", "write `applies no` alone")
    return True, Expectation(applies, practice, say.day(due, names) if due else None)


def expected(answers: dict[str, tuple[bool, Expectation]]) -> dict[str, Expectation]:
    """Answers in the words that go with what they answer."""
    for name, (applies, found) in answers.items():
        if name in ANSWERS and (applies or found.answer not in ANSWERS[name]):
            raise Amiss(f"`{name}` is not answered so", f"write {', '.join(ANSWERS[name])}")
        if name not in ANSWERS and not applies:
            raise Amiss(f"`{name}: {found.answer}` is no answer of a recommendation", f"write `{APPLY.example}`")
    return {name: found for name, (_, found) in answers.items()}


def case(case: str, expect: dict[str, Expectation], facts: Sequence[Line] = (), **fields: Any) -> Case:
    """A case, its record made of its facts."""
    who = fields.pop("patient", Patient("patient"))
    stated = numbered(facts)
    return Case(case, record=Record(who, stated, len(stated)), expect=expect, **fields)


PATIENT = Phrase("a patient", "woman, born 1980-02-03", "(woman|man|person)(, (born|died) [0-9-]+)*", patient)
FACT = Phrase("a fact in clinical words", EXAMPLE, r"\S+ .+", line)
ANSWERED = Phrase("gate, population or the id of a recommendation", "population", say.ID.pattern, answered)
APPLY = Phrase(
    "an answer",
    "applies yes, open, due 2026-12-13",
    "(applies (yes|no|unknown).*|yes|no|unknown|not asked)",
    expectation,
)

EXPECTED = Entries("for each thing that is answered its answer", ANSWERED, APPLY, makes=expected)

# fmt: off
CASE = Part(
    "case", Case, "A patient in a few words, the day, the answers that are expected, and why.",
    (
        Key("case", say.LINE, "its name", must=True, example="An MRI ordered with no reason"),
        Key("why", say.LINE, "why the answers are as they are", must=True, example="nothing justifies it"),
        Key("on", say.DAY, "the day asked", must=True),
        Key("patient", PATIENT, "woman, man or person, and where they are known the dates of birth and death"),
        Key("facts", Many(FACT), "what the record says, a fact on a line",
            example="- leg-pain 2026-10-01\n- lumbar-mri 2026-10-02, ordered"),
        Key("expect", EXPECTED, "the answers: of the gate yes, no or not asked; of the population yes, no or "
            "unknown; of a recommendation whether it applies, then its practice and its limit where they matter",
            must=True, example="gate: not asked\npopulation: yes\nmri: applies yes, departed"),
    ),
    makes=case,
)
# fmt: on
