"""What a record says of one row: one small function for each shape, in the order of `criteria.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gradeline.dates import Duration, Interval, after, shift
from gradeline.evaluate.patient.acts import grouped
from gradeline.evaluate.patient.chart import Entry, known, lies
from gradeline.evaluate.patient.values import Reading, newest, persisting, says, verdict
from gradeline.logic import NO, UNKNOWN, YES, Truth, truth
from gradeline.model.criteria import Comparison
from gradeline.plan.leaves import OF_ITS_TERM, Bounds, Row
from gradeline.records.facts import Fact

if TYPE_CHECKING:
    from gradeline.evaluate.patient.view import View

State = tuple[Truth, tuple[Fact, ...]]
Said = list[tuple[Fact, Truth]]
NONE: tuple[Fact, ...] = ()
IN_EPISODE = Bounds(start=Duration())


def said(row: Row, view: View) -> State:
    """What a record says of a row; of a term on which there is no fact, what absence means."""
    if row.shape in OF_ITS_TERM and row.term not in view.chart.entries:
        return row.absence, NONE
    return STATES[row.shape](row, view)


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
    said = _said(row, row.term, view)
    best = max([says_so for fact, says_so in said if fact.status != "negated"], default=NO)
    if best is NO:
        return _denied(row, said)
    return best, tuple([fact for fact, says_so in said if says_so is best and fact.status != "negated"])


def denied(row: Row, view: View) -> State:
    """What a record says of a term for which nothing speaks."""
    return _denied(row, _said(row, row.term, view))


def _denied(row: Row, said: Said) -> State:
    """Where nothing speaks for it: a sure negative is NO; one that is not sure settles nothing that is unknown."""
    negatives = [each for each in said if each[0].status == "negated"]
    if not negatives:
        return row.absence, NONE
    sure = tuple([fact for fact, says_so in negatives if says_so is YES])
    return (NO, sure) if sure else (min(row.absence, UNKNOWN), tuple([fact for fact, _ in negatives]))


def _said(row: Row, term: str, view: View) -> Said:
    """Each fact of a term in the row's window, and how surely it speaks there, for the term or against it."""
    return [
        (each.fact, YES if inside is YES and _surely(row, each) else UNKNOWN)
        for each, inside in view.inside(term, row.bounds)
        if _counts(row, each)
    ]


def _counts(row: Row, each: Entry) -> bool:
    """Whether the fact is of the kind that is asked for: planned, done, by that specialty."""
    if row.doing not in ("planned or done", each.status) and each.status != "negated":
        return False
    return not (row.by and each.fact.specialty and each.fact.specialty != row.by)


def _surely(row: Row, each: Entry) -> bool:
    """Whether it surely speaks for the term, by a specialty if one is named."""
    return each.sure and not (row.by and not each.fact.specialty)


def repeated(row: Row, view: View) -> State:
    """A term recorded on at least so many distinct days; an order and what was done on it are one act."""
    said = _said(row, row.term, view)
    spoken = {fact.key: (fact, says_so) for fact, says_so in said if fact.status != "negated"}
    seen = [fact._replace(when=lies(fact, view.on)) for fact, _ in spoken.values()]
    acts = grouped(seen, view.plan.guideline.terms[row.term].subject)
    days = [_best([spoken[fact.key] for fact in act]) for act in acts]
    facts = tuple(fact for fact, _ in days)
    if fewest([lies(fact, view.on) for fact, says_so in days if says_so is YES]) >= row.times:
        return YES, facts
    if most([lies(fact, view.on) for fact, _ in days]) >= row.times:
        return UNKNOWN, facts
    return (NO, facts) if facts else _denied(row, said)


def _best(act: list[tuple[Fact, Truth]]) -> tuple[Fact, Truth]:
    """The fact that speaks for an act: the surest, and of those the one that says that it was done."""
    return max(act, key=lambda said: (said[1], said[0].status == "done"))


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
    for each in known(view.chart.declined.get(row.term, ()), view.on):
        inside = within(view.span(row.bounds), each.when)
        says_so = inside if each.sure else min(inside, UNKNOWN)
        if says_so > best:
            best, facts = says_so, (each.fact,)
    return best, facts


def latest(row: Row, view: View) -> State:
    """What the newest value says."""
    candidates = newest(_readings(row, view))
    if not candidates:
        return row.absence, NONE
    return verdict(candidates), tuple([reading.fact for reading in candidates])


def lasting(row: Row, view: View) -> State:
    """What the newest value has said for so long."""
    readings = _readings(row, view)
    if not readings:
        return row.absence, NONE
    treatments = view.inside(row.other, IN_EPISODE)
    return persisting(row, readings, [each for each, inside in treatments if each.sure and inside is YES])


def _readings(row: Row, view: View) -> list[Reading]:
    """The values of a term that may lie in the window; what was not measured has none, and says so."""
    measured = view.plan.guideline.terms[row.term].subject == "measurement"
    return [
        Reading(fact, when, UNKNOWN if measured and status == "negated" else says(row, fact), sure and inside is YES)
        for (fact, sure, when, status), inside in view.inside(row.term, row.bounds)
        if status != "planned"
    ]


def later(row: Row, view: View) -> State:
    """Whether the newest of one action lies after every one of another."""
    mine = [each for each in _said(row, row.term, view) if each[0].status != "negated"]
    others = [each for each in _said(row, row.other, view) if each[0].status != "negated"]
    best = NO
    for fact, says_so in mine:
        best |= min([says_so, *(_after(fact, other, sure, view.on) for other, sure in others)])
    if not others:
        best = min(best, ~row.absence)
    return best, tuple(fact for fact, _ in mine)


def _after(fact: Fact, other: Fact, sure: Truth, on: int) -> Truth:
    """Whether a fact lies after another; after one that is only possible, it may."""
    return max(after(lies(fact, on), lies(other, on)), ~sure & UNKNOWN)


def passed(row: Row, view: View) -> State:
    """Whether the limit, so long after the onset, lies behind us."""
    if row.span is None:
        return UNKNOWN, NONE
    limit = view.limit(row.span)
    return _both(view.on > limit.last, view.on > limit.first), NONE


def within(span: tuple[Interval, Interval], when: Interval) -> Truth:
    """Whether something lies between a start and a stop: NO where it surely does not, YES where it surely does."""
    start, stop = span
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
