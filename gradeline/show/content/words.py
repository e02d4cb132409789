"""Words that know which language they are in, so that a screen reader speaks them right."""

from __future__ import annotations

from dataclasses import dataclass

from gradeline.model.guideline import Guideline
from gradeline.model.words import Language, Text


@dataclass(frozen=True)
class Words:
    """A text, and the language that it really is in: English where nobody has written it in the one asked for."""

    text: str
    lang: Language


@dataclass(frozen=True)
class Part:
    """Words with a label before them: `Why: …`."""

    label: str
    words: Words


@dataclass(frozen=True)
class Beside:
    """What another source says, which is shown beside the guideline and named."""

    says: Words
    source: Words


def words_in(text: Text, language: Language) -> Words:
    """A text in a language, or in English where it has none.

    >>> words_in(Text("scope"), "da")
    Words(text='scope', lang='en')
    """
    return Words(text.in_(language), language if language == "en" or text.da else "en")


def beside(says: Text, source: str, guideline: Guideline, language: Language) -> Beside:
    """What a source says, under its title; titles are as given, and not translated."""
    title = next((each.title for each in guideline.sources if each.id == source), source)
    return Beside(words_in(says, language), Words(title, "en"))
