"""What has to be read from a source before the SQL can be written: its distinct codings, coded values and sites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from gradeline.codes import SHORT, Coding, normal
from gradeline.evaluate.audit.engines import Leg
from gradeline.evaluate.sql.plan_tables import tables
from gradeline.evaluate.sql.plan_tables.contents import Content, Layout, contents, layout
from gradeline.evaluate.sql.text.sheet import Sheet
from gradeline.evaluate.sql.text.spelling import Spelling, text
from gradeline.model.guideline import Guideline, Term
from gradeline.plan.plan import Plan

Ask = Callable[[str], Sequence[Sequence[Any]]]
"""Runs a query and gives its rows."""
CODINGS = "SELECT system, code FROM codings ORDER BY system, code"
MEMBERS = """
SELECT DISTINCT {each} AS token FROM facts
WHERE {column} IS NOT NULL AND code IN (SELECT code FROM (VALUES {codes}) AS given (code))
"""


def sheet(legs: Sequence[Leg], spelling: Spelling, ask: Ask) -> Sheet:
    """Everything that the SQL of these legs is filled with."""
    layouts = laid_out(legs)
    found = contents(layouts)
    codes = tables.looked(
        layouts, found, tables.codes(layouts, (Coding(system or "", code) for system, code in ask(CODINGS)))
    )
    made = Sheet(layouts, spelling, found, codes)

    def members(column: str, terms: set[str]) -> list[str]:
        wanted = {row["code"] for row in codes if row["term"] in terms}
        if not wanted:
            return []
        each = spelling.each_of_list(column)
        codes_of = ", ".join(f"({text(code)})" for code in sorted(wanted))
        return [row[0] for row in ask(MEMBERS.format(each=each, column=column, codes=codes_of))]

    listed = {each: number for number, each in enumerate(found) if each.value and each.value.one_of}
    tokens = members("value_codes", {each.term for each in listed})
    made.lists = [{"content": number, "tokens": answers(each, tokens)} for each, number in listed.items()]
    sited = [(each.guideline, term) for each in tables.families(layouts) for term in _sited(each.plan.guideline)]
    places = members("sites", {term.id for _, term in sited})
    made.sites = [{"g": number, "term": term.id, "tokens": in_place(term, places)} for number, term in sited]
    return made


def laid_out(legs: Sequence[Leg]) -> list[Layout]:
    """The legs by their numbers; guidelines that find the same facts and episodes share them, under one number."""
    numbers: list[tuple[object, ...]] = []
    found = []
    for number, leg in enumerate(legs):
        own = _found_alike(leg.plan)
        if own not in numbers:
            numbers.append(own)
        found.append(layout(number, numbers.index(own), leg.plan, leg.scope))
    return found


def _found_alike(plan: Plan) -> tuple[object, ...]:
    """What facts and episodes hang on: equal for the legs of a guideline, and for guidelines of one condition."""
    made = plan.guideline
    limits = [line.asked.deadline.within for line in plan.lines if line.asked.deadline]
    return made.terms, made.index, made.gate, plan.terms.local, plan.period, limits


def _sited(guideline: Guideline) -> Iterable[Term]:
    return (term for term in guideline.terms.values() if term.sites)


def answers(wanted: Content, tokens: Iterable[str]) -> list[str]:
    """The coded values that are among those that a leaf lists."""
    listed = wanted.value.one_of if wanted.value else ()
    return [token for token in tokens if f"{_short(token, token.partition('|')[0])}" in listed]


def _short(token: str, otherwise: str) -> str:
    """A coded value as `system:code` with the short name of its system."""
    uri, _, code = token.partition("|")
    system = SHORT.get(uri, otherwise)
    return f"{system}:{normal(system, code)}"


def in_place(term: Term, tokens: Iterable[str]) -> list[str]:
    """The body sites that a term lists."""
    found = []
    for token in tokens:
        uri, _, code = token.partition("|")
        system = SHORT.get(uri, "")
        if any(pattern.holds(system, normal(system, code)) for pattern in term.sites):
            found.append(token)
    return found
