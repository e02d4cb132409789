"""The criteria: a closed set of frozen nodes that hold meaning only.

A new one needs a spec page, both evaluators, a property-test strategy, a sentence and a CQL form.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from operator import ge, gt, le, lt
from typing import Literal

from gradeline.dates import Duration
from gradeline.logic import Truth
from gradeline.quantity import Quantity


@dataclass(frozen=True)
class Parameter:
    """A number of the guideline that an overlay may change, by its name."""

    name: str


Span = Duration | Parameter
Amount = Quantity | Parameter


class Comparison(Enum):
    """How a number compares with its limit."""

    AT_LEAST = "at least"
    OVER = "over"
    AT_MOST = "at most"
    UNDER = "under"

    def holds(self, number: float, limit: float) -> bool:
        """Whether the number compares so with the limit."""
        return HOLDS[self](number, limit)


HOLDS: dict[Comparison, Callable[[float, float], bool]] = {
    Comparison.AT_LEAST: ge, Comparison.OVER: gt, Comparison.AT_MOST: le, Comparison.UNDER: lt,
}  # fmt: skip


class Criterion:
    """A claim about a patient on a day; its answer is a Truth."""


@dataclass(frozen=True)
class Window:
    """Where in time a leaf looks; all its parts hold together, and no part means ever.

    `back`: within so long before the day. `start`, `stop`: not before, not after the onset plus so much.
    """

    back: Span | None = None
    start: Span | None = None
    stop: Span | None = None


EVER = Window()
IN_EPISODE = Window(start=Duration())


@dataclass(frozen=True)
class Age(Criterion):
    """The age in completed years compares with a limit; `over 18` holds from the day after the 18th birthday."""

    compare: Comparison
    years: Span


@dataclass(frozen=True)
class Sex(Criterion):
    """The recorded sex."""

    is_: Literal["female", "male"]


@dataclass(frozen=True)
class Onset(Criterion):
    """The episode's onset lies at most, or at least, so long ago."""

    compare: Literal[Comparison.AT_MOST, Comparison.AT_LEAST, Comparison.UNDER, Comparison.OVER]
    ago: Span


Doing = Literal["planned or done", "planned", "done"]


@dataclass(frozen=True)
class Recorded(Criterion):
    """A term is recorded in the window, on at least so many distinct days, by a specialty if one is named."""

    term: str
    window: Window = IN_EPISODE
    doing: Doing = "planned or done"
    times: int = 1
    by: str | None = None
    absence: Truth | None = None


@dataclass(frozen=True)
class Latest(Criterion):
    """The newest value of a term compares with a limit, or is one of the values listed."""

    term: str
    compare: Comparison | None = None
    limit: Amount | None = None
    one_of: tuple[str, ...] = ()
    window: Window = IN_EPISODE
    absence: Truth | None = None


@dataclass(frozen=True)
class Persisting(Criterion):
    """The newest value says so, and has said so for at least so long, despite a treatment begun before, if named."""

    latest: Latest
    span: Span
    despite: str | None = None


@dataclass(frozen=True)
class All(Criterion):
    """Every one holds."""

    of: tuple[Criterion, ...]


@dataclass(frozen=True)
class AnyOf(Criterion):
    """At least one holds."""

    of: tuple[Criterion, ...]


@dataclass(frozen=True)
class Not(Criterion):
    """It does not hold."""

    of: Criterion


@dataclass(frozen=True)
class AtLeast(Criterion):
    """At least n of them hold."""

    n: int
    of: tuple[Criterion, ...]


@dataclass(frozen=True)
class Named(Criterion):
    """A criterion that the guideline defines once and names."""

    name: str


NODES: tuple[type[Criterion], ...] = (
    Age,
    Sex,
    Onset,
    Recorded,
    Latest,
    Persisting,
    All,
    AnyOf,
    Not,
    AtLeast,
    Named,
)
