"""The quick guide: every word of it, in its order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gradeline.evaluate.words.sentences import Sentences
from gradeline.model.guideline import Guideline, Interpretation
from gradeline.model.words import LANGUAGES, Language, written
from gradeline.show.content.layers import Tested
from gradeline.show.content.signs import Legend, legend
from gradeline.show.content.statements import Section, Statement, sections
from gradeline.show.content.words import Beside, Words, beside, words_in
from gradeline.show.wording import WORDS, encoding, status


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


def quick_guide(guideline: Guideline, language: Language, tested: Tested | None = None) -> QuickGuide:
    """A guideline in the words of one language."""
    sentences = Sentences(guideline, language)
    return QuickGuide(
        id=guideline.id,
        language=language,
        title=words_in(guideline.title, language),
        other_title=other_title(guideline, language),
        publisher=words_in(guideline.publisher.name, language),
        edition=WORDS[language]["version"].format(version=guideline.currency.version),
        version=version(guideline, language),
        status=statuses(guideline, language),
        scope=words_in(guideline.scope, language),
        population=population(sentences),
        sections=sections(sentences, tested),
        legend=legend(guideline.scheme, language),
        about=words_in(guideline.about, language),
        translation=words_in(guideline.translation, language) if guideline.translation and language != "en" else None,
        encoding=encoding(guideline, language),
        readings=readings(guideline, language),
        timings=tuple(beside(each.says, each.source, guideline, language) for each in guideline.timings),
        sources=sources(guideline),
        labels=WORDS[language],
    )


def other_title(guideline: Guideline, language: Language) -> Words | None:
    """The title in the other language, where somebody wrote it."""
    other = next(each for each in LANGUAGES if each != language)
    return words_in(guideline.title, other) if guideline.title.da else None


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


def readings(guideline: Guideline, language: Language) -> tuple[Reading, ...]:
    """How we read what the document leaves open, numbered."""
    numbered = enumerate(guideline.interpretations, 1)
    return tuple(reading(each, number, guideline, language) for number, each in numbered)


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
