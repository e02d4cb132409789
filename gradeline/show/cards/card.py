"""A card: a summary under 140 characters, its detail, and what can be done about it at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from uuid import uuid4

Plain = dict[str, Any]
Indicator = Literal["info", "warning"]
"""`critical` is never used: nothing that we ship is to interrupt."""
LONGEST = 139


def new_id() -> str:
    """An id that nothing else has."""
    return str(uuid4())


@dataclass(frozen=True)
class Action:
    """One change of the record, for the clinician to accept: a whole resource, or the key of one to delete."""

    type: Literal["create", "update", "delete"]
    description: str
    resource: Plain | None = None
    key: str = ""

    def plain(self) -> Plain:
        """The action as JSON."""
        found: Plain = {"type": self.type, "description": self.description}
        return found | ({"resourceId": self.key} if self.resource is None else {"resource": self.resource})


@dataclass(frozen=True)
class Suggestion:
    """What one choice would do: all of its actions together."""

    id: str
    label: str
    actions: tuple[Action, ...]
    recommended: bool = False

    def plain(self) -> Plain:
        """The suggestion as JSON."""
        found: Plain = {"label": self.label, "uuid": self.id, "actions": [each.plain() for each in self.actions]}
        return found | ({"isRecommended": True} if self.recommended else {})


@dataclass(frozen=True)
class Link:
    """A way to read more; a SMART one starts our page inside the record system."""

    label: str
    url: str
    context: str | None = None

    def plain(self) -> Plain:
        """The link as JSON."""
        found: Plain = {"label": self.label, "url": self.url, "type": "absolute" if self.context is None else "smart"}
        return found | ({} if self.context is None else {"appContext": self.context})


@dataclass(frozen=True)
class Card:
    """What is shown; `about` is the recommendation, else the gate or a question; `draft` the order that it is about."""

    id: str
    about: str
    summary: str
    detail: str
    indicator: Indicator
    source: Plain
    suggestions: tuple[Suggestion, ...] = ()
    links: tuple[Link, ...] = ()
    overrides: tuple[Plain, ...] = ()
    draft: str = ""

    def plain(self) -> Plain:
        """The card as CDS Hooks writes it: what is not there is left out."""
        found: Plain = {
            "uuid": self.id,
            "summary": self.summary,
            "indicator": self.indicator,
            "detail": self.detail,
            "source": self.source,
        }
        if self.suggestions:
            found["suggestions"] = [each.plain() for each in self.suggestions]
            found["selectionBehavior"] = "at-most-one"
        if self.overrides:
            found["overrideReasons"] = list(self.overrides)
        if self.links:
            found["links"] = [each.plain() for each in self.links]
        return found


def short(text: str, longest: int = LONGEST) -> str:
    """A text that fits, cut between words where it does not.

    >>> short("one two three", 9)
    'one two…'
    """
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    head = text[:longest].rpartition(" ")[0] or text[: longest - 1]
    return head.rstrip(" ,;:–-") + "…"
