"""The review: everything that decides what Gradeline answers, for those who approve it and never open a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gradeline.evaluate.words.sentences import Sentences, amount_written
from gradeline.model.guideline import Gate, Guideline, Signs
from gradeline.model.published import Kept
from gradeline.model.words import Language, written_span
from gradeline.quantity import Quantity
from gradeline.show.content.codes import TermCodes, term_codes
from gradeline.show.content.guide import QuickGuide, quick_guide
from gradeline.show.content.logic import Outline, outline
from gradeline.show.content.review.cases import Case, CaseWords, case_words, counted
from gradeline.show.content.review.facts import FactWords
from gradeline.show.content.review.words import WORDS
from gradeline.show.content.words import Beside, Words, beside, words_in


@dataclass(frozen=True)
class Whom:
    """The population, and what opens and closes an episode."""

    population: Outline
    index: TermCodes
    confirmed: Outline | None
    ends: tuple[str, ...]


@dataclass(frozen=True)
class SignsWords:
    """One group of warning signs."""

    ask: Words
    signs: tuple[Outline, ...]
    questions: tuple[Outline, ...]


@dataclass(frozen=True)
class GateWords:
    """The warning signs, and what is said where one is there."""

    groups: tuple[SignsWords, ...]
    stop: Words
    source: str


@dataclass(frozen=True)
class Said:
    """Something said beside statements, and where."""

    beside: Beside
    when: str
    touches: tuple[Words, ...]


@dataclass(frozen=True)
class Number:
    """A parameter with its value."""

    name: str
    value: str


@dataclass(frozen=True)
class Review:
    """A guideline as it is reviewed; `published` holds the publisher's words by the id of the statement."""

    guide: QuickGuide
    title: Words
    published: Mapping[str, Beside]
    unread: str
    """Said once where the publisher's words were not read."""
    whom: Whom
    numbers: tuple[Number, ...]
    gate: GateWords | None
    cautions: tuple[Said, ...]
    terms: tuple[TermCodes, ...]
    cases: tuple[CaseWords, ...]
    encoding: str
    labels: Mapping[str, str]


def review(guideline: Guideline, language: Language, published: Kept | None, cases: Sequence[Case]) -> Review:
    """A guideline with the publisher's words, where they were read, and with its cases."""
    sentences = Sentences(guideline, language)
    facts, words = FactWords(sentences), WORDS[language]
    title = words_in(guideline.title, language)
    return Review(
        guide=quick_guide(guideline, language, counted(cases) if cases else None),
        title=Words(words["title"].format(title=title.text), language),
        published=kept(published or {}),
        unread="" if published else words["unread"].format(id=guideline.id),
        whom=whom(sentences),
        numbers=tuple(
            Number(name.replace("-", " "), value(each, language)) for name, each in guideline.parameters.items()
        ),
        gate=gate(guideline.gate, sentences) if guideline.gate else None,
        cautions=cautions(sentences),
        terms=tuple(term_codes(each, guideline, language) for each in guideline.terms.values()),
        cases=tuple(case_words(case, sentences, facts) for case in cases),
        encoding=guideline.encoding.version,
        labels=words,
    )


def kept(published: Kept) -> dict[str, Beside]:
    """The publisher's words with their source, by statement."""
    return {
        id: Beside(Words(each.text, each.language), Words(each.source, each.language)) for id, each in published.items()
    }


def whom(sentences: Sentences) -> Whom:
    """The population in full, each criterion that it names opened."""
    guideline, language, words = sentences.guideline, sentences.language, WORDS[sentences.language]
    index = guideline.index
    ends = [words["gap"].format(span=written_span(index.gap, language))]
    if index.ended_by:
        ends.append(words["ended"].format(names=", ".join(map(sentences.term, index.ended_by))))
    return Whom(
        population=outline(guideline.population, sentences),
        index=term_codes(guideline.terms[index.term], guideline, language),
        confirmed=confirmed(index.confirmed_by, sentences) if index.confirmed_by else None,
        ends=tuple(ends),
    )


def confirmed(name: str, sentences: Sentences) -> Outline:
    """What confirms a merely possible index condition: a criterion of that name, else a term."""
    criteria = sentences.guideline.criteria
    return outline(criteria[name], sentences) if name in criteria else Outline(sentences.term(name))


def gate(gate: Gate, sentences: Sentences) -> GateWords:
    """The warning signs in words."""
    language = sentences.language
    title = next((each.title for each in sentences.guideline.sources if each.id == gate.source), gate.source)
    return GateWords(
        groups=tuple(group(each, sentences) for each in gate.groups),
        stop=words_in(gate.stop, language),
        source=WORDS[language]["gate source"].format(source=title),
    )


def group(signs: Signs, sentences: Sentences) -> SignsWords:
    """One group: what is asked, what stops, what only raises the question."""
    return SignsWords(
        ask=words_in(signs.ask, sentences.language),
        signs=tuple(outline(each, sentences) for each in signs.signs),
        questions=tuple(outline(each, sentences) for each in signs.questions),
    )


def cautions(sentences: Sentences) -> tuple[Said, ...]:
    """What is said beside statements, each with its condition."""
    guideline, language = sentences.guideline, sentences.language
    names = {one.id: words_in(one.name, language) for one in guideline.recommendations}
    return tuple(
        Said(
            beside=beside(each.says, each.source, guideline, language),
            when=sentences.say(each.when),
            touches=tuple(names[id] for id in each.touches if id in names),
        )
        for each in guideline.cautions
    )


def value(each: object, language: Language) -> str:
    """A parameter's value: a quantity or a length of time."""
    return amount_written(each) if isinstance(each, Quantity) else written_span(each, language)  # type: ignore[arg-type]
