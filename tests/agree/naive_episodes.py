"""The oracle's episodes: `meaning.md`, section 4, read literally over the facts that are known by a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from gradeline.dates import BEGINNING, END, Day, Duration, Interval, shift
from gradeline.logic import NO, UNKNOWN, YES, Truth
from gradeline.model.criteria import Comparison, Criterion, Named, Onset
from gradeline.model.forms import ByATime
from gradeline.model.guideline import Guideline, children
from gradeline.records.facts import Fact, Record
from tests.agree.naive_facts import SIDES, belongs, given, known, seen, surely

Captures = Literal["record", "nothing"]
RECURRENCE = Duration(days=28)
Chain = list[Fact]


@dataclass(frozen=True)
class Episode:
    """The index condition in time: its onset, whether that was given, its first known and last day, how sure it is."""

    onset: Interval
    given: bool
    first: Day
    end: Day
    sure: Truth
    """YES where a recording is sure, UNKNOWN where a sure one has no date, NO where all are only possible."""


def nodes(guideline: Guideline, criterion: Criterion) -> Iterator[Criterion]:
    """A criterion and all that it is made of, names looked up."""
    yield criterion
    inner = (guideline.criteria[criterion.name],) if isinstance(criterion, Named) else children(criterion)
    for each in inner:
        yield from nodes(guideline, each)


@dataclass(frozen=True)
class History:
    """What the record has shown of the index condition by a day."""

    guideline: Guideline
    record: Record
    on: Day
    captures: Captures

    def now(self) -> Episode | None:
        """The episode open on the day, the later begun of two; else one that is only possible; else none."""
        episodes: list[Episode] = []
        for chain in self.chains():
            episodes.append(self.episode(chain, episodes))
        current = [each for each in episodes if each.first <= self.on <= each.end]
        undated = UNKNOWN if any(self.sure(fact) is YES for fact in self.undated) else NO
        if current:
            return replace(current[-1], sure=current[-1].sure | undated)
        return replace(self.episode([], episodes), sure=undated) if self.possible() else None

    # What speaks of it

    @cached_property
    def told(self) -> list[Fact]:
        """The facts that may say the index condition: its recordings, and whatever names it as a reason."""
        known = [fact for fact in self.record.facts if fact.known <= self.on]
        return [fact for fact in known if belongs(self.guideline, self.guideline.index.term, fact) is not NO]

    @cached_property
    def recordings(self) -> list[Fact]:
        """The recordings that have a day, in their order: of one day first those that give an onset."""
        dated = [fact for fact in self.told if fact.status != "negated" and fact.known > BEGINNING]
        onsets = {fact: given(fact, END) for fact in dated}
        return sorted(dated, key=lambda fact: (contact(fact), onsets[fact] is None, onsets[fact] or (), fact.key))

    @cached_property
    def undated(self) -> list[Fact]:
        """The recordings without any date, unless they say that it is over."""
        found = [fact for fact in self.told if fact.status != "negated" and fact.known == BEGINNING]
        return [fact for fact in found if (over := abated(fact)) is None or over >= self.on]

    @cached_property
    def refutations(self) -> list[Fact]:
        """The facts that say surely that it is not this condition."""
        said = [fact for fact in self.told if fact.status == "negated" and fact.sureness == "sure"]
        return [fact for fact in said if fact.kind != "reason" and fact.known > BEGINNING]

    @cached_property
    def surgery(self) -> list[Interval]:
        """When something was surely done that ends an episode."""
        shown = [seen(fact, self.on) for fact in self.record.facts if known(fact, self.on) and fact.kind != "reason"]
        done = [fact for fact in shown if fact.status == "done" and fact.sureness == "sure"]
        ends = self.guideline.index.ended_by
        return [fact.when for fact in done if any(belongs(self.guideline, term, fact) is YES for term in ends)]

    def sure(self, fact: Fact) -> Truth:
        """Whether a recording is surely one of the index condition."""
        return surely(self.guideline, self.guideline.index.term, fact)

    # How the recordings make episodes

    def chains(self) -> list[Chain]:
        """The recordings, parted by silence, by an end, by a new onset or the other side."""
        found: list[Chain] = []
        for fact in self.recordings:
            home = next((chain for chain in reversed(found) if self.joins(fact, chain)), None)
            onset = given(fact, self.on)
            if home is None or (onset and onset.first >= shift(contact(home[-1]), RECURRENCE)):
                found.append([fact])
            else:
                home.append(fact)
        return found

    def joins(self, fact: Fact, chain: Chain) -> bool:
        """Whether a recording comes within the gap, before the end, and not of the other side."""
        silent = shift(contact(chain[-1]), self.guideline.index.gap)
        closed = min((closing for closing, _ in self.ends(chain)), default=END)
        return contact(fact) <= min(silent, closed) and not other_side(fact, chain)

    def ends(self, chain: Chain) -> Iterator[tuple[Day, Day]]:
        """What ends an episode other than silence: until when recordings still belong to it, and its last day."""
        for fact in chain:
            if (over := abated(fact)) is not None:
                yield (fact.known if over == BEGINNING else over), over
        for done in self.surgery:
            if done.first >= contact(chain[0]):
                yield done.last, done.last
        for fact in self.refutations:
            if fact.known > contact(chain[-1]) and not other_side(fact, chain):
                yield fact.known, fact.known - 1
        if self.record.patient.death:
            yield self.record.patient.death.last, self.record.patient.death.last

    def episode(self, chain: Chain, before: list[Episode]) -> Episode:
        """The episode of a chain, or of no recording: the day asked is then what we know of its onset."""
        gap = self.guideline.index.gap
        first, last = (contact(chain[0]), contact(chain[-1])) if chain else (self.on, self.on)
        onsets = [onset for fact in chain if (onset := given(fact, self.on))]
        earliest = max([shift(first, -gap), *(each.end + 1 for each in before if each.end < first)])
        spans = onsets or [Interval(earliest, first)]
        onset = Interval(min(span.first for span in spans), max(span.last for span in spans))
        silent = max(shift(last, gap), shift(self.period(onset.last), gap))
        end = min([silent, *(end for _, end in self.ends(chain))]) if chain else END
        sure = YES if any(self.sure(fact) is YES for fact in chain) else NO
        return Episode(onset, bool(onsets), first, end, sure)

    def period(self, day: Day) -> Day:
        """The last day of the guideline's own time: its population's longest onset, else its longest limit."""
        made_of = nodes(self.guideline, self.guideline.population)
        recent = (Comparison.AT_MOST, Comparison.UNDER)
        spans = [each.ago for each in made_of if isinstance(each, Onset) and each.compare in recent]
        limits = [each.form.within for each in self.guideline.recommendations if isinstance(each.form, ByATime)]
        return max((shift(day, self.guideline.duration(span)) for span in spans or limits), default=day)

    def possible(self) -> bool:
        """Whether an episode may be open of which no recording has a day."""
        dead = self.record.patient.death is not None and self.record.patient.death.last < self.on
        refuted = any(shift(fact.known, self.guideline.index.gap) >= self.on for fact in self.refutations)
        return not dead and not refuted and (bool(self.undated) or self.captures == "nothing")


def abated(fact: Fact) -> Day | None:
    """The last day of a condition that is over, BEGINNING where nobody says when."""
    return fact.until if fact.kind == "condition" else None


def contact(fact: Fact) -> Day:
    """The day on which a recording counts: its own, or the last day of a condition that was already over then."""
    over = abated(fact)
    return min(fact.known, over) if over not in (None, BEGINNING) else fact.known


def other_side(fact: Fact, chain: Chain) -> bool:
    """Whether a fact states a side and a chain states only the other."""
    stated = {side for each in chain for side in SIDES[each.side]}
    return bool(stated and SIDES[fact.side]) and not stated & SIDES[fact.side]
