"""Episodes: chains of facts of the index condition, their onset and their end (`meaning.md`, section 4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from gradeline.dates import END, SOME_DAY, Day, Duration, Interval, shift
from gradeline.evaluate.patient.chart import Chart, Recording, given_onset, lies, seen, standing
from gradeline.logic import NO, UNKNOWN, Truth, truth
from gradeline.plan.plan import Plan
from gradeline.records.facts import Fact

SIDES = {
    None: frozenset[str](),
    "left": frozenset({"left"}),
    "right": frozenset({"right"}),
    "both": frozenset({"left", "right"}),
}
ANOTHER = 28
"""A given onset so many days after the previous contact starts a new episode."""


@dataclass
class Chain:
    """An episode in the making: its recordings in their order, and the onsets that they give."""

    first: Day
    last: Day
    ends: Day
    """The last day of it; BEGINNING where it is over since an unknown day."""
    sides: frozenset[str] = SIDES[None]
    entries: list[Recording] = field(default_factory=list)
    onsets: list[Interval] = field(default_factory=list)

    def add(self, one: Recording, onset: Interval | None) -> None:
        """Take in one more recording, which is not before the last."""
        self.entries.append(one)
        self.last = one.day
        if one.over < self.ends:
            self.ends = one.over
        if one.fact.side:
            self.sides |= SIDES[one.fact.side]
        if onset:
            self.onsets.append(onset)

    def other_side(self, fact: Fact) -> bool:
        """Whether a fact states a side, and the chain only the other."""
        return bool(fact.side and self.sides) and not self.sides & SIDES[fact.side]


class Episode(NamedTuple):
    """One episode as known on a day; `given` tells an onset that was stated from one that is only bounded."""

    first: Day
    last: Day
    onset: Interval
    given: bool
    end: Day
    sure: Truth
    """UNKNOWN where the only sure recording has no day, NO where all are only possible."""
    side: str | None = None
    entries: tuple[Recording, ...] = ()
    conflict: bool = False
    supposed: bool = False
    """Nothing dated is recorded: the episode is only possible."""

    def open(self, on: Day) -> bool:
        """Whether the day lies in the episode."""
        return self.first <= on <= self.end


def episodes(plan: Plan, chart: Chart, on: Day) -> list[Episode]:
    """All episodes that the record shows on a day, in the order of their beginning; worked out once for equal days."""
    known = [one for one in chart.index if one.fact.known <= on]
    stops = _stops(plan, chart, on)
    drifting = [one for one in known if one.fact.assumed and one.fact.when.last > on]
    key = len(known), tuple(stops), on if drifting else None
    found: list[Episode] | None = chart.episodes.get(key)
    if found is None:
        found = chart.episodes[key] = _worked_out(plan, chart, _chains(known, plan.guideline.index.gap, stops, on))
    return found


def _worked_out(plan: Plan, chart: Chart, chains: list[Chain]) -> list[Episode]:
    """Chains as episodes, each beginning after those that ended before it."""
    _buried(chains, chart.record.patient.death)
    found: list[Episode] = []
    for chain in chains:
        found.append(_episode(plan, chain, found))
    return found


def open_episode(
    plan: Plan, chart: Chart, on: Day, of: Recording | None = None
) -> tuple[Episode | None, tuple[Episode, ...]]:
    """The episode that advice speaks of, and others open on the day; with `of`, that of one recording alone."""
    found = episodes(plan, chart, on) if chart.index else []
    current = [each for each in found if each.open(on) and (of is None or of in each.entries)]
    undated = [one for one in chart.undated if one.over >= on]
    if current:
        *others, latest = current
        return (latest._replace(sure=latest.sure | _sure(undated)) if undated else latest), tuple(others)
    if of is None and (undated or plan.captures.nothing) and _possible(plan, chart, on):
        return _supposed(plan, undated, found, on), ()
    return None, ()


def _sure(undated: list[Recording]) -> Truth:
    """How sure the index condition is by recordings without a day: never more than possible."""
    return UNKNOWN if any(one.sure for one in undated) else NO


def _possible(plan: Plan, chart: Chart, on: Day) -> bool:
    """Whether an episode may be open of which no recording has a day: not after death, not just refuted."""
    death = chart.record.patient.death
    if death and death != SOME_DAY and death.last < on:
        return False
    refuted = [one.fact for one in chart.index if _refutes(one.fact) and seen(one.fact, on)]
    return not any(shift(fact.known, plan.guideline.index.gap) >= on for fact in refuted)


def _refutes(fact: Fact) -> bool:
    return fact.status == "negated" and fact.sureness == "sure" and fact.kind != "reason"


def _chains(known: Iterable[Recording], gap: Duration, stops: list[Interval], on: Day) -> list[Chain]:
    """The recordings as chains without a gap; the first surgery in a chain ends it."""
    chains: list[Chain] = []
    for one in known:
        if one.fact.status == "negated":
            _refute(chains, one.fact)
            continue
        onset, home = given_onset(one.fact, on), _home(one, chains, gap)
        if home is None or (onset and onset.first - home.last >= ANOTHER):
            ends = min((stop.last for stop in stops if stop.first >= one.day), default=END)
            chains.append(home := Chain(one.day, one.day, ends))
        home.add(one, onset)
    return chains


def _refute(chains: list[Chain], fact: Fact) -> None:
    """A refutation after the last recording so far ends a chain on the day before."""
    for chain in chains if _refutes(fact) else ():
        if chain.last < fact.known and not chain.other_side(fact):
            chain.ends = min(chain.ends, fact.known - 1)


def _home(one: Recording, chains: list[Chain], gap: Duration) -> Chain | None:
    """The newest chain to which a recording belongs: no gap, not after its end, not of the other side."""
    for chain in reversed(chains):
        if one.day <= chain.ends and one.day <= shift(chain.last, gap) and not chain.other_side(one.fact):
            return chain
    return None


def _buried(chains: list[Chain], death: Interval | None) -> None:
    """Death ends every chain, its day still in it; of an unknown day, no chain lasts longer than its last contact."""
    if death:
        for chain in chains:
            chain.ends = min(chain.ends, chain.last if death == SOME_DAY else death.last)


def _stops(plan: Plan, chart: Chart, on: Day) -> list[Interval]:
    """When there was surgery, as the guideline names it; its day is still in the episode."""
    return [
        lies(entry.fact, on)
        for term in plan.guideline.index.ended_by
        for entry in chart.entries.get(term, ())
        if entry.sure and seen(entry.fact, on) and standing(entry.fact, on) == "done"
    ]


def _episode(plan: Plan, chain: Chain, before: list[Episode]) -> Episode:
    """A chain with its onset and its end; by silence it ends a gap after its last contact and its horizon."""
    gap = plan.guideline.index.gap
    stated = chain.onsets
    if stated:
        onset = Interval(min([each.first for each in stated]), max([each.last for each in stated]))
    else:
        onset = Interval(chain.first if plan.assumed else _floor(chain.first, gap, before), chain.first)
    silence = max(shift(chain.last, gap), shift(shift(onset.last, plan.period), gap))
    return Episode(
        chain.first,
        chain.last,
        onset,
        bool(stated),
        min(chain.ends, silence),
        truth(any(one.sure for one in chain.entries)),
        next(iter(chain.sides)) if len(chain.sides) == 1 else None,
        tuple(chain.entries),
        conflict=len(set(stated)) > 1,
    )


def _floor(first: Day, gap: Duration, before: list[Episode]) -> Day:
    """The earliest that an onset can be of which only the upper bound is known: not before what ended before it."""
    return max([shift(first, -gap), *(each.end + 1 for each in before if each.end < first)])


def _supposed(plan: Plan, undated: list[Recording], before: list[Episode], on: Day) -> Episode:
    """An episode that is only possible: its onset lies anywhere up to the day, down to one gap before it."""
    floor = _floor(on, plan.guideline.index.gap, before)
    return Episode(on, on, Interval(floor, on), False, END, _sure(undated), None, tuple(undated), supposed=True)
