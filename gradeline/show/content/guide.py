"""The quick guide: every word of it, in its order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gradeline.evaluate.words.sentences import Sentences
from gradeline.model.grade import Certainty, Grade, Kind, Scheme
from gradeline.model.guideline import Guideline, Interpretation, Recommendation
from gradeline.model.words import LANGUAGES, Language, Text, written
from gradeline.show.content.layers import Layers, layers
from gradeline.show.content.words import Beside, Part, Words, beside, words_in
from gradeline.show.wording import WORDS, encoding, status, why


@dataclass(frozen=True)
class Sign:
    """A sign of the rating scheme, never without its words; `kind` is the same in every language."""

    symbol: str
    name: Words
    meaning: Words
    kind: str


@dataclass(frozen=True)
class Legend:
    """Every sign of a rating scheme, the highest certainty first."""

    scheme: Words
    strengths: tuple[Sign, ...]
    certainties: tuple[Sign, ...]


@dataclass(frozen=True)
class Statement:
    """A recommendation: our words, its grade, what stands below it, then layer by layer what is behind it."""

    id: str
    number: int
    name: Words
    says: Words
    strength: Sign
    certainty: Sign | None
    grade: str
    parts: tuple[Part, ...]
    """Why, what it compares, its caveat: what stands below it in every format."""
    caveat: Part | None
    key: tuple[Part, ...]
    """Why, what it compares, for whom, the evidence: what a page opens first."""
    layers: Layers


@dataclass(frozen=True)
class Section:
    """A heading, and the statements below it."""

    id: str
    title: Words
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Reading:
    """What the document leaves open, and how we read it."""

    id: str
    number: int
    question: Words
    reading: Words
    reason: Words
    alternatives: tuple[Words, ...]
    touches: tuple[Words, ...]


@dataclass(frozen=True)
class Status:
    """What every page says on top, and what that means."""

    says: str
    meaning: Words | None


@dataclass(frozen=True)
class QuickGuide:
    """A guideline as it is shown; `labels` are the words around it."""

    id: str
    language: Language
    title: Words
    other_title: Words | None
    publisher: Words
    edition: str
    version: str
    """The edition with its days."""
    status: tuple[Status, ...]
    scope: Words
    population: str
    sections: tuple[Section, ...]
    legend: Legend
    about: Words
    translation: Words | None
    encoding: str
    readings: tuple[Reading, ...]
    timings: tuple[Beside, ...]
    sources: tuple[Words, ...]
    labels: Mapping[str, str]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in their order."""
        return tuple(statement for section in self.sections for statement in section.statements)


Tested = Mapping[str, int]
"""How many of the guideline's cases test each recommendation, and under `""` how many cases there are."""


def quick_guide(guideline: Guideline, language: Language, tested: Tested | None = None) -> QuickGuide:
    """A guideline in the words of one language."""
    sentences = Sentences(guideline, language)
    other = next(each for each in LANGUAGES if each != language)
    other_title = words_in(guideline.title, other)
    return QuickGuide(
        id=guideline.id,
        language=language,
        title=words_in(guideline.title, language),
        other_title=other_title if other_title.lang == other and guideline.title.da else None,
        publisher=words_in(guideline.publisher.name, language),
        edition=WORDS[language]["version"].format(version=guideline.currency.version),
        version=version(guideline, language),
        status=statuses(guideline, language),
        scope=words_in(guideline.scope, language),
        population=population(sentences),
        sections=sections(sentences, tested),
        about=words_in(guideline.about, language),
        translation=words_in(guideline.translation, language) if guideline.translation and language != "en" else None,
        encoding=encoding(guideline, language),
        readings=tuple(
            reading(each, number, guideline, language) for number, each in enumerate(guideline.interpretations, 1)
        ),
        timings=tuple(beside(each.says, each.source, guideline, language) for each in guideline.timings),
        sources=sources(guideline),
        labels=WORDS[language],
        legend=legend(guideline.scheme, language),
    )


def version(guideline: Guideline, language: Language) -> str:
    """The edition of the guideline, and the day of its publication where it is known."""
    words, currency = WORDS[language], guideline.currency
    day = written(currency.published.toordinal(), language) if currency.published else ""
    said = words["published" if day else "version"].format(version=currency.version, day=day)
    if currency.review_by:
        said += words["review by"].format(day=written(currency.review_by.toordinal(), language))
    return said


def statuses(guideline: Guideline, language: Language) -> tuple[Status, ...]:
    """The status, one line for each thing to be said of it."""
    found = status(guideline, language)
    return tuple(Status(says, words_in(meaning, language) if meaning else None) for says, meaning in found)


def population(sentences: Sentences) -> str:
    """Whom the guideline is for, as its logic says it."""
    guideline = sentences.guideline
    index = WORDS[sentences.language]["in an episode"].format(index=sentences.term(guideline.index.term))
    return f"{index}; {sentences.say(guideline.population)}"


def sections(sentences: Sentences, tested: Tested | None) -> tuple[Section, ...]:
    """The sections that have statements, each statement numbered through the whole guide."""
    guideline, language = sentences.guideline, sentences.language
    found, number = [], 0
    for section in guideline.sections:
        inside = [each for each in guideline.recommendations if each.section == section.id]
        statements = tuple(statement(each, at, sentences, tested) for at, each in enumerate(inside, number + 1))
        number += len(inside)
        if statements:
            found.append(Section(section.id, words_in(section.title, language), statements))
    return tuple(found)


def statement(each: Recommendation, number: int, sentences: Sentences, tested: Tested | None) -> Statement:
    """One recommendation with all its layers."""
    guideline, language = sentences.guideline, sentences.language
    strength = kind(guideline.scheme, (each.grade.strength, each.grade.direction), language)
    return Statement(
        id=each.id,
        number=number,
        name=words_in(each.name, language),
        says=words_in(each.says, language),
        strength=strength,
        certainty=level(guideline.scheme, each.grade.certainty, language) if each.grade.certainty else None,
        grade=grade_words(guideline.scheme, each.grade, language),
        parts=labelled(dict(why(each)), language),
        caveat=Part(WORDS[language]["caveat"], words_in(each.caveat, language)) if each.caveat else None,
        key=(*key_information(each, language), *numbering(each, guideline, language)),
        layers=layers(each, sentences, tested),
    )


def key_information(each: Recommendation, language: Language) -> tuple[Part, ...]:
    """Why, compared with what, for whom, what is offered, on which evidence."""
    more = {"population": each.population, "intervention": each.intervention, "evidence": each.evidence}
    return labelled({"why": each.why, "comparator": each.comparator, **more}, language)


def labelled(texts: Mapping[str, Text | None], language: Language) -> tuple[Part, ...]:
    """Texts behind their labels, those that nobody wrote left out."""
    return tuple(Part(WORDS[language][key], words_in(text, language)) for key, text in texts.items() if text)


def numbering(each: Recommendation, guideline: Guideline, language: Language) -> list[Part]:
    """Where the sources have it, each source by its number in the list."""
    numbers = {source.id: number for number, source in enumerate(guideline.sources, 1)}
    found = [f"{alias} [{numbers[id]}]" if id in numbers else f"{alias} ({id})" for id, alias in each.aliases.items()]
    return [Part(WORDS[language]["numbering"], Words("; ".join(found), "en"))] if found else []


def grade_words(scheme: Scheme, grade: Grade, language: Language) -> str:
    """The strength in words, and the certainty apart from it."""
    name = scheme.kind(grade).name.in_(language)
    if grade.certainty is None:
        return name
    certainty = WORDS[language]["certainty"].format(level=scheme.certainties[grade.certainty].name.in_(language))
    return f"{name}; {certainty} {scheme.circles(grade)}"


def kind(scheme: Scheme, kind: Kind, language: Language) -> Sign:
    """A strength and direction as the scheme writes it."""
    found, (strength, direction) = scheme.kinds[kind], kind
    name = f"{strength.value} {direction.value}".replace(" ", "-")
    return Sign(found.symbol, words_in(found.name, language), words_in(found.meaning, language), name)


def level(scheme: Scheme, certainty: Certainty, language: Language) -> Sign:
    """A certainty as the scheme writes it."""
    found = scheme.certainties[certainty]
    name = certainty.word.replace(" ", "-")
    return Sign(found.symbol, words_in(found.name, language), words_in(found.meaning, language), name)


def legend(scheme: Scheme, language: Language) -> Legend:
    """What the scheme's signs mean."""
    return Legend(
        scheme=words_in(scheme.name, language),
        strengths=tuple(kind(scheme, each, language) for each in scheme.kinds),
        certainties=tuple(level(scheme, each, language) for each in sorted(scheme.certainties, reverse=True)),
    )


def reading(each: Interpretation, number: int, guideline: Guideline, language: Language) -> Reading:
    """One reading in the words of one language."""
    names = {one.id: words_in(one.name, language) for one in guideline.recommendations}
    return Reading(
        id=each.id,
        number=number,
        question=words_in(each.question, language),
        reading=words_in(each.reading, language),
        reason=words_in(each.reason, language),
        alternatives=tuple(words_in(other.says, language) for other in each.alternatives),
        touches=tuple(names[touched] for touched in each.touches if touched in names),
    )


def sources(guideline: Guideline) -> tuple[Words, ...]:
    """The sources in the order in which they are numbered; their titles are as given, in English where translated."""
    return tuple(
        Words(", ".join(filter(None, [each.title, each.year, each.locator])), "en") for each in guideline.sources
    )
