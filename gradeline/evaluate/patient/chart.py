"""A record laid out for a plan: for each term the facts that speak for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from gradeline.codes import SHORT, Coding, normal
from gradeline.dates import BEGINNING, END, Day, Interval
from gradeline.model.guideline import Term
from gradeline.plan.plan import Plan
from gradeline.records.facts import Fact, Record, Status


class Entry(NamedTuple):
    """A fact that speaks for a term, whether it surely does, and, as it stands on a day, when it was and its status."""

    fact: Fact
    sure: bool
    when: Interval
    status: Status

    @property
    def as_known(self) -> Fact:
        """The fact on the days on which it can lie, as far as is known."""
        return self.fact._replace(when=self.when)


class Recording(NamedTuple):
    """A fact of the index condition's chain: the day on which it counts, and the last day of the condition."""

    fact: Fact
    sure: bool
    day: Day
    over: Day


@dataclass(frozen=True)
class Chart:
    """One patient's facts by term; reasons apart, by the key of what they are a reason of."""

    record: Record
    entries: dict[str, list[Entry]]
    reasons: dict[str, list[Fact]]
    declined: dict[str, list[Entry]]
    """What was offered and declined: whoever offers a special kind of it offers the general thing too."""
    episodes: dict[object, Any]
    """Episodes that were worked out, by what they hang on: `episodes.py` alone reads and writes it."""
    index: list[Recording]
    """The index condition's chain, in its order: its facts, and contacts or orders that name it as their reason."""
    undated: list[Recording]
    """What speaks for the index condition on no known day."""


def chart(plan: Plan, record: Record) -> Chart:
    """Lay a record out for a plan."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    reasons: dict[str, list[Fact]] = defaultdict(list)
    declined: dict[str, list[Entry]] = defaultdict(list)
    index_term = plan.guideline.index.term
    index: list[Entry] = []
    terms = plan.terms
    for fact in record.facts:
        stated, denied = terms.spoken.get(fact.codings) or terms.of_all(fact.codings)
        if not stated and fact.kind != "reason":
            continue
        found = denied if fact.status == "negated" else stated
        if fact.kind == "reason":
            for key in fact.of:
                reasons[key].append(fact)
            if index_term in found:
                index.append(_entry(plan, fact, index_term, found[index_term]))
            continue
        for term in found:
            entries[term].append(_entry(plan, fact, term, found[term]))
        for term in stated if fact.declined else ():
            declined[term].append(_entry(plan, fact, term, stated[term]))
    index += entries.get(index_term, ())
    return Chart(record, entries, reasons, declined, {}, *_in_order(index))


def _in_order(index: list[Entry]) -> tuple[list[Recording], list[Recording]]:
    """The recordings of the index condition: those that have a day, in their order, and those that have none."""
    recordings = sorted(map(_recording, index), key=_order)
    dated = [one for one in recordings if one.fact.known != BEGINNING]
    return dated, [one for one in recordings if one.fact.known == BEGINNING and one.fact.status != "negated"]


def _recording(entry: Entry) -> Recording:
    """A recording counts on its own day, or on the last day of what was already over then."""
    fact, over = entry.fact, abated(entry.fact)
    return Recording(fact, entry.sure, fact.known if over == BEGINNING else min(fact.known, over), over)


def _order(one: Recording) -> tuple[Day, bool, Day, Interval, str]:
    """Of one day first who gives an onset, the earlier before the later; what is over comes late, a refutation last."""
    onset = given_onset(one.fact, END) or Interval(END, END)
    return one.day, one.fact.status == "negated", -one.over, onset, one.fact.key


def abated(fact: Fact) -> Day:
    """The last day of a condition; END where it goes on. The end of a contact is no abatement."""
    return fact.until if fact.kind == "condition" and fact.until is not None else END


def given_onset(fact: Fact, on: Day) -> Interval | None:
    """The onset that a fact states; none where it merely repeats its own recording or its source has no onset."""
    if fact.kind != "condition" or fact.no_onset or fact.when.first == BEGINNING or fact.when.first > on:
        return None
    if fact.assumed:
        return Interval(fact.when.first, min(fact.when.last, on))
    if fact.when.first > fact.known or fact.when == (fact.known, fact.known):
        return None
    return Interval(fact.when.first, min(fact.when.last, fact.known))


def _entry(plan: Plan, fact: Fact, term: str, coded: bool) -> Entry:
    """A fact under a term: sure where its codings, its statement and its body site are."""
    sure = coded and fact.sureness == "sure" and (not fact.sites or _in_place(plan.guideline.terms[term], fact))
    return Entry(fact, sure, fact.when, fact.status)


def _in_place(term: Term, fact: Fact) -> bool:
    """Whether the stated body site is one that the term lists; no list is no objection."""
    return not term.sites or any(_listed(term, site) for site in fact.sites)


def _listed(term: Term, site: Coding) -> bool:
    system = SHORT.get(site.system, "")
    return any(pattern.holds(system, normal(system, site.code)) for pattern in term.sites)


def known(entries: Iterable[Entry], on: Day) -> list[Entry]:
    """What the record could show on a day; only what was recorded ahead of its time may then stand otherwise."""
    return [
        each if each.when.last <= each.fact.known else each._replace(when=lies(fact, on), status=standing(fact, on))
        for each in entries
        if seen(fact := each.fact, on)
    ]


def seen(fact: Fact, on: Day) -> bool:
    """Whether the record could show the fact on the day; what is booked ahead, we know not since when, is known."""
    return fact.known <= on or (fact.assumed and fact.status == "planned")


def standing(fact: Fact, on: Day) -> Status:
    """The status on the day: what was booked and then done is as yet only planned before its day."""
    return "planned" if fact.status == "done" and fact.when.first > on else fact.status


def lies(fact: Fact, on: Day) -> Interval:
    """When it was, as far as can be known on the day: a done fact is not later than the day or its own recording."""
    first, last = fact.when
    if fact.status == "planned" or (first > on and fact.status == "done"):
        return fact.when
    dated = fact.kind != "order" and not fact.assumed and fact.known != BEGINNING
    written = min(on, fact.known) if dated else on
    return fact.when if last <= written else Interval(min(first, on), max(min(first, on), written))
