"""Whether an encoding is faithful to a statement: in strength, direction, certainty, comparator and caveat."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from gradeline.dates import Duration
from gradeline.model.forms import Either, InsteadOf, NotRoutine
from gradeline.model.grade import GOOD, Certainty
from gradeline.source.published.found import Statement
from gradeline.source.published.uses import phrases
from gradeline.source.published.uses.phrases import Phrase
from gradeline.source.published.uses.said import Said
from gradeline.source.published.uses.stems import Weights, stems

HALF = 0.5
"""So much of a published comparator, by weight of its words, must be in the encoded one."""
THIRD = 0.3
"""So much of a published condition or reason must be in our words: they are our own, and say it otherwise."""
NOT_GIVEN = "not given"


class Point(NamedTuple):
    """One thing compared: as published, as encoded, and whether that is the same."""

    what: str
    published: str
    encoded: str
    agrees: bool


def points(statement: Statement, encoded: Said, weights: Weights) -> Iterator[Point]:
    """Everything that is compared of a statement and its encoding."""
    grade = encoded.of.grade
    yield _same("strength", statement.strength, grade.strength)
    yield _same("direction", statement.direction, grade.direction)
    yield _certainty(statement, grade.certainty)
    yield _comparator(statement, encoded, weights)
    for caveat in phrases.caveats(statement.text):
        yield _caveat(caveat, encoded, weights)


def _same(what: str, published: Enum | None, encoded: Enum) -> Point:
    return Point(what, published.value if published else NOT_GIVEN, encoded.value, published is encoded)


def _certainty(statement: Statement, encoded: Certainty | None) -> Point:
    """Good practice has no certainty; a graded statement without one is not the same as that."""
    published = statement.certainty.word if statement.certainty else "none" if statement.strength is GOOD else NOT_GIVEN
    known = encoded.word if encoded else "none"
    return Point("certainty", published, known, published == known)


def _comparator(statement: Statement, encoded: Said, weights: Weights) -> Point:
    """What the action is preferred or added to, or that it is a choice between equals."""
    form, text = encoded.of.form, statement.text
    if isinstance(form, Either) or phrases.CHOICE.search(text):
        both = isinstance(form, Either) and bool(phrases.OR.search(text))
        return Point("comparator", "a choice" if phrases.OR.search(text) else "no choice", _choice(encoded), both)
    phrase = phrases.comparator(text)
    if phrase is None:
        preferred = isinstance(form, InsteadOf)
        return Point("comparator", "none", encoded.comparator if preferred else "none", not preferred)
    found = weights.covered(stems(phrase.core), stems(encoded.comparator)) >= HALF
    return Point("comparator", phrase.words, encoded.comparator or "none", found)


def _choice(encoded: Said) -> str:
    return "a choice" if isinstance(encoded.of.form, Either) else encoded.comparator or "none"


def _caveat(caveat: Phrase, encoded: Said, weights: Weights) -> Point:
    """A condition, a limit or a reason: in the form, or in our words for it."""
    form, told = encoded.of.form, encoded.reasons
    match caveat.kind:
        case "choice":
            return Point("caveat", caveat.words, _choice(encoded), isinstance(form, Either))
        case "consideration" | "routine":
            by_form = isinstance(form, NotRoutine)
            words = phrases.CONSIDERED if caveat.kind == "consideration" else phrases.ROUTINE
            return Point("caveat", caveat.words, form.words if by_form else "none", by_form or bool(words.search(told)))
        case "time":
            return _time(caveat, encoded)
    own = f"{encoded.statement} {told}"
    meant = phrases.ideas(caveat.core)
    covered = meant <= phrases.ideas(own) if meant else weights.covered(stems(caveat.core), stems(own)) >= THIRD
    return Point("caveat", caveat.words, "in our words" if covered else "none", covered)


def _time(caveat: Phrase, encoded: Said) -> Point:
    """A limit of time is the form's, to the day."""
    limit = encoded.limit
    shown = (
        "none"
        if limit is None
        else ", ".join(f"{n} {unit}" for n, unit in zip(limit, ("days", "months"), strict=True) if n)
    )
    return Point("caveat", caveat.words, shown, limit == Duration(*phrases.length(caveat)))
