"""A record laid out for a plan: for each term the facts that speak for it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from gradeline.codes import SHORT, Coding, normal
from gradeline.dates import BEGINNING, Day, Interval
from gradeline.model.guideline import Term
from gradeline.plan.plan import Plan
from gradeline.records.facts import Fact, Record, Status


class Entry(NamedTuple):
    """A fact that speaks for a term, and whether it surely does."""

    fact: Fact
    sure: bool


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
    index: list[Entry]
    """What the index condition's chain is made of: its facts, and contacts or orders that name it as their reason."""


def chart(plan: Plan, record: Record) -> Chart:
    """Lay a record out for a plan."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    reasons: dict[str, list[Fact]] = defaultdict(list)
    declined: dict[str, list[Entry]] = defaultdict(list)
    index_term = plan.guideline.index.term
    index: list[Entry] = []
    for fact in record.facts:
        found = _terms(plan, fact)
        if fact.kind == "reason":
            for key in fact.of:
                reasons[key].append(fact)
            if index_term in found:
                index.append(Entry(fact, found[index_term]))
            continue
        for term, sure in found.items():
            entries[term].append(Entry(fact, sure))
        for term, sure in _terms(plan, fact, with_general=True).items() if fact.declined else ():
            declined[term].append(Entry(fact, sure))
    index += entries.get(index_term, ())
    return Chart(record, entries, reasons, declined, {}, index)


NOTHING: dict[str, bool] = {}


def _terms(plan: Plan, fact: Fact, with_general: bool = False) -> dict[str, bool]:
    """The terms of a fact, each with whether the fact surely speaks for it; a negative not for the general ones."""
    found = NOTHING
    for coding in fact.codings:
        for term, exact, general, below in plan.terms.of(coding):
            if general and fact.status == "negated" and not with_general:
                continue
            if below and len(fact.codings) > 1 and plan.terms.tells_kind(below, _coded(plan, fact)):
                continue
            if found is NOTHING:
                found = {}
            if below and fact.status == "negated" and not with_general:
                exact = plan.terms.sure(coding, below)
            sure = exact and fact.sureness == "sure" and _in_place(plan.guideline.terms[term], fact)
            found[term] = found.get(term, False) or sure
    return found


def _coded(plan: Plan, fact: Fact) -> set[str]:
    """The terms that some coding of a fact lists itself."""
    spoken = (each for coding in fact.codings for each in plan.terms.of(coding))
    return {each.term for each in spoken if not each.general and not each.below}


def _in_place(term: Term, fact: Fact) -> bool:
    """Whether a stated body site is one that the term lists; no statement, and no list, is no objection."""
    if not term.sites or not fact.sites:
        return True
    return any(_listed(term, site) for site in fact.sites)


def _listed(term: Term, site: Coding) -> bool:
    system = SHORT.get(site.system, "")
    return any(pattern.holds(system, normal(system, site.code)) for pattern in term.sites)


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
