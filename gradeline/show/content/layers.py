"""What lies behind a statement: its logic in sentences, its codes, what is said beside it, its cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gradeline.evaluate.words.sentences import Sentences
from gradeline.model.guideline import Recommendation
from gradeline.show.content.codes import TermCodes, term_codes
from gradeline.show.content.logic import Outline, asks, outline, reasons, terms_of
from gradeline.show.content.words import Beside, Words, beside, words_in
from gradeline.show.wording import WORDS

Tested = Mapping[str, int]
"""How many of the guideline's cases test each recommendation, and under `""` how many cases there are."""


@dataclass(frozen=True)
class Open:
    """A question that the document leaves open, by its number among the readings."""

    number: int
    question: Words


@dataclass(frozen=True)
class Layers:
    """The logic of one recommendation, and everything that touches it."""

    asks: str
    when: Outline | None
    reasons: Outline | None
    terms: tuple[TermCodes, ...]
    readings: tuple[Open, ...]
    cautions: tuple[Beside, ...]
    timings: tuple[Beside, ...]
    cases: str


def layers(each: Recommendation, sentences: Sentences, tested: Tested | None) -> Layers:
    """The layers of a recommendation in the words of one language."""
    guideline, language = sentences.guideline, sentences.language
    readings, cautions = enumerate(guideline.interpretations, 1), guideline.cautions
    return Layers(
        asks=asks(each.form, sentences),
        when=outline(each.when, sentences) if each.when else None,
        reasons=reasons(each.form, sentences),
        terms=tuple(term_codes(guideline.terms[id], guideline, language) for id in terms_of(each, guideline)),
        readings=tuple(Open(n, words_in(one.question, language)) for n, one in readings if each.id in one.touches),
        cautions=tuple(beside(one.says, one.source, guideline, language) for one in cautions if each.id in one.touches),
        timings=tuple(
            beside(one.says, one.source, guideline, language) for one in guideline.timings if each.id in one.touches
        ),
        cases=cases(tested, each.id, WORDS[language]) if tested else "",
    )


def cases(tested: Tested, id: str, words: Mapping[str, str]) -> str:
    """How many of the guideline's cases test a recommendation."""
    n = tested.get(id, 0)
    word = "none" if n == 0 else "one" if n == 1 else "many"
    return words[f"cases {word}"].format(n=n, of=tested[""])
