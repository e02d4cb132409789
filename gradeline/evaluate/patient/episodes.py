"""Episodes: chains of facts of the index condition, their onset and their end (`meaning.md`, section 4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gradeline.dates import BEGINNING, END, SOME_DAY, Day, Duration, Interval, shift
from gradeline.evaluate.patient.chart import Chart, Entry, lies, seen
from gradeline.plan.plan import Plan
from gradeline.records.facts import Fact

ANOTHER = 28
"""A given onset so many days after the previous contact starts a new episode."""


@dataclass
class Chain:
    """An episode in the making: its facts in the order in which they became known."""

    stops: list[Day]
    """The days of surgery and death, the earliest first: the first in the chain ends it."""
    entries: list[Entry] = field(default_factory=list)
    side: str | None = None
    first: Day = END
    last: Day = BEGINNING
    ends: Day = END
    """The first day that ended it; BEGINNING where it is over since an unknown day."""

    def add(self, entry: Entry) -> None:
        """Take in one more recording."""
        fact = entry.fact
        self.entries.append(entry)
        self.side = self.side or fact.side
        self.first, self.last = min(self.first, fact.known), max(self.last, fact.known)
        if fact.until is not None:
            self.ends = min(self.ends, fact.until)
        self.ends = min(self.ends, next((day for day in self.stops if day >= self.first), END))


@dataclass(frozen=True)
class Episode:
    """One episode as known on a day; `given` tells an onset that was stated from one that is only bounded."""

    first: Day
    last: Day
    onset: Interval
    given: bool
    end: Day
    sure: bool
    side: str | None = None
    entries: tuple[Entry, ...] = ()
    conflict: bool = False
    supposed: bool = False
    """Nothing dated is recorded: the episode is only possible."""

    def open(self, on: Day) -> bool:
        """Whether the day lies in the episode."""
        return self.first <= on <= self.end


def episodes(plan: Plan, chart: Chart, on: Day) -> list[Episode]:
    """All episodes that the record shows on a day, in the order of their beginning."""
    gap = plan.guideline.index.gap
    known = [entry for entry in chart.index if entry.fact.known != BEGINNING and seen(entry.fact, on)]
    chains = _chains(known, gap, _stops(plan, chart, on))
    _refuted(chains, known)
    if chart.record.patient.death == SOME_DAY:
        _dead(chains)
    found: list[Episode] = []
    for chain in chains:
        found.append(_episode(plan, chart, chain, found[-1] if found else None))
    return found


def open_episode(plan: Plan, chart: Chart, on: Day) -> tuple[Episode | None, tuple[Episode, ...]]:
    """The episode that advice speaks of, and others open on the same day."""
    standing = [each for each in episodes(plan, chart, on) if each.open(on)] if chart.index else []
    if standing:
        *others, latest = standing
        return latest, tuple(others)
    undated = [
        entry
        for entry in chart.index
        if entry.fact.known == BEGINNING and entry.fact.status != "negated" and entry.fact.until is None
    ]
    if undated or plan.captures.nothing:
        return _supposed(plan, undated, on), ()
    return None, ()


def _chains(known: Iterable[Entry], gap: Duration, stops: list[Day]) -> list[Chain]:
    """The recordings as chains without a gap; what is over comes last on its day."""
    chains: list[Chain] = []
    for entry in sorted(known, key=lambda each: (each.fact.known, each.fact.until is not None)):
        fact = entry.fact
        if fact.status == "negated":
            continue
        joined = next((chain for chain in reversed(chains) if _joins(fact, chain, gap)), None)
        if joined is None:
            chains.append(joined := Chain(stops))
        joined.add(entry)
    return chains


def _joins(fact: Fact, chain: Chain, gap: Duration) -> bool:
    """Whether a recording belongs to a chain: no gap, no new onset, not the other side, not after its end."""
    if fact.side and chain.side and fact.side != chain.side:
        return False
    if fact.known > shift(chain.last, gap) or fact.known > chain.ends:
        return False
    onset = given_onset(fact)
    return onset is None or onset.first - chain.last < ANOTHER


def given_onset(fact: Fact) -> Interval | None:
    """The onset that a fact states; none where it merely repeats its own recording or its source has no onset."""
    if fact.kind != "condition" or fact.no_onset or fact.when.first == BEGINNING:
        return None
    if fact.assumed:
        return fact.when
    if fact.when.first > fact.known or fact.when == (fact.known, fact.known):
        return None
    return Interval(fact.when.first, min(fact.when.last, fact.known))


def _refuted(chains: list[Chain], known: Iterable[Entry]) -> None:
    """A refutation after the last recording ends the chain on the day before."""
    for entry in known:
        fact = entry.fact
        if fact.status != "negated":
            continue
        for chain in chains:
            if chain.last < fact.known and not (fact.side and chain.side and fact.side != chain.side):
                chain.ends = min(chain.ends, fact.known - 1)


def _dead(chains: list[Chain]) -> None:
    """Dead since an unknown day: no episode is open after its last contact."""
    for chain in chains:
        chain.ends = min(chain.ends, chain.last)


def _stops(plan: Plan, chart: Chart, on: Day) -> list[Day]:
    """The days of surgery, as the guideline names it, and of death; the day itself is still in the episode."""
    days = [
        lies(entry.fact, on).last
        for term in plan.guideline.index.ended_by
        for entry in chart.entries.get(term, ())
        if entry.sure and entry.fact.status == "done" and seen(entry.fact, on)
    ]
    death = chart.record.patient.death
    return sorted([*days, death.last] if death and death != SOME_DAY else days)


def _episode(plan: Plan, chart: Chart, chain: Chain, previous: Episode | None) -> Episode:
    """A chain with its onset and its end; by silence it ends a gap after its last contact and its horizon."""
    gap = plan.guideline.index.gap
    stated = [onset for entry in chain.entries if (onset := given_onset(entry.fact))]
    if stated:
        onset = Interval(min(each.first for each in stated), max(each.last for each in stated))
    else:
        onset = Interval(_floor(chain.first, gap, previous), chain.first)
    silence = max(shift(chain.last, gap), shift(shift(onset.last, plan.period), gap))
    return Episode(
        chain.first,
        chain.last,
        onset,
        bool(stated),
        min(chain.ends, silence),
        any(entry.sure for entry in chain.entries),
        chain.side,
        tuple(chain.entries),
        conflict=len(set(stated)) > 1,
    )


def _floor(first: Day, gap: Duration, previous: Episode | None) -> Day:
    """The earliest that an onset can be of which only the upper bound is known."""
    floor = shift(first, -gap)
    if previous:
        ended = previous.end if previous.end < first else previous.last
        floor = max(floor, min(ended + 1, first))
    return floor


def _supposed(plan: Plan, undated: list[Entry], on: Day) -> Episode:
    """An episode that is only possible: its onset lies anywhere up to the day, down to one gap before it."""
    return Episode(
        on,
        on,
        Interval(shift(on, -plan.guideline.index.gap), on),
        False,
        END,
        any(entry.sure for entry in undated),
        None,
        tuple(undated),
        supposed=True,
    )
