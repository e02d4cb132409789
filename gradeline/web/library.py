"""The library: each guideline with its status, what it covers, and how strongly it speaks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from gradeline.model.grade import Kind
from gradeline.model.guideline import Guideline
from gradeline.model.words import Language
from gradeline.show.content.guide import QuickGuide
from gradeline.show.content.signs import Sign, kind


@dataclass(frozen=True)
class Book:
    """One guideline on the shelf, with how many statements of each strength it has."""

    guide: QuickGuide
    kinds: tuple[tuple[Sign, int], ...]


def book(guideline: Guideline, guide: QuickGuide, language: Language) -> Book:
    """A guideline as the library shows it, the strongest statements first."""
    counted: Counter[Kind] = Counter((each.grade.strength, each.grade.direction) for each in guideline.recommendations)
    found = [
        (kind(guideline.scheme, each, language), counted[each]) for each in guideline.scheme.kinds if counted[each]
    ]
    return Book(guide, tuple(found))
