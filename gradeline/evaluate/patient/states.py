"""What a record says of one row: one small function for each shape, in the order of `criteria.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from gradeline.dates import Duration, Interval, after, shift
from gradeline.evaluate.patient.chart import Entry, lies, seen
from gradeline.evaluate.patient.values import Reading, newest, persisting, says, verdict
from gradeline.logic import NO, UNKNOWN, YES, Truth, truth
from gradeline.model.criteria import Comparison
from gradeline.plan.leaves import Bounds, Row
from gradeline.records.facts import Fact

if TYPE_CHECKING:
    from gradeline.evaluate.patient.view import View

State = tuple[Truth, tuple[Fact, ...]]
NONE: tuple[Fact, ...] = ()
NO_TIME = Duration()


def episode(row: Row, view: View) -> State:
    """Whether an episode of the index condition is open; only possible where nothing dated is recorded."""
    if view.episode is None:
        return NO, NONE
    facts = tuple(entry.fact for entry in view.episode.entries)
    return (UNKNOWN if view.episode.supposed else YES), facts


def sure(row: Row, view: View) -> State:
    """Whether a sure code of the index condition is in the episode."""
    if view.episode is None:
        return NO, NONE
    facts = tuple(entry.fact for entry in view.episode.entries if entry.sure)
    return (YES, facts) if facts else (row.absence, NONE)


def age(row: Row, view: View) -> State:
    """The age against its limit, by the first and the last day on which the patient may have been born."""
    birth, span = view.chart.record.patient.birth, row.span
    if birth is None or span is None:
        return UNKNOWN, NONE
    return _since(row.compare, Interval(shift(birth.first, span), shift(birth.last, span)), view.on), NONE


def _since(compare: Comparison | None, limit: Interval, on: int) -> Truth:
    """How long ago something was, against a length of time: `limit` is the day on which that time is reached."""
    if compare is Comparison.AT_LEAST:
        return _both(limit.last <= on, limit.first <= on)
    if compare is Comparison.OVER:
        return _both(limit.last < on, limit.first < on)
    if compare is Comparison.AT_MOST:
        return _both(limit.first >= on, limit.last >= on)
    return _both(limit.first > on, limit.last > on)


def _both(surely: bool, possibly: bool) -> Truth:
    return YES if surely else UNKNOWN if possibly else NO


def sex(row: Row, view: View) -> State:
    """The recorded sex."""
    recorded = view.chart.record.patient.sex
    return (UNKNOWN if recorded is None else truth(recorded == row.other)), NONE


def onset(row: Row, view: View) -> State:
    """How long ago the onset was, by its earliest and its latest possible day."""
    if view.episode is None or row.span is None:
        return UNKNOWN, NONE
    limits = view.limit(row.span)
    facts = tuple(entry.fact for entry in view.episode.entries) if view.episode.given else NONE
    return _since(row.compare, limits, view.on), facts


def recorded(row: Row, view: View) -> State:
    """A term recorded in the window: the highest that any fact says, else what absence means."""
    if row.times > 1:
        return repeated(row, view)
    best, facts = NO, NONE
    found = False
    for fact, says_so in _said(row, view):
        if not found or says_so > best:
            best, facts, found = says_so, (fact,), True
        elif says_so is best:
            facts += (fact,)
    return (best, facts) if found else (row.absence, NONE)


def _said(row: Row, view: View) -> Iterable[tuple[Fact, Truth]]:
    """Each fact of the term that says something in the window, and what."""
    for entry in view.chart.entries.get(row.term, ()):
        fact = entry.fact
        if not seen(fact, view.on) or not _counts(row, fact):
            continue
        inside = within(row.bounds, lies(fact, view.on), view)
        if inside is not NO:
            yield fact, NO if fact.status == "negated" else YES if inside is YES and _surely(row, entry) else UNKNOWN


def _counts(row: Row, fact: Fact) -> bool:
    """Whether the fact is of the kind that is asked for: planned, done, by that specialty."""
    if fact.status != "negated" and row.doing not in ("planned or done", fact.status):
        return False
    return not (row.by and fact.specialty and fact.specialty != row.by)


def _surely(row: Row, entry: Entry) -> bool:
    """Whether it surely speaks for the term, by a specialty if one is named."""
    return entry.sure and not (row.by and not entry.fact.specialty)


def repeated(row: Row, view: View) -> State:
    """A term recorded on at least so many distinct days."""
    said = list(_said(row, view))
    surely = [fact for fact, says_so in said if says_so is YES]
    possibly = [fact for fact, says_so in said if says_so is not NO]
    if fewest([lies(fact, view.on) for fact in surely]) >= row.times:
        return YES, tuple(surely)
    if most([lies(fact, view.on) for fact in possibly]) >= row.times:
        return UNKNOWN, tuple(possibly)
    return (NO, tuple(possibly)) if said else (row.absence, NONE)


def fewest(days: list[Interval]) -> int:
    """On how many distinct days they must have been at the least."""
    count, last = 0, -1
    for each in sorted(days, key=lambda interval: interval.last):
        if each.first > last:
            count, last = count + 1, each.last
    return count


def most(days: list[Interval]) -> int:
    """On how many distinct days they can have been at the most."""
    taken: set[int] = set()
    for each in sorted(days, key=lambda interval: interval.last):
        day = next(
            (day for day in range(each.first, min(each.last, each.first + len(days)) + 1) if day not in taken), 0
        )
        if day:
            taken.add(day)
    return len(taken)


def declined(row: Row, view: View) -> State:
    """Offered and declined: a negated fact that gives the patient's own reason."""
    best, facts = NO, NONE
    for entry in view.chart.entries.get(row.term, ()):
        fact = entry.fact
        if fact.declined and seen(fact, view.on):
            inside = within(row.bounds, lies(fact, view.on), view)
            says_so = inside if entry.sure else min(inside, UNKNOWN)
            if says_so > best:
                best, facts = says_so, (fact,)
    return best, facts


def latest(row: Row, view: View) -> State:
    """What the newest value says."""
    candidates = newest(_readings(row, view))
    if not candidates:
        return row.absence, NONE
    return verdict(candidates), tuple(reading.fact for reading in candidates)


def lasting(row: Row, view: View) -> State:
    """What the newest value has said for so long."""
    readings = list(_readings(row, view))
    if not readings:
        return row.absence, NONE
    treatments = [entry for entry in view.chart.entries.get(row.other, ()) if _in_episode(entry, view)]
    return persisting(row, readings, treatments)


def _in_episode(entry: Entry, view: View) -> bool:
    """Whether a treatment is surely one of this episode."""
    return seen(entry.fact, view.on) and within(Bounds(start=NO_TIME), lies(entry.fact, view.on), view) is YES


def _readings(row: Row, view: View) -> Iterable[Reading]:
    """The values of a term that may lie in the window."""
    for entry in view.chart.entries.get(row.term, ()):
        fact = entry.fact
        if fact.status != "planned" and seen(fact, view.on):
            when = lies(fact, view.on)
            inside = within(row.bounds, when, view)
            if inside is not NO:
                yield Reading(fact, when, says(row, fact), entry.sure and inside is YES)


def later(row: Row, view: View) -> State:
    """Whether the newest of one action lies after every one of another."""
    mine = [(fact, says_so) for fact, says_so in _said(_plain(row.term), view) if says_so is not NO]
    others = [(fact, says_so) for fact, says_so in _said(_plain(row.other), view) if says_so is not NO]
    best = NO
    for fact, says_so in mine:
        best |= min([says_so, *(_after(fact, other, sure, view.on) for other, sure in others)])
    return best, tuple(fact for fact, _ in mine)


def _plain(term: str) -> Row:
    return Row("recorded", term, Bounds(start=NO_TIME))


def _after(fact: Fact, other: Fact, sure: Truth, on: int) -> Truth:
    """Whether a fact lies after another; after one that is only possible, it may."""
    return max(after(lies(fact, on), lies(other, on)), ~sure & UNKNOWN)


def passed(row: Row, view: View) -> State:
    """Whether the limit, so long after the onset, lies behind us."""
    if row.span is None:
        return UNKNOWN, NONE
    limit = view.limit(row.span)
    return _both(view.on > limit.last, view.on > limit.first), NONE


def within(bounds: Bounds, when: Interval, view: View) -> Truth:
    """Whether something lies in a window: NO where it surely misses it, YES where it surely lies inside."""
    start, stop = view.span(bounds)
    if when.last < start.first or when.first > stop.last:
        return NO
    return YES if when.first >= start.last and when.last <= stop.first else UNKNOWN


STATES: dict[str, Callable[[Row, View], State]] = {
    "episode": episode,
    "sure": sure,
    "age": age,
    "sex": sex,
    "onset": onset,
    "recorded": recorded,
    "declined": declined,
    "latest": latest,
    "persisting": lasting,
    "later": later,
    "passed": passed,
}
