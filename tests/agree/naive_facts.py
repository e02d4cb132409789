"""What the oracle takes a fact to say: of which term, on which days, in which act, in which episode.

`meaning.md`, sections 2 and 4, read literally; with `naive.py` it is the whole oracle.
"""

from __future__ import annotations

from collections.abc import Iterable

from gradeline import codes
from gradeline.codes import Pattern
from gradeline.dates import BEGINNING, SOME_DAY, Day, Duration, Interval, shift
from gradeline.logic import NO, UNKNOWN, YES, Truth
from gradeline.model.guideline import Guideline, Term
from gradeline.records.facts import Fact

SAME_EXAMINATION = Duration(days=90)
SIDES = {None: set[str](), "left": {"left"}, "right": {"right"}, "both": {"left", "right"}}


# Terms


def belongs(guideline: Guideline, term: str, fact: Fact) -> Truth:
    """Whether a fact says the term: an action coded without its kind may be the more special one."""
    known = said(guideline, term, fact)
    if guideline.terms[term].subject != "action":
        return known
    return max([known, *(UNKNOWN for each in guideline.terms.values() if kind_open(guideline, each, term, fact))])


def surely(guideline: Guideline, term: str, fact: Fact) -> Truth:
    """Whether a fact says the term and is itself sure."""
    return belongs(guideline, term, fact) & (YES if fact.sureness == "sure" else UNKNOWN)


def kind_open(guideline: Guideline, general: Term, special: str, fact: Fact) -> bool:
    """Whether a fact says, surely or perhaps, a general term that takes the special one in, and nothing of its kind."""
    if special not in below(guideline, general) or coded(general, fact) is NO:
        return False
    return all(said(guideline, each, fact) is NO for each in general.includes)


def denies(guideline: Guideline, term: str, fact: Fact) -> Truth:
    """Whether a negative denies a term: it names it, or an action more general than it without its kind."""
    named = coded(guideline.terms[term], fact)
    general = [each for each in guideline.terms.values() if each.subject == "action"]
    return max([named, *(coded(each, fact) for each in general if kind_open(guideline, each, term, fact))])


def below(guideline: Guideline, term: Term) -> set[str]:
    """All terms that a term takes in."""
    return {more for each in term.includes for more in {each} | below(guideline, guideline.terms[each])}


def said(guideline: Guideline, term: str, fact: Fact) -> Truth:
    """Whether a fact's codes are the term's or those of a term that it includes."""
    one = guideline.terms[term]
    return max([coded(one, fact), *(said(guideline, each, fact) for each in one.includes)])


def coded(term: Term, fact: Fact) -> Truth:
    """Whether a code of the fact is the term's own; wider and nearest codes, and another body site, leave it open."""
    found = normal(fact.codings)
    own = (Pattern("own", term.id), *term.codes)
    told = YES if lists(own, found, term) else UNKNOWN if lists(term.wider + term.nearest, found, term) else NO
    elsewhere = term.sites and fact.sites and not lists(term.sites, normal(fact.sites), term)
    return told & UNKNOWN if elsewhere else told


def normal(codings: Iterable[codes.Coding]) -> set[tuple[str, str]]:
    """Codes as they are compared, each part of an SKS code for itself."""
    apart = [(codes.SHORT.get(part.system, ""), part.code) for coding in codings for part in codes.parts(coding)]
    return {(system, codes.normal(system, code)) for system, code in apart}


def lists(patterns: Iterable[Pattern], found: set[tuple[str, str]], term: Term) -> bool:
    """Whether a pattern holds of a code; a prefix leaves out what the term is `without`."""
    return any(
        pattern.holds(*code) and not (pattern.code.endswith("*") and any(out.holds(*code) for out in term.without))
        for pattern in patterns
        for code in found
    )


# Days


def known(fact: Fact, on: Day) -> bool:
    """Whether the record could show a fact on a day; what is booked ahead, we know not since when, is known."""
    return fact.known <= on or (fact.assumed and fact.status == "planned")


def seen(fact: Fact, on: Day) -> Fact:
    """A fact as one sees it on a day: what is done or negated cannot lie ahead, and is as yet only planned."""
    first, last = fact.when
    if fact.status == "planned" or (fact.status == "done" and first > on):
        return fact._replace(status="planned")
    written = on if fact.assumed or fact.known == BEGINNING or fact.kind == "order" else fact.known
    if first > on:
        return fact._replace(when=Interval(on, on))
    return fact._replace(when=Interval(first, max(first, min(last, on, written))))


def ordered(fact: Fact) -> Interval:
    """The day of an act: that on which its order was written, its own where there is none."""
    written = fact.kind == "order" and not fact.assumed and fact.known > BEGINNING
    return Interval(fact.known, fact.known) if written else fact.when


def given(fact: Fact, on: Day) -> Interval | None:
    """The onset that a condition gives; None where it gives none or repeats the day of its recording."""
    if fact.kind != "condition" or fact.no_onset or fact.when == SOME_DAY:
        return None
    if fact.assumed:
        return Interval(fact.when.first, min(fact.when.last, on))
    if fact.when == Interval(fact.known, fact.known) or fact.when.first > fact.known:
        return None
    return Interval(fact.when.first, min(fact.when.last, fact.known))


def fewest_days(spans: list[Interval]) -> int:
    """On how many distinct days the facts lie at least."""
    days, day = 0, BEGINNING - 1
    for span in sorted(spans, key=lambda span: span.last):
        if span.first > day:
            days, day = days + 1, span.last
    return days


def most_days(spans: list[Interval]) -> int:
    """On how many distinct days the facts can lie at most."""
    taken: set[Day] = set()
    for span in sorted(spans, key=lambda span: span.last):
        free = next((day for day in range(span.first, span.last + 1) if day not in taken), None)
        taken |= set() if free is None else {free}
    return len(taken)


# Acts


def acts(facts: list[Fact]) -> list[list[Fact]]:
    """One act, one fact: an order with what was done on it, or what was done without one."""
    groups: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: fact.kind != "order"):
        groups.setdefault(order_of(fact, facts).key, []).append(fact)
    return list(groups.values())


def order_of(fact: Fact, facts: list[Fact], seen: tuple[str, ...] = ()) -> Fact:
    """The order that an act was done on: the one it is linked to, else the latest within 90 days before it."""
    if fact.kind == "order":
        return fact
    if fact.key in seen:
        return min((each for each in facts if each.key in seen), key=lambda each: each.key)
    if linked := based_on(fact, facts):
        return order_of(min(linked, key=lambda each: (each.kind != "order", each.key)), facts, (*seen, fact.key))
    if before := [each for each in facts if each.kind == "order" and same_examination(each, fact)]:
        return max(before, key=lambda order: (ordered(order), order.key))
    same_day = [each for each in facts if each.kind != "order" and each.when == fact.when and fact.when.exact]
    if tied := [each for each in same_day if based_on(each, facts) and each.key not in (*seen, fact.key)]:
        return order_of(min(tied, key=lambda each: each.key), facts, (*seen, fact.key))
    return min(same_day, key=lambda each: each.key, default=fact)


def based_on(fact: Fact, facts: list[Fact]) -> list[Fact]:
    """What of the same thing an act says that it is based on."""
    return [each for each in facts if each.key in fact.of and each.key != fact.key]


def same_examination(order: Fact, fact: Fact) -> bool:
    """Whether what was done can lie within 90 days after the order."""
    written = ordered(order)
    return written.first <= fact.when.last and fact.when.first <= shift(written.last, SAME_EXAMINATION)
