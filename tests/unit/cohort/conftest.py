"""Cohorts that several tests look at, made once: a plain one, and one in which nearly everybody has an episode."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Any

import pytest

from gradeline.cohort.lives.episode import Episode
from gradeline.cohort.lives.person import Person, person
from gradeline.cohort.parameters import Parameters
from gradeline.cohort.reading import parse
from gradeline.cohort.writing import TRUTH, Chance, Cohort, batch

ILL = """
illness:
  adults a year: 40 %, assumed
  first contact: 1 to 42 days, assumed
recording:
  twice: 0 %, assumed
background:
  contacts a year of children: 0, assumed
  contacts a year of the young: 0, assumed
  contacts a year of the middle aged: 0, assumed
  contacts a year of the old: 0, assumed
"""
"""Adults who nearly all fall ill, none on the day of the first contact, and hardly anything else in their records."""


@dataclass(frozen=True)
class Written:
    """A cohort in memory: its bytes by file, and what they say."""

    parameters: Parameters
    lines: dict[str, bytes]

    @cached_property
    def resources(self) -> dict[str, list[dict[str, Any]]]:
        """The resources by type."""
        return {kind: [json.loads(line) for line in text.splitlines()] for kind, text in self.lines.items()}

    @cached_property
    def truth(self) -> dict[str, dict[str, Any]]:
        """The truth by patient."""
        return {each["patient"]: each for each in self.resources[TRUTH]}

    def episodes(self) -> Iterator[dict[str, Any]]:
        """Every episode as it truly was."""
        return (episode for one in self.truth.values() for episode in one["episodes"])


def written(changes: str, seed: int, patients: int) -> Written:
    parameters = parse(changes)
    return Written(parameters, batch(Cohort(seed, parameters, truth=True), 1, patients))


@pytest.fixture(scope="session")
def plain() -> Written:
    return written("", 1, 700)


@pytest.fixture(scope="session")
def ill() -> Written:
    return written(ILL, 2, 3000)


def lives(changes: str, seed: int, patients: int) -> list[Person]:
    """People as they truly live, with nothing written."""
    parameters = parse(changes)
    return [person(number, Chance(seed, number), parameters) for number in range(1, patients + 1)]


@pytest.fixture(scope="session")
def people() -> list[Person]:
    return lives(ILL, 3, 6000)


@pytest.fixture(scope="session")
def episodes(people: list[Person]) -> list[Episode]:
    return [episode for one in people for episode in one.episodes]


def comes_out(happened: int, of: int, share: float) -> bool:
    """Whether a number lies within the bounds of a binomial: four and a half standard errors, and half a one."""
    return of > 100 and abs(happened - of * share) <= 4.5 * sqrt(of * share * (1 - share)) + 0.5
