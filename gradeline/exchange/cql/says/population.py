"""Whom the guideline is for, and the warning signs that stand before all advice."""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.exchange.cql.says.criteria import CONFIRMING, SIGN, SIGNS, Criteria, bracketed, defined
from gradeline.exchange.cql.text import comment, name
from gradeline.model.criteria import Criterion, Named, Recorded
from gradeline.model.guideline import Gate, Guideline


def population(guideline: Guideline, criteria: Criteria) -> Iterator[str]:
    """The index condition, and whom the guideline speaks of."""
    says = "An episode of the index condition: by a sure code, or as confirmed."
    yield defined("Index condition", says, f"ask.open and (ask.sure or {confirmed(guideline, criteria)})")
    own = bracketed(criteria.phrase(guideline.population))
    said = f"{guideline.scope.en} That is: {criteria.sentences.say(guideline.population)}."
    yield defined("Population", said, f'"Index condition"(ask)\n    and {own}')


def confirmed(guideline: Guideline, criteria: Criteria) -> str:
    """What settles an index condition that is only possible; unknown where the guideline names nothing."""
    id = guideline.index.confirmed_by
    if id is None:
        return "(null as Boolean)"
    criterion: Criterion = Named(id) if id in guideline.criteria else Recorded(id)
    return bracketed(criteria.phrase(criterion, CONFIRMING))


def gate(guideline: Guideline, criteria: Criteria) -> Iterator[str]:
    """The warning signs, group by group, and whether they stop all advice."""
    groups = guideline.gate.groups if guideline.gate else ()
    for group in groups:
        signs = "\n    or ".join(bracketed(criteria.phrase(each, SIGN)) for each in group.signs)
        yield defined(sign(group.id), group.ask.en, signs)
    any_of = "\n    or ".join(f"{name(sign(each.id))}(ask)" for each in groups) or "false"
    yield defined(SIGNS, source(guideline.gate), any_of)
    says = guideline.gate.stop.en if guideline.gate else "Nothing stops this guideline's advice."
    yield f'{comment(says)}\ndefine function "Stop"(ask @ASK):\n  ask.open and "{SIGNS}"(ask) is true'


def source(gate: Gate | None) -> str:
    """Whose words the warning signs are."""
    if gate is None:
        return "The guideline names no warning signs."
    return f"Signs of serious disease. Not the guideline's own words; their source: {gate.source}."


def sign(id: str) -> str:
    """What a group of signs is called."""
    return f"Sign of {id.replace('-', ' ')}"
