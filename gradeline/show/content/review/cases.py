"""A guideline's cases in words: the patient, what the record says, and the answers that are expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from gradeline.evaluate.words.sentences import Sentences
from gradeline.model.words import Language, written, written_interval
from gradeline.records.facts import Patient, Record
from gradeline.show.content.review.facts import FactWords

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "female": "woman",
        "male": "man",
        "None": "person",
        "born": ", born {birth}",
        "died": ", died {death}",
        "gate yes": "a warning sign stops all advice",
        "gate no": "warning signs: asked, none",
        "gate not asked": "warning signs: not asked",
        "population yes": "in the population",
        "population no": "not in the population",
        "population unknown": "cannot tell whether in the population",
        "yes": "applies",
        "no": "does not apply",
        "unknown": "cannot tell whether it applies",
        "followed": "followed",
        "departed": "done otherwise, no reason recorded",
        "justified": "done otherwise, for a recorded reason",
        "open": "open",
        "departed by a time": "overdue",
        "practice unknown": "practice not settled",
        "due": "due {day}",
    },
    "da": {
        "female": "kvinde",
        "male": "mand",
        "None": "person",
        "born": ", født {birth}",
        "died": ", død {death}",
        "gate yes": "et faresignal stopper al rådgivning",
        "gate no": "faresignaler: spurgt, ingen",
        "gate not asked": "faresignaler: ikke spurgt",
        "population yes": "i populationen",
        "population no": "ikke i populationen",
        "population unknown": "kan ikke afgøre, om i populationen",
        "yes": "gælder",
        "no": "gælder ikke",
        "unknown": "kan ikke afgøre, om den gælder",
        "followed": "fulgt",
        "departed": "gjort anderledes, ingen grund noteret",
        "justified": "gjort anderledes, med noteret grund",
        "open": "åben",
        "departed by a time": "overskredet",
        "practice unknown": "praksis ikke afgjort",
        "due": "frist {day}",
    },
}


class Expected(Protocol):
    """What a case expects of one answer."""

    @property
    def answer(self) -> str:
        """Yes, no, unknown, not asked."""

    @property
    def practice(self) -> str | None:
        """What was done about it, where the case says."""

    @property
    def due(self) -> date | None:
        """The last day, where the case says."""


class Case(Protocol):
    """A case as it is read from the file beside a guideline."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def why(self) -> str:
        """Why the answers are as they are."""

    @property
    def on(self) -> date:
        """The day asked."""

    @property
    def record(self) -> Record:
        """What is known of the patient."""

    @property
    def expect(self) -> Mapping[str, Expected]:
        """The answers, by what is answered."""


@dataclass(frozen=True)
class CaseWords:
    """A case in the words of one language; its name and its reason are as its author wrote them."""

    name: str
    why: str
    day: str
    patient: str
    facts: tuple[str, ...]
    answers: tuple[str, ...]


def counted(cases: Sequence[Case]) -> Mapping[str, int]:
    """How many cases expect something of each recommendation; under `""` how many cases there are."""
    return Counter([id for case in cases for id in case.expect]) | Counter({"": len(cases)})


def case_words(case: Case, sentences: Sentences, facts: FactWords) -> CaseWords:
    """A case in words."""
    language = sentences.language
    return CaseWords(
        name=case.name,
        why=case.why,
        day=written(case.on.toordinal(), language),
        patient=patient(case.record.patient, language),
        facts=tuple(facts.of(case.record)),
        answers=tuple(answer(name, expected, sentences) for name, expected in case.expect.items()),
    )


def patient(who: Patient, language: Language) -> str:
    """Who the case is about."""
    words = WORDS[language]
    born = words["born"].format(birth=written_interval(who.birth, language)) if who.birth else ""
    died = words["died"].format(death=written_interval(who.death, language)) if who.death else ""
    return words[str(who.sex)] + born + died


def answer(name: str, expected: Expected, sentences: Sentences) -> str:
    """One answer that is expected: of the gate, of the population, or of a recommendation and its practice."""
    language, words = sentences.language, WORDS[sentences.language]
    if name in ("gate", "population"):
        return words[f"{name} {expected.answer}"]
    recommendation = sentences.guideline.recommendation(name)
    said = [words[expected.answer]]
    if expected.practice:
        own = f"{expected.practice} {recommendation.form.words}"
        said.append(words.get(own) or words.get(f"practice {expected.practice}") or words[expected.practice])
    if expected.due:
        said.append(words["due"].format(day=written(expected.due.toordinal(), language)))
    return f"{recommendation.name.in_(language)}: {'; '.join(said)}"
