"""A few questions where there is no record: each answer changes the advice, and what decides most is asked next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from gradeline.dates import Day
from gradeline.evaluate.advice import Advice, advise
from gradeline.evaluate.dialogue.typed import typed
from gradeline.model.guideline import Guideline, Subject
from gradeline.model.words import Text
from gradeline.plan.capture import DIALOGUE
from gradeline.plan.plan import Plan, compile
from gradeline.records.facts import Patient, Record

Kind = Literal["yes or no", "day", "birth", "sex", "value", "action"]
SUBJECTS: Mapping[Subject, Kind] = {"finding": "yes or no", "measurement": "value", "action": "action"}
NOBODY = Record(Patient(""))


@dataclass(frozen=True)
class Prompt:
    """What is asked next, how it can be answered, and how much it could settle."""

    id: str
    ask: Text
    answer: Kind
    settles: int = 0
    of: int = 0


@dataclass(frozen=True)
class Dialogue:
    """The answers given so far, and what follows from them on the day."""

    plan: Plan
    on: Day
    answers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def begin(cls, guideline: Guideline, on: Day) -> Dialogue:
        """A dialogue in which nothing is known."""
        return cls(compile(guideline, DIALOGUE), on)

    def answered(self, id: str, text: str) -> Dialogue:
        """The same dialogue with one more answer; UsageError where it cannot be read."""
        after = replace(self, answers={**self.answers, id: text})
        typed(self.plan, NOBODY, {id: text}, self.on)
        return after

    def taken_back(self) -> Dialogue:
        """The same dialogue without its last answer."""
        *kept, _ = self.answers.items()
        return replace(self, answers=dict(kept))

    @cached_property
    def advice(self) -> Advice:
        """What the guideline says so far."""
        return advise(self.plan, typed(self.plan, NOBODY, self.answers, self.on), self.on)

    @cached_property
    def next(self) -> Prompt | None:
        """The next question: the gate's first, outside the ranking; none where nothing can change any more.

        A question that settles nothing alone is worth asking where the others that it needs can still be answered.
        """
        if self.advice.gate.answer == "yes":
            return None
        for group in self.advice.gate.unasked:
            if group.id not in self.answers:
                return Prompt(group.id, group.ask, "yes or no")
        asked = [each for each in self.advice.questions if each.id in self.answers]
        beyond = frozenset[str]().union(*(each.for_ for each in asked))
        for question in self.advice.questions:
            if question.id not in self.answers and (question.best or question.for_ - beyond):
                return Prompt(question.id, question.ask, kind(self.plan, question.id), question.best, question.of)
        return None


def kind(plan: Plan, id: str) -> Kind:
    """How a question is answered."""
    if id in ("birth", "sex"):
        return "birth" if id == "birth" else "sex"
    if id == "onset":
        return "day"
    if id not in plan.guideline.terms:
        return "yes or no"
    return SUBJECTS[plan.guideline.terms[id].subject]
