"""Obligations with a time limit: asked on every day on which their answer can change, as the plan knows it."""

from __future__ import annotations

from collections.abc import Iterable

from gradeline.dates import Duration
from gradeline.exchange.cql.says.criteria import Criteria
from gradeline.exchange.cql.terms import words
from gradeline.exchange.cql.text import listed, name, span
from gradeline.model.forms import ByATime
from gradeline.plan.leaves import Row, rows_in
from gradeline.plan.plan import Line, Plan

STANDS = """\
"Carried"(("Moments"({moments}, ask)) Asked
    let Then: "Ask at"(ask, Asked)
    return all Tuple{{ asked: Asked, own: {own}, applies: {applies}(Then),
      limit1: start of "Limit"(Then, {limit}), limit2: end of "Limit"(Then, {limit}) }})
    and "Index condition"(ask)"""


def obligation(plan: Plan, line: Line, criteria: Criteria, whole: str) -> str:
    """The name of the function that says whether an obligation stands."""
    each, form = line.recommendation, line.recommendation.form
    assert isinstance(form, ByATime)
    today, limit = f"{words(each.id)} on the day alone", criteria.span(form.within)
    criteria.function(today, "Whether it applies by the day asked alone.", whole)
    own = f"{name(words(each.id) + ' when')}(Then)" if each.when is not None else "null as Boolean"
    body = STANDS.format(moments=moments(plan, line, limit), own=own, applies=name(today), limit=limit)
    called = f"{words(each.id)} stands"
    criteria.function(called, "Once it applied it stands, until it is done, lapsed or overdue: asked day by day.", body)
    return name(called)


def moments(plan: Plan, line: Line, limit: str) -> str:
    """On what the days depend on which an obligation can change: terms, windows back, times since onset, ages."""
    rows = [plan.rows[row] for row in dict.fromkeys(rows_in(line.applies))]
    terms = {row.term for row in rows} | {row.other for row in rows if row.shape == "persisting"}
    terms |= set(plan.guideline.index.ended_by)
    spans = [span(each) for row in rows for each in lengths(row)]
    backs = [span(row.bounds.back) for row in rows if row.bounds.back]
    ages = [span(row.span) for row in rows if row.shape == "age" and row.span]
    return ", ".join([
        listed(sorted(terms & set(plan.guideline.terms))), quantities(backs), quantities([limit, *spans]),
        quantities(ages),
    ])  # fmt: skip


def lengths(row: Row) -> list[Duration]:
    """How long after the onset a row has a limit."""
    found = [row.bounds.start, row.bounds.stop, row.span if row.shape == "onset" else None]
    return [each for each in found if each]


def quantities(made: Iterable[str]) -> str:
    """Lengths of time as a list, each once."""
    written = ", ".join(dict.fromkeys(made))
    return f"{{ {written} }}" if written else "List<System.Quantity>{ }"
