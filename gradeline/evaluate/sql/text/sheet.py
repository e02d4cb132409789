"""What the text is filled with, and what it turns out to need of the calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gradeline.dates import Duration
from gradeline.evaluate.sql.plan_tables import calendar, tables
from gradeline.evaluate.sql.plan_tables.contents import Content, Layout
from gradeline.evaluate.sql.text.spelling import Spelling, text

Spans = tuple[Duration, ...]


@dataclass
class Sheet:
    """What the text is filled with, and what it turned out to need of the calendar."""

    layouts: Sequence[Layout]
    spelling: Spelling
    found: dict[Content, int]
    codes: list[tables.Row]
    lists: list[dict[str, Any]] = field(default_factory=list)
    sites: list[dict[str, Any]] = field(default_factory=list)
    among: str = ""
    """Of whom the facts are looked at, where it is not everybody."""
    share: str = ""
    moves: dict[str, Spans] = field(default_factory=dict)
    shifts: dict[tuple[str, int], None] = field(default_factory=dict)

    @property
    def terms(self) -> dict[str, int]:
        """Every term of the guidelines by its number: numbers join faster than names."""
        names = sorted({name for each in self.layouts for name in each.plan.guideline.terms})
        return {name: number for number, name in enumerate(names, 1)}

    def move(self, day: str, alias: str, spans: Duration | Spans) -> str:
        """A day so much later: a sum, or for months a look into the calendar."""
        parts = tuple(span for span in _many(spans) if any(span))
        if not any(span.months for span in parts):
            days = sum(span.days for span in parts)
            return f"({day} + {days})" if days >= 0 else f"({day} - {-days})"
        name = calendar.column(parts)
        self.moves[name] = parts
        return f"{alias}.{name}"

    def by(self, key: str, day: str, alias: str, spans: Mapping[Any, Spans]) -> str:
        """The same where the length of time hangs on the guideline, or on the leaf."""
        said = {which: self.move(day, alias, each) for which, each in spans.items()}
        if len(set(said.values())) == 1:
            return next(iter(said.values()))
        whens = " ".join(
            f"WHEN {text(which) if isinstance(which, str) else which} THEN {moved}" for which, moved in said.items()
        )
        return f"CASE {key} {whens} END"

    def at(self, base: str, span: Duration) -> str:
        """A day of an ask so much later."""
        if not span.months:
            return self.move(f"a.{base}", "", span)
        name = calendar.column((span,))
        self.moves[name] = (span,)
        self.shifts[base, span.months] = None
        return f"a.{base}_{name}"

    def months(self, count: int) -> str:
        """The calendar's column of so many months later."""
        spans = (Duration(months=count),)
        self.moves[calendar.column(spans)] = spans
        return calendar.column(spans)

    def speaks(self, key: str, day: str, alias: str, until: str) -> str:
        """The last day on which a guideline speaks of an episode; one that sets no time speaks until its end."""
        said = {}
        for each in tables.families(self.layouts):
            spans = [each.plan.period, *(line.asked.deadline.within for line in each.plan.lines if line.asked.deadline)]
            found = list(dict.fromkeys(self.move(day, alias, span) for span in spans if any(span)))
            said[each.guideline] = f"greatest({', '.join(found)})" if len(found) > 1 else found[0] if found else until
        if len(set(said.values())) == 1:
            return next(iter(said.values()))
        return f"CASE {key} {' '.join(f'WHEN {which} THEN {moved}' for which, moved in said.items())} END"


def _many(spans: Duration | Spans) -> Spans:
    return (spans,) if isinstance(spans, Duration) else spans
