"""A guideline: what its publisher says, how we read it, and where every word comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Any, Literal

from gradeline.codes import Pattern
from gradeline.dates import Duration
from gradeline.model.criteria import All, AnyOf, AtLeast, Criterion, Not, Parameter
from gradeline.model.forms import Form
from gradeline.model.grade import Grade, Scheme
from gradeline.model.words import Language, Text
from gradeline.quantity import Quantity

Status = Literal["in force", "not in force", "under review", "draft"]
Subject = Literal["finding", "measurement", "action"]


@dataclass(frozen=True)
class Publisher:
    """Who publishes the guideline, and what they want said of their name."""

    name: Text
    place: Text | None = None


@dataclass(frozen=True)
class Currency:
    """Which version this is, whether it is in force, since when, and what that means for its reader."""

    version: str
    status: Status
    published: date | None = None
    since: date | None = None
    review_by: date | None = None
    meaning: Text | None = None


@dataclass(frozen=True)
class Encoding:
    """The version of our encoding, apart from the guideline's own, and who has reviewed it."""

    version: str
    date: date
    reviewed_by: tuple[str, ...] = ()
    licence: str = ""


@dataclass(frozen=True)
class Source:
    """A document that something here is taken from."""

    id: str
    title: str
    year: str = ""
    locator: str = ""


@dataclass(frozen=True)
class Scale:
    """The lowest and highest value that a score can have."""

    lowest: float
    highest: float


@dataclass(frozen=True)
class Term:
    """One idea of the clinic and the codes that say it.

    Codes of `codes` are sure; those of `wider` and `nearest` make a leaf possible, never sure. `without` are
    codes that a prefix would take in wrongly. `includes` are more special terms, each of which is also this one.
    """

    id: str
    name: Text
    subject: Subject
    codes: tuple[Pattern, ...] = ()
    wider: tuple[Pattern, ...] = ()
    nearest: tuple[Pattern, ...] = ()
    without: tuple[Pattern, ...] = ()
    includes: tuple[str, ...] = ()
    unit: str | None = None
    scale: Scale | None = None
    sites: tuple[Pattern, ...] = ()
    ask: Text | None = None
    note: Text | None = None
    source: str = ""


@dataclass(frozen=True)
class Index:
    """The condition that opens an episode, what confirms a merely possible one, and what ends it."""

    term: str
    confirmed_by: str | None = None
    gap: Duration = Duration(months=3)
    ended_by: tuple[str, ...] = ()
    onset_ask: Text | None = None


@dataclass(frozen=True)
class Signs:
    """One group of warning signs: what is asked, what surely is one, and what only raises the question."""

    id: str
    ask: Text
    signs: tuple[Criterion, ...]
    questions: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class Gate:
    """Signs of serious disease that stop everything else; not the guideline's words, so their source is named."""

    id: str
    groups: tuple[Signs, ...]
    stop: Text
    source: str


@dataclass(frozen=True)
class Caution:
    """What should be known beside some recommendations; it changes no answer."""

    id: str
    when: Criterion
    says: Text
    touches: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Alternative:
    """Another way to read it: in words, and, where it can be computed, as a parameter or a criterion replaced."""

    says: Text
    parameters: Mapping[str, Duration | Quantity] = field(default_factory=dict)
    criteria: Mapping[str, Criterion] = field(default_factory=dict)


@dataclass(frozen=True)
class Interpretation:
    """What the document leaves open and logic needs: the question, our reading, its reason, the alternatives."""

    id: str
    question: Text
    reading: Text
    reason: Text
    alternatives: tuple[Alternative, ...] = ()
    touches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Timing:
    """What another source says of time, named and shown beside the guideline, never merged."""

    says: Text
    source: str
    touches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading of the guideline."""

    id: str
    title: Text


@dataclass(frozen=True)
class Recommendation:
    """One graded statement: whom it applies to, what it asks, and why, in our own words."""

    id: str
    section: str
    grade: Grade
    form: Form
    says: Text
    why: Text
    name: Text
    when: Criterion | None = None
    population: Text | None = None
    intervention: Text | None = None
    comparator: Text | None = None
    caveat: Text | None = None
    evidence: Text | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    """The publisher's own numbering, by source id."""


@dataclass(frozen=True)
class Guideline:
    """A graded guideline, checked and complete: everything else of Gradeline follows from it."""

    id: str
    title: Text
    publisher: Publisher
    scheme: Scheme
    currency: Currency
    encoding: Encoding
    scope: Text
    about: Text
    index: Index
    population: Criterion
    sections: tuple[Section, ...]
    terms: Mapping[str, Term]
    recommendations: tuple[Recommendation, ...]
    parameters: Mapping[str, Duration | Quantity] = field(default_factory=dict)
    criteria: Mapping[str, Criterion] = field(default_factory=dict)
    gate: Gate | None = None
    cautions: tuple[Caution, ...] = ()
    interpretations: tuple[Interpretation, ...] = ()
    timings: tuple[Timing, ...] = ()
    sources: tuple[Source, ...] = ()
    invented: bool = False
    """True of a guideline that teaches or tests, and that no publisher stands behind."""
    translation: Text | None = None
    """Who made the translation, said wherever it is shown."""
    file: str = ""

    def duration(self, span: Duration | Parameter) -> Duration:
        """A length of time, a parameter's value looked up."""
        return self.parameters[span.name] if isinstance(span, Parameter) else span  # type: ignore[return-value]

    def amount(self, amount: Quantity | Parameter) -> Quantity:
        """A limit, a parameter's value looked up."""
        return self.parameters[amount.name] if isinstance(amount, Parameter) else amount  # type: ignore[return-value]

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """The guideline as plain data, in the shape that `gradeline show --as json` prints."""
        found: dict[str, Any] = import_module("gradeline.show.plain").plain_guideline(self, language)
        return found

    def _repr_html_(self) -> str:
        """The quick guide as a notebook shows it."""
        return str(import_module("gradeline.show.notebook").guideline(self))

    def recommendation(self, id: str) -> Recommendation:
        """The recommendation with this id; KeyError where there is none."""
        return next((each for each in self.recommendations if each.id == id), None) or _no(id)


def _no(id: str) -> Recommendation:
    raise KeyError(id)


def children(criterion: Criterion) -> tuple[Criterion, ...]:
    """What a criterion is made of; a leaf is made of nothing."""
    match criterion:
        case All(of) | AnyOf(of) | AtLeast(_, of):
            return of
        case Not(of):
            return (of,)
    return ()
