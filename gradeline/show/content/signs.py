"""The signs of a rating scheme, each with its words."""

from __future__ import annotations

from dataclasses import dataclass

from gradeline.model.grade import Certainty, Grade, Kind, Scheme
from gradeline.model.words import Language
from gradeline.show.content.words import Words, words_in
from gradeline.show.wording import WORDS


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
