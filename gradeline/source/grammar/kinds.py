"""What the table of the grammar is made of: keys, the parts that they stand in, and what stands behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from gradeline.dates import Duration
from gradeline.model.criteria import IN_EPISODE, Window
from gradeline.model.guideline import Term
from gradeline.quantity import Quantity


class Amiss(Exception):
    """Something that cannot be meant: what it is, and its cure; whoever knows the line adds it."""

    def __init__(self, what: str, cure: str) -> None:
        self.what, self.cure = what, cure
        super().__init__(what)


DEFINED_UNDER = {
    "term": "terms",
    "criterion": "criteria",
    "parameter": "parameters",
    "section": "sections",
    "source": "sources",
    "recommendation": "recommendations",
}
"""Where a file defines what it names."""


@dataclass
class Names:
    """What a file defines by name, the line of each, and which of it has been used."""

    defined: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    parameters: dict[str, Duration | Quantity] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    used: set[tuple[str, str]] = field(default_factory=set)

    def keep(self, kind: str, name: str, value: Any) -> None:
        """Remembers what a name stands for, where later checks need it."""
        if kind == "parameter":
            self.parameters[name] = value
        elif kind == "term":
            self.terms[name] = value

    def kind_of(self, name: str, *kinds: str) -> str:
        """Which of the kinds a name is, in their order; Amiss where it is none of them."""
        for kind in kinds:
            if name in self.defined.get(kind, ()):
                self.used.add((kind, name))
                return kind
        known = [each for kind in kinds for each in self.defined.get(kind, ())]
        cure = " or ".join(f"`{DEFINED_UNDER[kind]}`" for kind in kinds)
        raise Amiss(
            f"there is no {' or '.join(kinds)} called `{name}`", nearest(name, known) or f"define it under {cure}"
        )


def nearest(name: str, known: list[str]) -> str:
    """A question that offers the name most like a mistaken one; nothing where none is like it."""
    # Imported here: only who made a mistake waits for it.
    from difflib import get_close_matches

    found = get_close_matches(name, known, n=1)
    return f"did you mean `{found[0]}`?" if found else ""


@dataclass(frozen=True)
class Phrase:
    """Words on one line: what they are called, how they look, and how they are read."""

    called: str
    example: str
    pattern: str
    read: Callable[[str, Names], object]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Many:
    """A list of at least one; `none` is the phrase that stands for an empty one."""

    of: Kind
    none: str = ""


@dataclass(frozen=True)
class Entries:
    """Names, each with its value; `defines` says what they name: term, parameter or criterion."""

    called: str
    key: Phrase
    of: Kind
    makes: Callable[[dict[str, Any]], object] = dict
    defines: str = ""


@dataclass(frozen=True)
class Logic:
    """A criterion; where it stands decides its window when none is written, and whether `not` may be said."""

    window: Window | None = None
    reason: bool = False


@dataclass(frozen=True)
class Words:
    """Text for people: one line of English, or a block with a line for each language."""


@dataclass(frozen=True)
class Key:
    """One key of a part: what stands behind it, what it means, and the field of the model that keeps it."""

    key: str
    kind: Kind
    says: str
    must: bool = False
    field: str = ""
    example: str = ""

    @property
    def keeps(self) -> str:
        """The field of the model."""
        return self.field or self.key.replace(" ", "_")


@dataclass(frozen=True)
class Part:
    """A block of the file: what it is called, the node of the model that it makes, and its keys.

    `placed`: it is made with its place. `forms`: the key `form` names a further part, whose keys stand among these.
    `sample`: an example for the manual where one of its keys' examples would not be natural.
    """

    called: str
    node: Callable[..., object]
    says: str
    keys: tuple[Key, ...]
    makes: Callable[..., object] | None = None
    placed: bool = False
    forms: Mapping[str, Part] = field(default_factory=dict)
    sample: str = ""

    @cached_property
    def by_name(self) -> dict[str, Key]:
        """Its keys by their names."""
        return {key.key: key for key in self.keys}

    @cached_property
    def must(self) -> tuple[Key, ...]:
        """The keys that cannot be left out."""
        return tuple(key for key in self.keys if key.must)


Kind = Phrase | Many | Entries | Logic | Words | Part


@dataclass(frozen=True)
class Place:
    """Where a criterion stands: its window by default, what names mean, and what may not be said there."""

    names: Names
    window: Window = IN_EPISODE
    reason: bool = False
    owner: str = ""
    """The named criterion that it is a part of."""

    def within(self, owner: str) -> Place:
        """The same place inside a named criterion."""
        return Place(self.names, self.window, self.reason, owner)

    def inside(self, kind: Logic) -> Place:
        """The same place seen from a criterion of this kind."""
        if kind.window is None and not kind.reason:
            return self
        return Place(self.names, kind.window or self.window, kind.reason or self.reason, self.owner)
