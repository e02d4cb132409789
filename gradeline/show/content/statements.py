"""The statements of a quick guide, section by section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gradeline.evaluate.words.sentences import Sentences
from gradeline.model.guideline import Guideline, Recommendation
from gradeline.model.words import Language, Text
from gradeline.show.content.layers import Layers, Tested, layers
from gradeline.show.content.signs import Sign, grade_words, kind, level
from gradeline.show.content.words import Part, Words, words_in
from gradeline.show.wording import WORDS, why


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
