"""Criteria whose answer no patient can change: always true, or never."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from gradeline.logic import NO, YES, Truth
from gradeline.model.criteria import Age, All, AnyOf, AtLeast, Comparison, Criterion, Latest, Named, Not, Onset
from gradeline.model.guideline import Guideline
from gradeline.quantity import canonical

OLDEST = 150 * 12
"""Months; nobody is older."""


class Bound(NamedTuple):
    """What a comparison says of one thing: where it begins to hold, or where it ceases."""

    of: object
    compare: Comparison
    limit: float
    ends: tuple[float, float]
    """The lowest and the highest that the thing can be."""


def settled(criterion: Criterion, guideline: Guideline) -> Truth | None:
    """YES where it holds of everybody whose record tells, NO where of nobody, None where it depends."""
    match criterion:
        case Age() | Onset() | Latest():
            bound = bound_of(criterion, guideline)
            return bound and alone(bound)
        case Named(name):
            return settled(guideline.criteria[name], guideline)
        case Not(of):
            inner = settled(of, guideline)
            return None if inner is None else ~inner
        case All(of):
            return NO if clash(of, guideline) else counted(len(of), of, guideline)
        case AnyOf(of):
            return YES if clash([Not(each) for each in of], guideline) else counted(1, of, guideline)
        case AtLeast(n, of):
            return counted(n, of, guideline)
    return None


def counted(n: int, of: Sequence[Criterion], guideline: Guideline) -> Truth | None:
    """Whether so many hold, where that is settled."""
    each = [settled(criterion, guideline) for criterion in of]
    if each.count(YES) >= n:
        return YES
    return NO if len(of) - each.count(NO) < n else None


def bound_of(criterion: Criterion, guideline: Guideline) -> Bound | None:
    """A comparison as a bound; None for what compares no number."""
    match criterion:
        case Age(compare, years):
            return Bound("age", compare, guideline.duration(years).months, (0, OLDEST))
        case Onset(compare, ago):
            length = guideline.duration(ago)
            of, limit = ("days", length.days) if not length.months else ("months", length.months)
            return Bound(f"onset in {of}", compare, limit, (0, float("inf")))
        case Latest(term, Comparison() as compare, limit) if limit is not None:
            ends = ends_of(term, guideline)
            return Bound((term, criterion.window), compare, guideline.amount(limit).value, ends)
        case Not(of) if bound := bound_of(of, guideline):
            return bound._replace(compare=OPPOSITE[bound.compare])
    return None


def ends_of(term: str, guideline: Guideline) -> tuple[float, float]:
    """The ends of a term's scale, in the unit in which its values are compared."""
    scale, unit = guideline.terms[term].scale, guideline.terms[term].unit
    ends = [canonical(end, unit) for end in (scale.lowest, scale.highest)] if scale else [None]
    values = [end.value for end in ends if end]
    return (values[0], values[1]) if len(values) == 2 else (float("-inf"), float("inf"))


OPPOSITE = {
    Comparison.AT_LEAST: Comparison.UNDER,
    Comparison.OVER: Comparison.AT_MOST,
    Comparison.AT_MOST: Comparison.OVER,
    Comparison.UNDER: Comparison.AT_LEAST,
}


def alone(bound: Bound) -> Truth | None:
    """Whether a bound holds at both ends of what can be, or at neither; between them it does not change twice."""
    holds = [bound.compare.holds(end, bound.limit) for end in bound.ends]
    return None if holds[0] != holds[1] else YES if holds[0] else NO


def clash(of: Sequence[Criterion], guideline: Guideline) -> bool:
    """Whether two of them cannot both hold."""
    if any(Not(one) == other or one == Not(other) for one, other in combinations(of, 2)):
        return True
    bounds = [bound for each in of if (bound := bound_of(each, guideline))]
    return any(apart(one, other) for one, other in combinations(bounds, 2) if one.of == other.of)


def apart(one: Bound, other: Bound) -> bool:
    """Whether no number satisfies both bounds."""
    low, high = sorted((one, other), key=lambda bound: bound.compare in (Comparison.AT_MOST, Comparison.UNDER))
    if low.compare in (Comparison.AT_MOST, Comparison.UNDER) or high.compare in (Comparison.AT_LEAST, Comparison.OVER):
        return False
    both = low.compare is Comparison.AT_LEAST and high.compare is Comparison.AT_MOST
    return low.limit > high.limit or (low.limit == high.limit and not both)
