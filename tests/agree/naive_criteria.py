"""The oracle's criteria: `meaning.md`, section 6, asked of the facts that are known by a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import isfinite

from gradeline.codes import pattern
from gradeline.dates import Day, Interval, not_after, shift
from gradeline.logic import NO, UNKNOWN, YES, Truth, at_least, truth
from gradeline.model.criteria import (
    IN_EPISODE,
    Age,
    All,
    AnyOf,
    AtLeast,
    Criterion,
    Latest,
    Named,
    Not,
    Onset,
    Persisting,
    Recorded,
    Sex,
    Span,
    Window,
)
from gradeline.model.guideline import Guideline
from gradeline.quantity import Quantity
from gradeline.records.facts import Fact, Record
from tests.agree.naive_episodes import Captures, Episode, History
from tests.agree.naive_facts import acts, belongs, denies, fewest_days, known, most_days, normal, ordered, seen, surely

DOING = {"planned or done": ("planned", "done"), "planned": ("planned",), "done": ("done",)}
ONE = ("", "1", "{score}")
"""The spellings of one unit."""


def ask(guideline: Guideline, record: Record, on: Day, captures: Captures) -> Ask | None:
    """The ask of a record on a day; None where no episode is open."""
    episode = History(guideline, record, on, captures).now()
    absence = UNKNOWN if captures == "nothing" else None
    return Ask(guideline, record, on, captures, episode, absence) if episode else None


def agree(answers: Iterable[Truth]) -> Truth:
    """The answer that all give; UNKNOWN where they differ."""
    found = set(answers)
    return found.pop() if len(found) == 1 else UNKNOWN


@dataclass(frozen=True, eq=False)
class Ask:
    """A record and a day, the episode open on it, and what it means that nothing is recorded."""

    guideline: Guideline
    record: Record
    on: Day
    captures: Captures
    episode: Episode
    absence: Truth | None = None
    """In place of what each leaf says of absence."""
    window: Window | None = None
    """In place of each leaf's own."""

    @cached_property
    def facts(self) -> list[Fact]:
        """The facts known by the day, as one sees them then."""
        return [seen(fact, self.on) for fact in self.record.facts if known(fact, self.on)]

    def holds(self, criterion: Criterion) -> Truth:
        """Whether a criterion holds on the day."""
        match criterion:
            case Age() | Sex() | Onset():
                return self.person(criterion)
            case Recorded():
                return self.recorded(criterion)
            case Latest():
                return self.latest(criterion)
            case Persisting():
                return self.persisting(criterion)
            case All(of):
                return min(map(self.holds, of))
            case AnyOf(of):
                return max(map(self.holds, of))
            case Not(one):
                return ~self.holds(one)
            case AtLeast(n, of):
                return at_least(n, map(self.holds, of))
            case Named(name):
                return self.holds(self.guideline.criteria[name])
        raise TypeError(f"no criterion: {criterion}")

    def person(self, criterion: Age | Sex | Onset) -> Truth:
        """What the birth, the sex or the onset says; of an interval, where both its ends agree."""
        patient = self.record.patient
        match criterion:
            case Age(compare, years):
                return agree(truth(compare.holds(self.on, self.later(born, years))) for born in patient.birth or ())
            case Onset(compare, ago):
                return agree(truth(compare.holds(self.on, self.later(onset, ago))) for onset in self.episode.onset)
            case Sex(sex):
                return truth(patient.sex == sex) if patient.sex else UNKNOWN

    # Windows, and the facts in them

    def later(self, day: Day, span: Span) -> Day:
        """The day so much later."""
        return shift(day, self.guideline.duration(span))

    def since_onset(self, span: Span) -> Interval:
        """The days that may lie so much after the onset."""
        return Interval(*(self.later(day, span) for day in self.episode.onset))

    def inside(self, window: Window, when: Interval) -> Truth:
        """Whether something lies in a window; what begins with the episode and names no end, ends with it."""
        holds = YES
        if window.back is not None:
            day = shift(self.on, -self.guideline.duration(window.back))
            holds &= not_after(Interval(day, day), when)
        if window.start is not None:
            end = Interval(self.episode.end, self.episode.end)
            holds &= not_after(self.since_onset(window.start), when)
            holds &= not_after(when, end) if window.stop is None else YES
        if window.stop is not None:
            holds &= not_after(when, self.since_onset(window.stop))
        return holds

    def speaking(self, term: str, window: Window) -> list[tuple[Fact, Truth]]:
        """The facts that may say a term in a window, and how surely; a reason speaks only for its order."""
        found = []
        for fact in self.facts:
            sure = surely(self.guideline, term, fact) & self.inside(self.window or window, fact.when)
            if sure is not NO and fact.kind != "reason":
                found.append((fact, sure))
        return found

    def absent(self, leaf: Recorded | Latest) -> Truth:
        """What it means that nothing is recorded."""
        if self.absence is not None:
            return self.absence
        if leaf.absence is not None:
            return leaf.absence
        return UNKNOWN if self.guideline.terms[leaf.term].subject == "measurement" else NO

    # Recorded

    def recorded(self, leaf: Recorded) -> Truth:
        """Whether a term is recorded on enough days: the highest wins, then a negative, then what absence means."""
        said = [(fact, sure & performed(leaf.by, fact)) for fact, sure in self.speaking(leaf.term, leaf.window)]
        said = [(fact, sure) for fact, sure in said if sure is not NO]
        positive = self.counted(leaf.term, [each for each in said if each[0].status in DOING[leaf.doing]])
        if fewest_days([when for when, sure in positive if sure is YES]) >= leaf.times:
            return YES
        if most_days([when for when, _ in positive]) >= leaf.times:
            return UNKNOWN
        negative = [sure for fact in self.facts if (sure := self.denied(leaf, fact)) is not NO]
        if positive or YES in negative:
            return NO
        absent = self.absent(leaf)
        return UNKNOWN if negative and absent is not NO else absent

    def denied(self, leaf: Recorded, fact: Fact) -> Truth:
        """Whether a fact denies the term in the window, and how surely."""
        if fact.status != "negated" or fact.kind == "reason":
            return NO
        sure = YES if fact.sureness == "sure" else UNKNOWN
        named = denies(self.guideline, leaf.term, fact) & performed(leaf.by, fact)
        return named & sure & self.inside(self.window or leaf.window, fact.when)

    def counted(self, term: str, said: list[tuple[Fact, Truth]]) -> list[tuple[Interval, Truth]]:
        """When each was; an order and what was done on it are one act, on the day it was done."""
        sure = {fact.key: sure for fact, sure in said}
        facts = [fact for fact, _ in said]
        groups = acts(facts) if self.guideline.terms[term].subject == "action" else [[fact] for fact in facts]
        best = [max(group, key=lambda fact: (sure[fact.key], fact.status == "done")) for group in groups]
        return [(fact.when, sure[fact.key]) for fact in best]

    # Values

    def latest(self, leaf: Latest) -> Truth:
        """What every newest candidate says."""
        said = self.spoken(leaf)
        if not said:
            return self.absent(leaf)
        newest = [(fact, sure) for fact, sure in said if not any(newer(other, fact) for other, _ in said)]
        return agree(self.says(leaf, fact) if sure is YES else UNKNOWN for fact, sure in newest)

    def spoken(self, leaf: Latest) -> list[tuple[Fact, Truth]]:
        """The facts that have a value, or may; what was not measured has none."""
        return [each for each in self.speaking(leaf.term, leaf.window) if each[0].status != "planned"]

    def says(self, leaf: Latest, fact: Fact) -> Truth:
        """Whether one value compares so; UNKNOWN where there is none that can be read."""
        value = fact.value
        if fact.status == "negated":
            return UNKNOWN if self.guideline.terms[leaf.term].subject == "measurement" else NO
        if leaf.compare is None or leaf.limit is None:
            unread = isinstance(value, Quantity) or not value
            return UNKNOWN if unread else max(self.means(fact, each) for each in leaf.one_of)
        limit, scale = self.guideline.amount(leaf.limit), self.guideline.terms[leaf.term].scale
        if not isinstance(value, Quantity) or not isfinite(value.value):
            return UNKNOWN
        percent = scale and (scale.lowest, scale.highest) == (0, 100) and {unit(value), unit(limit)} == {"1", "%"}
        if unit(value) != unit(limit) and not percent:
            return UNKNOWN
        if scale and not scale.lowest <= value.value <= scale.highest:
            return UNKNOWN
        return truth(leaf.compare.holds(value.value, limit.value))

    def means(self, fact: Fact, listed: str) -> Truth:
        """Whether a coded value is a listed one: a term, a code of a named system, or a word of our own."""
        codings = () if isinstance(fact.value, Quantity) else fact.value or ()
        if listed in self.guideline.terms:
            return belongs(self.guideline, listed, fact._replace(codings=codings, sites=()))
        system, _, code = listed.rpartition(":")
        return truth(any(pattern(system or "own", code).holds(*each) for each in normal(codings)))

    def persisting(self, leaf: Persisting) -> Truth:
        """Whether the newest run of values lasts long enough, on whichever of their possible days they lie."""
        said, now = self.spoken(leaf.latest), self.latest(leaf.latest)
        if now is not YES or not said:
            return now
        values = [(fact, sure, self.says(leaf.latest, fact)) for fact, sure in said]
        newest = max(fact.when.first for fact, _ in said)
        if {YES, NO} <= {says for fact, _, says in values if fact.when == (newest, newest)}:
            return UNKNOWN
        days = {day for fact, _ in said for day in fact.when}
        placings = product(*(placed(*each, days) for each in values if each[2] is not UNKNOWN))
        ways = [[each for each in way if each] for way in placings]
        answer = agree(self.run(leaf, way) for way in ways)
        broken = set.intersection(*(self.breaking(leaf, way) for way in ways))
        return UNKNOWN if answer is NO and not broken else answer

    def run(self, leaf: Persisting, values: list[tuple[Fact, Truth]]) -> Truth:
        """What values on single days say: the newest holds, with none against it for so long before."""
        held, broken = by_day(values, YES), by_day(values, NO)
        last = max(held, default=None)
        if self.breaking(leaf, values):
            return NO
        if last is None:
            return UNKNOWN
        first = min(day for day in held if all(day > other for other in broken))
        long = self.later(first, leaf.span) <= last
        return YES if long and (leaf.despite is None or self.treated(leaf.despite, last)) else UNKNOWN

    def breaking(self, leaf: Persisting, values: list[tuple[Fact, Truth]]) -> set[Day]:
        """The days that say otherwise, and lie too near to the last that holds."""
        held, broken = by_day(values, YES), by_day(values, NO)
        return {day for day in broken if not held or self.later(day, leaf.span) >= max(held)}

    def treated(self, term: str, before: Day) -> bool:
        """Whether a treatment of the episode was surely begun, done or ordered, before a day."""
        begun = [fact for fact, sure in self.speaking(term, IN_EPISODE) if sure is YES and fact.status != "negated"]
        return any(ordered(fact).last < before for fact in begun)


def performed(specialty: str | None, fact: Fact) -> Truth:
    """Whether a specialty did it; a fact may not say which did."""
    if specialty is None or fact.specialty == specialty:
        return YES
    return NO if fact.specialty else UNKNOWN


def unit(quantity: Quantity) -> str:
    """The unit, one spelling for a plain score."""
    return "1" if quantity.unit in ONE else quantity.unit


def newer(one: Fact, other: Fact) -> bool:
    """Whether a fact is surely the newer; of one day the later time."""
    if one.when == other.when and one.when.exact and one.time and other.time:
        return one.time > other.time
    return one.when.first > other.when.last


def placed(fact: Fact, sure: Truth, says: Truth, days: set[Day]) -> list[tuple[Fact, Truth] | None]:
    """A value on each of the days that decide and on which it can lie, and away where it is not sure."""
    can = [fact._replace(when=Interval(day, day)) for day in sorted(days) if fact.when.first <= day <= fact.when.last]
    return [*((each, says) for each in can), *([] if sure is YES else [None])]


def by_day(values: list[tuple[Fact, Truth]], says: Truth) -> set[Day]:
    """The days whose values all say so: those of one day that disagree are no value of that day."""
    told: dict[Day, set[Truth]] = {}
    for fact, value in values:
        told.setdefault(fact.when.first, set()).add(value)
    return {day for day, answers in told.items() if answers == {says}}
