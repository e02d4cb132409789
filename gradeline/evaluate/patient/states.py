"""What a record says of one row: one small function for each shape, in the order of `criteria.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from gradeline.dates import Day, Duration, Interval, after, shift
from gradeline.evaluate.patient.acts import grouped
from gradeline.evaluate.patient.chart import Entry, lies, seen, standing
from gradeline.evaluate.patient.values import Reading, newest, persisting, says, verdict
from gradeline.logic import NO, UNKNOWN, YES, Truth, truth
from gradeline.model.criteria import Comparison
from gradeline.plan.leaves import Bounds, Row
from gradeline.records.facts import Fact

if TYPE_CHECKING:
    from gradeline.evaluate.patient.view import View

State = tuple[Truth, tuple[Fact, ...]]
NONE: tuple[Fact, ...] = ()
IN_EPISODE = Bounds(start=Duration())


def episode(row: Row, view: View) -> State:
    """Whether an episode of the index condition is open, be it only a possible one."""
    if view.episode is None:
        return NO, NONE
    return YES, tuple(entry.fact for entry in view.episode.entries)


def sure(row: Row, view: View) -> State:
    """Whether a sure code of the index condition is in the episode; what has no day makes none sure."""
    if view.episode is None:
        return NO, NONE
    if view.episode.sure is YES:
        return YES, tuple(entry.fact for entry in view.episode.entries if entry.sure)
    return max(row.absence, view.episode.sure), NONE


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
    """A term recorded in the window: the highest that any fact says, else a sure negative, else what absence means."""
    if row.times > 1:
        return repeated(row, view)
    best, facts = NO, NONE
    negatives: list[tuple[Fact, Truth]] = []
    for fact, says_so in _said(row, view):
        if fact.status == "negated":
            negatives.append((fact, says_so))
        elif says_so > best:
            best, facts = says_so, (fact,)
        elif says_so is best:
            facts += (fact,)
    return (best, facts) if facts else _denied(row, negatives)


def denied(row: Row, view: View) -> State:
    """What a record says of a term for which nothing speaks."""
    return _denied(row, [each for each in _said(row, view) if each[0].status == "negated"])


def _denied(row: Row, negatives: list[tuple[Fact, Truth]]) -> State:
    """Where nothing speaks for it: a sure negative is NO; one that is not sure settles nothing that is unknown."""
    sure = tuple(fact for fact, says_so in negatives if says_so is YES)
    if sure:
        return NO, sure
    return (min(row.absence, UNKNOWN) if negatives else row.absence), tuple(fact for fact, _ in negatives)


def _said(row: Row, view: View) -> Iterable[tuple[Fact, Truth]]:
    """Each fact of the term in the window, and how surely it speaks there, for the term or against it."""
    for entry in view.chart.entries.get(row.term, ()):
        fact = entry.fact
        if not seen(fact, view.on) or not _counts(row, fact, view.on):
            continue
        inside = within(row.bounds, lies(fact, view.on), view)
        if inside is not NO:
            yield fact, YES if inside is YES and _surely(row, entry) else UNKNOWN


def _counts(row: Row, fact: Fact, on: Day) -> bool:
    """Whether the fact is of the kind that is asked for: planned, done, by that specialty."""
    if fact.status != "negated" and row.doing not in ("planned or done", standing(fact, on)):
        return False
    return not (row.by and fact.specialty and fact.specialty != row.by)


def _surely(row: Row, entry: Entry) -> bool:
    """Whether it surely speaks for the term, by a specialty if one is named."""
    return entry.sure and not (row.by and not entry.fact.specialty)


def repeated(row: Row, view: View) -> State:
    """A term recorded on at least so many distinct days; an order and what was done on it are one act."""
    said = list(_said(row, view))
    spoken = {fact: says_so for fact, says_so in said if fact.status != "negated"}
    days = [_best(act, spoken) for act in grouped(spoken, view.plan.guideline.terms[row.term].subject)]
    facts = tuple(fact for fact, _ in days)
    if fewest([lies(fact, view.on) for fact, says_so in days if says_so is YES]) >= row.times:
        return YES, facts
    if most([lies(fact, view.on) for fact, _ in days]) >= row.times:
        return UNKNOWN, facts
    return (NO, facts) if facts else _denied(row, [each for each in said if each[0].status == "negated"])


def _best(act: list[Fact], spoken: dict[Fact, Truth]) -> tuple[Fact, Truth]:
    """The fact that speaks for an act: the surest, and of those the one that says that it was done."""
    best = max(act, key=lambda fact: (spoken[fact], fact.status == "done"))
    return best, spoken[best]


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
    for entry in view.chart.declined.get(row.term, ()):
        fact = entry.fact
        if seen(fact, view.on):
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
    treatments = [entry for entry in view.chart.entries.get(row.other, ()) if view.in_episode(entry.fact) is YES]
    return persisting(row, readings, treatments)


def _readings(row: Row, view: View) -> Iterable[Reading]:
    """The values of a term that may lie in the window; what was not measured has none, and says so."""
    measured = view.plan.guideline.terms[row.term].subject == "measurement"
    for entry in view.chart.entries.get(row.term, ()):
        fact = entry.fact
        if seen(fact, view.on) and standing(fact, view.on) != "planned":
            when = lies(fact, view.on)
            inside = within(row.bounds, when, view)
            if inside is not NO:
                said = UNKNOWN if measured and fact.status == "negated" else says(row, fact)
                yield Reading(fact, when, said, entry.sure and inside is YES)


def later(row: Row, view: View) -> State:
    """Whether the newest of one action lies after every one of another."""
    mine = [each for each in _said(_plain(row.term), view) if each[0].status != "negated"]
    others = [each for each in _said(_plain(row.other), view) if each[0].status != "negated"]
    best = NO
    for fact, says_so in mine:
        best |= min([says_so, *(_after(fact, other, sure, view.on) for other, sure in others)])
    if not others:
        best = min(best, ~row.absence)
    return best, tuple(fact for fact, _ in mine)


def _plain(term: str) -> Row:
    return Row("recorded", term, IN_EPISODE)


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
