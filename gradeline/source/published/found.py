"""What is found in a published quick guide: its statements, their grades as given, and every doubt about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gradeline.model.grade import Certainty, Direction, Grade, Strength
from gradeline.model.words import Language

Signs = tuple[str, ...]
"""Signs as the table of symbols names them: `("up", "up")` for two arrows, `("full", "empty")` for circles."""
Given = tuple[Strength, Direction | None]
"""What a sign or a label says; good practice has its direction in its wording."""


@dataclass(frozen=True)
class Place:
    """Where something stands in the source: first and last page and line from 1, and its characters from 0."""

    pages: tuple[int, int]
    lines: tuple[int, int]
    """In the file; of a PDF, on the page as its text layer reads."""
    span: tuple[int, int]
    """In the text of the source as given; of a PDF, in its text layer, the end excluded."""
    file: str = ""
    """The file inside a package; of a document of its own, nothing."""


@dataclass(frozen=True)
class Legend:
    """What the document itself says that its signs mean."""

    strengths: Mapping[Signs, frozenset[Given]] = field(default_factory=dict)
    certainties: Mapping[Signs, frozenset[Certainty]] = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    """The legend in the document's words."""
    faults: tuple[str, ...] = ()
    """Where it contradicts itself or the standard scale."""


@dataclass(frozen=True)
class Statement:
    """One recommendation as the document gives it; what it does not give for sure is None, with the reason."""

    section: str
    text: str
    place: Place
    strength: Strength | None = None
    direction: Direction | None = None
    certainty: Certainty | None = None
    symbol: str = ""
    """The sign of strength, as written."""
    label: str = ""
    """The words in the symbol's place, as written."""
    circles: str = ""
    """The sign of certainty, as written."""
    doubts: tuple[str, ...] = ()

    @property
    def grade(self) -> Grade | None:
        """The whole grade, where nothing of it is lacking or in doubt."""
        if self.doubts or self.strength is None or self.direction is None:
            return None
        if (self.strength is Strength.GOOD_PRACTICE) != (self.certainty is None):
            return None
        return Grade(self.strength, self.direction, self.certainty)


@dataclass(frozen=True)
class Published:
    """A published quick guide as read: what it says, where, and what is doubtful about it."""

    title: str
    topic: str
    publisher: str
    language: Language
    statements: tuple[Statement, ...]
    legend: Legend
    about: str
    links: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    file: str = ""
    form: str = "text"
    pages: int = 1

    @property
    def sections(self) -> tuple[str, ...]:
        """The headings under which statements stand, in order."""
        return tuple(dict.fromkeys(statement.section for statement in self.statements))

    @property
    def doubtful(self) -> bool:
        """Whether anything at all is in doubt; the command's answer to the shell is then 1."""
        return bool(self.warnings) or any(statement.doubts for statement in self.statements)
