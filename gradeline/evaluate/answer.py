"""Answers: a truth, the facts behind it, and what is missing."""

from __future__ import annotations

from typing import NamedTuple

from gradeline.logic import Truth
from gradeline.records.facts import Fact


class Ground(NamedTuple):
    """What one leaf answers, and the facts that made it answer so."""

    row: int
    truth: Truth
    facts: tuple[Fact, ...]


class Answer(NamedTuple):
    """A truth with the leaves that made it so; where it is unknown, those that would settle it."""

    truth: Truth
    because: tuple[Ground, ...] = ()
    missing: tuple[Ground, ...] = ()
