"""The patient page: one record on one day, with what was filled in beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gradeline.evaluate.advice import Advice
from gradeline.evaluate.dialogue import Dialogue, Prompt
from gradeline.evaluate.dialogue.dialogue import kind
from gradeline.logic import UNKNOWN
from gradeline.model.words import Language, Text
from gradeline.web.advice import Shown, shown
from gradeline.web.parts.clock import Clock, clock
from gradeline.web.parts.question import Asking, Question, asked
from gradeline.web.parts.roles import Role
from gradeline.web.texts.conversation import conversation
from gradeline.web.texts.note import record_note
from gradeline.web.texts.referral import referral

LEADS = {True: "ask first", False: "ask next"}


@dataclass(frozen=True)
class Field:
    """A question of the form, and what was filled in for this view."""

    question: Question
    given: str
    day: str


@dataclass(frozen=True)
class PatientPage:
    """Everything that the patient page says."""

    advice: Shown
    clock: Clock | None
    lead: Question | None
    """The question that could settle most; it leads the page where the population is unknown."""
    first: bool
    signs: tuple[Field, ...]
    fields: tuple[Field, ...]
    filled: int
    texts: tuple[tuple[str, str], ...]


def patient(advice: Advice, given: Mapping[str, str], language: Language, role: Role) -> PatientPage:
    """The page of an advice; `given` is what was filled in, by key."""
    form = Form(advice, given, language)
    stopped = advice.gate.answer == "yes"
    return PatientPage(
        shown(advice, language, role),
        clock(advice, language),
        None if stopped else next(form.open(), None),
        advice.population.truth is UNKNOWN,
        tuple(form.field(key) for key in form.signs()),
        tuple(form.field(key) for key in form.asked()),
        len(given),
        tuple(texts(advice, language)),
    )


def texts(advice: Advice, language: Language) -> Iterator[tuple[str, str]]:
    """A note for the record, a referral, a summary for the patient."""
    found = {"note": record_note, "referral": referral, "conversation": conversation}
    yield from ((key, text) for key, make in found.items() if (text := make(advice, language)))


class Form:
    """The form in which what is missing can be filled in for one view."""

    def __init__(self, advice: Advice, given: Mapping[str, str], language: Language) -> None:
        self.advice, self.given, self.language = advice, given, language
        self.asking = Asking(Dialogue(advice.plan, advice.on), language)
        self.groups = {each.group.id: each.group.ask for each in advice.plan.groups}

    def signs(self) -> list[str]:
        """The groups of warning signs that nobody has asked about, and those that were answered here."""
        unasked = {each.id for each in self.advice.gate.unasked}
        return [id for id in self.groups if id in unasked or id in self.given]

    def asked(self) -> list[str]:
        """What was filled in, then what could settle something, the most telling first."""
        open_ones = [each.id for each in self.advice.questions]
        return [key for key in dict.fromkeys([*self.given, *open_ones]) if key not in self.groups]

    def open(self) -> Iterator[Question]:
        """What could settle something and is not filled in."""
        for each in self.advice.questions:
            if each.id not in self.given:
                yield self.asking.question(
                    Prompt(each.id, each.ask, kind(self.advice.plan, each.id), each.best, each.of)
                )

    def field(self, key: str) -> Field:
        """A question with what was filled in."""
        plan = self.advice.plan
        known = next((each for each in self.advice.questions if each.id == key), None)
        words = asked(self.asking.dialogue, key, self.language)
        ask = known.ask if known else Text(words.text, words.text if words.lang == "da" else "")
        prompt = Prompt(key, ask, kind(plan, key), known.best if known else 0, known.of if known else 0)
        text, _, day = (
            self.given.get(key, "").partition(" ")
            if prompt.answer in ("action", "value")
            else (self.given.get(key, ""), "", "")
        )
        return Field(self.asking.question(prompt), text, day)


def answers(sent: Mapping[str, str], known: list[str]) -> dict[str, str]:
    """What a form of the patient page says: each answer with its day; what is empty or not known is left out."""
    found: dict[str, str] = {}
    for key in known:
        text = (sent.get(f"t.{key}", "").strip() or sent.get(f"a.{key}", "").strip())[:100]
        day = sent.get(f"d.{key}", "").strip()[:10]
        if text and text != "unknown":
            found[key] = f"{text} {day}".strip()
    return found
