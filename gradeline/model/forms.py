"""The forms of a recommendation: what it asks of practice, apart from whom it applies to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gradeline.model.criteria import Criterion, Span


class Form:
    """What a recommendation asks; `words` is the phrase that a guideline file writes."""

    words: ClassVar[str]


@dataclass(frozen=True)
class Do(Form):
    """Offer, consider or add the action."""

    words: ClassVar[str] = "do"
    action: str


@dataclass(frozen=True)
class Either(Form):
    """Any one of the actions; no preference among them."""

    words: ClassVar[str] = "either"
    actions: tuple[str, ...]


@dataclass(frozen=True)
class InsteadOf(Form):
    """The action rather than the comparator; the latest of them decides."""

    words: ClassVar[str] = "instead of"
    action: str
    comparator: str


@dataclass(frozen=True)
class Together(Form):
    """The action combined with another, where the action is chosen."""

    words: ClassVar[str] = "together"
    action: str
    with_: str


@dataclass(frozen=True)
class NotRoutine(Form):
    """The action only for a reason recorded on or before its day."""

    words: ClassVar[str] = "not routine"
    action: str
    unless: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class Avoid(Form):
    """The action is not to be taken."""

    words: ClassVar[str] = "avoid"
    action: str


@dataclass(frozen=True)
class ByATime(Form):
    """The action done within so long of the onset; act a lead time before, where one is given."""

    words: ClassVar[str] = "by a time"
    action: str
    within: Span
    lead: Span | None = None


FORMS: tuple[type[Form], ...] = (Do, Either, InsteadOf, Together, NotRoutine, Avoid, ByATime)
