"""The library as a whole: its head, the guideline in its order, then how days and records are read."""

from __future__ import annotations

import json
from collections.abc import Iterator

from gradeline.dates import Duration
from gradeline.exchange.canonical import Canonical, named, version_of
from gradeline.exchange.cql.codes import bundle
from gradeline.exchange.cql.order import ordered
from gradeline.exchange.cql.reading.records import part, reading
from gradeline.exchange.cql.says.answers import answer, answers
from gradeline.exchange.cql.says.criteria import Criteria
from gradeline.exchange.cql.says.population import gate, population
from gradeline.exchange.cql.says.recommendations import Recommendations
from gradeline.exchange.cql.terms import functions, value_sets
from gradeline.exchange.cql.text import amount, comment, name, quoted, span
from gradeline.exchange.cql.types import spelled
from gradeline.model.guideline import Guideline
from gradeline.plan.plan import Plan, compile

NOTICE = (
    "Written by Gradeline from its guideline file. Worded by Gradeline, not endorsed by {publisher}; reviewed by: "
    "{reviewers}. Not a medical device as shipped."
)

ORDER = (
    "How to read it: the guideline is at the end, in its own order: whom it is for, the warning signs, each "
    'recommendation (whether it applies, what practice is), and what may be asked: "Answers" of the day "On", else of '
    "today. Before it stand the facts of each term, episodes, and how days and records are read. True is yes, false is "
    "no, null is unknown."
)
LIMITS = (
    "They are one patient's; resources of others among them are not noticed.",
    "CarePlan, QuestionnaireResponse and what is contained in another resource are not read, nor references by "
    "identifier or by urn.",
    "What a source says of itself is not known here: its own codes, its time zone, what it captures. Own codes may be "
    "added to the value sets.",
    "Ages as dates are read in years; numbers have eight decimals.",
    "It tells whether a warning sign stops all advice, not whether each was asked for; and no reasons, questions, "
    "cautions, other readings, or remarks (declined, booked, alternative in place).",
)


def files(guideline: Guideline, canonical: Canonical | None = None) -> dict[str, bytes]:
    """What `gradeline export --as cql` writes: the library, and its value sets as FHIR."""
    where, called = canonical or Canonical(), named(guideline)
    sets = json.dumps(bundle(guideline, where), ensure_ascii=False, indent=2) + "\n"
    return {f"{called}.cql": library(guideline, where).encode(), f"{called}.valuesets.json": sets.encode()}


def library(guideline: Guideline, canonical: Canonical) -> str:
    """The whole library as text: the guideline first, then how terms, records, days and leaves are read."""
    return (
        spelled("\n\n".join([_head(guideline, canonical), *_declared(guideline, canonical), *_body(guideline)])) + "\n"
    )


def _body(guideline: Guideline) -> Iterator[str]:
    """All definitions."""
    plan = compile(guideline)
    criteria = Criteria(guideline)
    made = Recommendations(plan, criteria)
    parts = [*population(guideline, criteria), *gate(guideline, criteria)]
    for line in plan.lines:
        parts += [*made.of(line), answer(line.recommendation, criteria)]
    yield "context Patient"
    yield from ordered([
        part("days"), *reading(), *functions(guideline), _numbers(plan), part("episodes"), part("leaves"), part("acts"),
        *criteria.units.values(), *criteria.functions.values(), *parts, *answers(guideline),
    ])  # fmt: skip


def _numbers(plan: Plan) -> str:
    """The lengths of time of the guideline itself."""
    stops = [f'"Seen"({quoted(each)}, asked)' for each in plan.guideline.index.ended_by]
    ended = " union ".join(stops) if stops else "\"Seen\"('', asked)"
    return (
        f'define "Episode gap": {span(plan.guideline.index.gap)}\n\ndefine "Period": {span(plan.period)}\n\n'
        "// What ends an episode, as the guideline names it.\n"
        f'define function "Stops"(asked Date):\n  (flatten {{ {", ".join(stops) or ended} }}) Halt\n'
        "    where Halt.sure and Halt.status = 'done'\n    return all Interval[Halt.first, Halt.last]"
    )


def _head(guideline: Guideline, canonical: Canonical) -> str:
    """What this is, whose it is, and what it is not."""
    reviewers = ", ".join(guideline.encoding.reviewed_by) or "nobody yet"
    notice = NOTICE.format(publisher=guideline.publisher.name.en, reviewers=reviewers)
    said = [guideline.title.en, f"{guideline.publisher.name.en}, version {guideline.currency.version}", notice, ORDER]
    said += ["What it asks of records:", *(f"- {each}" for each in LIMITS)]
    library = f"library {named(guideline)} version {quoted(version_of(guideline, canonical))}"
    return "\n".join(map(comment, said)) + f"\n\n{library}\n\nusing FHIR version '4.0.1'"


def _declared(guideline: Guideline, canonical: Canonical) -> Iterator[str]:
    """Value sets by their addresses, and parameters."""
    yield "\n".join(
        f"valueset {name(each.title)}: {quoted(canonical.url('ValueSet', each.id))}" for each in value_sets(guideline)
    )
    yield 'parameter "On" Date\nparameter "Days" List<Date>'
    yield "\n".join(_parameter(id, value) for id, value in guideline.parameters.items())


def _parameter(id: str, value: object) -> str:
    written = span(value) if isinstance(value, Duration) else amount(value)  # type: ignore[arg-type]
    return f"parameter {name(id)} System.Quantity default {written}"
