"""What a report shows of one recommendation: its words, and its numbers in both readings."""

from __future__ import annotations

from dataclasses import dataclass

from gradeline.evaluate.audit.results import Outcome


@dataclass(frozen=True)
class Line:
    """A label, and what stands beside it in each reading."""

    key: str
    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """One recommendation: its pattern in words, and its numbers in both readings."""

    outcome: Outcome
    name: str
    says: str
    grade: str
    pattern: tuple[tuple[str, str], ...]
    """For each reading its name and what practice was, in words."""
    counts: tuple[Line, ...]
    practice: tuple[Line, ...]
    missing: tuple[Line, ...]

    @property
    def id(self) -> str:
        """The recommendation's id."""
        return self.outcome.recommendation.id
