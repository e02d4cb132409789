"""The answers that plans and measures ask for: a CQL library of plain names over the guideline's own library.

Engines differ in how they read the name of a definition; an identifier without blanks is the same to all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.exchange.canonical import Canonical, camel, named, version_of
from gradeline.exchange.cql.terms import words
from gradeline.exchange.cql.text import comment, name, quoted, span
from gradeline.model.criteria import Parameter, Span
from gradeline.model.forms import ByATime
from gradeline.model.guideline import Guideline

ENDING = "Answers"
APPLIES, POPULATION, STOPS = "Applies", "Population", "GateStops"
PRACTICES = {
    "followed": "Followed",
    "departed": "Departed",
    "justified": "Justified",
    "open": "Open",
    "unknown": "Unknown",
}
"""How each practice is called at the end of a definition."""
UNTOLD = "Untold"
HEAD = (
    "The answers of {title}, as plans and measures ask for them. Plans ask on the day On, else today. Measures ask of "
    "each patient's latest episode that was first recorded in the Measurement Period, at its horizon."
)


def answers(guideline: Guideline, canonical: Canonical) -> str:
    """The whole library as text."""
    own, version = named(guideline), quoted(version_of(guideline, canonical))
    head = [
        comment(HEAD.format(title=guideline.title.en)),
        f"library {own}{ENDING} version {version}",
        "using FHIR version '4.0.1'",
        f"include {own} version {version} called Guideline",
        "parameter On Date",
        'parameter "Measurement Period" Interval<DateTime>',
        "context Patient",
    ]
    return "\n\n".join([*head, *_on_the_day(guideline), *_horizon(guideline), *_at_the_horizon(guideline)]) + "\n"


def _on_the_day(guideline: Guideline) -> Iterator[str]:
    """Whether a warning sign stops everything, and whether each recommendation applies; what is unknown does not."""
    yield 'define Asked:\n  Guideline."Ask on"(Coalesce(On, Today()))'
    yield f'define {STOPS}:\n  Guideline."Stop"(Asked) is true'
    for each in guideline.recommendations:
        applies = f"Guideline.{name(words(each.id) + ' applies')}(Asked)"
        yield f"define {camel(each.id)}{APPLIES}:\n  not {STOPS} and {applies} is true"


def _horizon(guideline: Guideline) -> Iterator[str]:
    """The latest episode of the period, and the day on which it is asked about."""
    yield (
        "define Episodes:\n"
        '  (Guideline."Bounded episodes"(Guideline."End")) Episode\n'
        '    where Episode.first >= date from start of "Measurement Period"\n'
        '      and Episode.first <= date from end of "Measurement Period"'
    )
    yield "define Latest:\n  Last(Episodes)"
    spans = ['Guideline."Period"', *(_span(each) for each in _deadlines(guideline))]
    reached = ", ".join(f'Guideline."Later"(Coalesce(Latest.onset2, Latest.first), {each})' for each in spans)
    yield (
        comment("The latest possible onset and the guideline's longest time, or the episode's end if that is earlier.")
        + "\ndefine Horizon:\n  if Latest is null then null\n"
        + f'  else Guideline."Earlier of"(Latest.ends, Max({{ {reached} }}))'
    )
    yield 'define AtHorizon:\n  if Horizon is null then null else Guideline."Answers on"(Horizon)'


def _deadlines(guideline: Guideline) -> list[Span]:
    found = [each.form.within for each in guideline.recommendations if isinstance(each.form, ByATime)]
    return list(dict.fromkeys(found))


def _span(each: Span) -> str:
    return f"Guideline.{name(each.name)}" if isinstance(each, Parameter) else span(each)


def _at_the_horizon(guideline: Guideline) -> Iterator[str]:
    """For each recommendation who it applied to, to whom that cannot be told, and what practice was."""
    for each in guideline.recommendations:
        called = camel(each.id)
        found = f"AtHorizon.recommendations Answer where Answer.id = {quoted(each.id)}"
        yield f"define {called}:\n  if AtHorizon is null then null else First({found})"
        yield f"define {called}{POPULATION}:\n  {called}.applies is true"
        yield f"define {called}{UNTOLD}:\n  {called} is not null and {called}.applies is null"
        for practice, ending in PRACTICES.items():
            yield f"define {called}{ending}:\n  {called}.applies is true and {called}.practice = {quoted(practice)}"
