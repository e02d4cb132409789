"""What a library is asked for: all answers of a day, and each recommendation's own."""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.exchange.cql.says.criteria import Criteria
from gradeline.exchange.cql.terms import words
from gradeline.exchange.cql.text import name, quoted
from gradeline.model.forms import ByATime
from gradeline.model.guideline import Guideline, Recommendation

ALL = """\
// Everything that the guideline says on a day; where a warning sign stops it, nothing else.
define function "Answers of"(ask @ASK):
  Tuple{{ on: ask.on, stop: "Stop"(ask), population: "Population"(ask),
    recommendations: if "Stop"(ask) then null else {{
    {each} }} }}

define function "Answers on"(asked Date):
  "Answers of"("Ask on"(asked))

// The day asked: the parameter, else today.
define "Ask":
  "Ask on"(Coalesce("On", Today()))

define "Answers":
  "Answers of"("Ask")

define "Answers on each day":
  "Days" Asked return all "Answers on"(Asked)"""
OWN = """\
define {applies}:
  not "Stop"("Ask") and {answer}("Ask", {function}("Ask")).applies

define {whole}:
  {answer}("Ask", {function}("Ask"))"""


def answer(each: Recommendation, criteria: Criteria) -> str:
    """The answer of one recommendation, given whether it applies."""
    called, practice = words(each.id), f"{name(words(each.id) + ' practice')}(ask)"
    due = "null as Date"
    if isinstance(each.form, ByATime):
        limit = f'start of "Limit"(ask, {criteria.span(each.form.within)})'
        due = (
            f"if applies is not false and ask.given and {practice} in {{ 'open', 'departed' }}\n      "
            f"then {limit} else null"
        )
    return (
        f"define function {name(called + ' answer')}(ask @ASK, applies Boolean):\n"
        f"  Tuple{{ id: {quoted(each.id)}, applies: applies,\n"
        f"    practice: if applies is false then null else {practice},\n    due: {due} }}"
    )


def answers(guideline: Guideline) -> Iterator[str]:
    """All answers of a day, and each of the day that is asked for."""
    called = [words(each.id) for each in guideline.recommendations]
    yield ALL.format(each=",\n    ".join(f"{name(id + ' answer')}(ask, {name(id + ' applies')}(ask))" for id in called))
    for id in called:
        yield OWN.format(
            applies=name(f"{id}: applies"),
            whole=name(f"{id}: answer"),
            answer=name(f"{id} answer"),
            function=name(f"{id} applies"),
        )
