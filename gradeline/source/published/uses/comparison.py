"""A published quick guide held against an encoding: which statement is which recommendation, and whether they agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gradeline.model.guideline import Guideline, Recommendation
from gradeline.source.published.found import Published, Statement
from gradeline.source.published.uses.assignment import best
from gradeline.source.published.uses.faithful import Point, points
from gradeline.source.published.uses.said import Said, said
from gradeline.source.published.uses.stems import STEM, WORD, Weights, stems

RARE = 0.6
"""A word tells which action is meant if at most about half of the texts have it."""
LEAST = 0.25
"""Statements less alike than this are not the same, whatever their section and grade; nor are their actions."""
ABOUT = 0.4
"""So much of the guideline's title must be in the document, else it is about something else."""
OTHER = "the document is about another condition than the encoding, or in a language that the encoding does not have"


@dataclass(frozen=True)
class Match:
    """One statement and the recommendation that encodes it, why we think so, and what was compared."""

    number: int
    """The statement's number in the document, from 1."""
    statement: Statement
    recommendation: Recommendation
    because: tuple[str, ...]
    points: tuple[Point, ...]

    @property
    def agrees(self) -> bool:
        """Whether the statement is read for sure and the encoding says the same in every point."""
        return not self.statement.doubts and all(point.agrees for point in self.points)


@dataclass(frozen=True)
class Agreement:
    """What a published quick guide and an encoding have in common, and what only one of them has."""

    guideline: str
    matches: tuple[Match, ...]
    not_encoded: tuple[tuple[int, Statement], ...] = ()
    """Published, and not in the encoding: each with its number."""
    not_published: tuple[Recommendation, ...] = ()
    """In the encoding, and not published."""
    remark: str = ""
    """Why nothing was matched, where the two do not belong together."""

    @property
    def agrees(self) -> bool:
        """Whether every statement agrees, and none is missing or extra."""
        return not self.not_encoded and not self.not_published and all(match.agrees for match in self.matches)


def against(published: Published, guideline: Guideline) -> Agreement:
    """Hold a published quick guide against an encoding, by the words of both."""
    encoded = [said(each, guideline, published.language) for each in guideline.recommendations]
    related = _related(published, guideline)
    pairs = _pairs(published, encoded) if related else {}
    weights = _weights(published, encoded)
    return Agreement(
        guideline=guideline.id,
        matches=tuple(
            _match(row, published.statements[row], encoded[column], weights) for row, column in pairs.items()
        ),
        not_encoded=tuple((row + 1, each) for row, each in enumerate(published.statements) if row not in pairs),
        not_published=tuple(each.of for column, each in enumerate(encoded) if column not in pairs.values()),
        remark="" if related else OTHER,
    )


def _related(published: Published, guideline: Guideline) -> bool:
    """Whether the document speaks of the guideline's condition."""
    title = stems(guideline.title.in_(published.language))
    text = stems(" ".join([published.title, published.topic, *(each.text for each in published.statements)]))
    return len(title & text) >= ABOUT * len(title)


def _weights(published: Published, encoded: Sequence[Said]) -> Weights:
    return Weights([*(stems(each.text) for each in published.statements), *(each.all for each in encoded)])


def _pairs(published: Published, encoded: Sequence[Said]) -> dict[int, int]:
    """The best assignment of statements to recommendations; what is not alike stays alone."""
    weights = _weights(published, encoded)
    scores = [[_score(statement, each, weights) for each in encoded] for statement in published.statements]
    return {row: column for row, column in best(scores) if scores[row][column] > 0}


def _score(statement: Statement, encoded: Said, weights: Weights) -> float:
    """How surely a statement is a recommendation: its words first, then its action, its section and its grade."""
    text = stems(statement.text)
    words, actions = weights.alike(text, encoded.all), weights.covered(encoded.actions, text)
    telling = any(weights.of(stem) > RARE for stem in text & encoded.actions)
    if not telling or words < LEAST or actions < LEAST:
        return 0.0
    same = _plain(statement.section) == _plain(encoded.section)
    section = 1.0 if same else weights.alike(stems(statement.section), stems(encoded.section))
    return words + 0.5 * actions + 0.4 * section + 0.1 * len(_same_grade(statement, encoded.of))


def _plain(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))


def _same_grade(statement: Statement, encoded: Recommendation) -> list[str]:
    grade = encoded.grade
    parts: Mapping[str, tuple[object, object]] = {
        "strength": (statement.strength, grade.strength),
        "direction": (statement.direction, grade.direction),
        "certainty": (statement.certainty, grade.certainty),
    }
    return [name for name, (one, other) in parts.items() if one is other]


def _match(row: int, statement: Statement, encoded: Said, weights: Weights) -> Match:
    return Match(
        number=row + 1,
        statement=statement,
        recommendation=encoded.of,
        because=tuple(_because(statement, encoded, weights)),
        points=tuple(points(statement, encoded, weights)),
    )


def _because(statement: Statement, encoded: Said, weights: Weights) -> list[str]:
    """Why they are the same statement: section, words of the action, grade."""
    reasons = []
    if _plain(statement.section) == _plain(encoded.section):
        reasons.append(f"the section “{statement.section}”")
    shared = _shared(statement.text, encoded, weights)
    if shared:
        reasons.append(f"the words {', '.join(shared)}")
    same = _same_grade(statement, encoded.of)
    if same:
        reasons.append(f"the same {', '.join(same)}")
    return reasons


def _shared(text: str, encoded: Said, weights: Weights) -> Sequence[str]:
    """The published words that tell most of the action, in order."""
    words = dict.fromkeys(word for word in WORD.findall(text) if word.lower()[:STEM] in encoded.actions & stems(text))
    telling = [word for word in words if weights.of(word.lower()[:STEM]) > RARE]
    return telling[:4]
