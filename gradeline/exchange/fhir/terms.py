"""The clinic's ideas as value sets, and the codes that are our own as code systems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from gradeline.codes import Pattern
from gradeline.exchange.cql.terms import ValueSet, value_sets
from gradeline.exchange.fhir.edition import Edition
from gradeline.exchange.fhir.elements import OWN, Json, both, designation, said
from gradeline.exchange.fhir.questions import CHOICES
from gradeline.exchange.fhir.rating import grades
from gradeline.model.criteria import Latest
from gradeline.model.guideline import Guideline
from gradeline.model.words import Text

PARTS: dict[str, tuple[Text, Text]] = {
    "": (
        Text("{}", "{}"),
        Text("Codes that surely say: {}. More special terms have value sets of their own.",
             "Koder, som sikkert siger: {}. Mere specielle begreber har deres egne værdisæt."),
    ),
    "perhaps": (
        Text("{}, perhaps", "{}, måske"),
        Text("Codes wider than, or near to: {}. They make it possible, never sure.",
             "Koder, der er bredere end eller nær: {}. De gør det muligt, aldrig sikkert."),
    ),
    "places": (Text("{}, places", "{}, steder"), Text("Body sites of: {}.", "Steder på kroppen for: {}.")),
    "without": (
        Text("{}, without", "{}, uden"),
        Text("Codes that a branch of a classification would take in wrongly: {}.",
             "Koder, som en gren af en klassifikation fejlagtigt ville tage med: {}."),
    ),
}  # fmt: skip
"""What each of a term's value sets is called, and what is in it."""
BRANCHES = Text("The logic also takes every code that begins with", "Logikken tager også hver kode, der begynder med")
ALL = Text("All codes", "Alle koder")
ALL_SAY = Text("Every code that the logic of {} looks for.", "Hver kode, som logikken i {} ser efter.")
OWNED = Text("Our own codes: {}", "Vores egne koder: {}")
OWN_CODES = Text(
    "What no code system says, by our own code; a part of a code system that other guidelines add to.",
    "Hvad intet kodesystem siger, med vores egen kode; en del af et kodesystem, som andre føjer til.",
)


def valuesets(edition: Edition) -> Iterator[Json]:
    """For each term the codes that surely say it, those that make it possible, its sites, what it leaves out; and all.

    They are the ones that the logic names; what is in them is said once, for both.
    """
    made = {each.id: each for each in value_sets(edition.guideline)}
    for term in edition.guideline.terms.values():
        for part, (title, says) in PARTS.items():
            id = edition.id(*filter(None, (term.id, part)))
            if id in made:
                codes = made.pop(id)
                words = both(title.en, title.da, term.name), both(says.en, says.da, term.name)
                yield _valueset(edition, codes, *words)
    for codes in made.values():
        yield _valueset(edition, codes, ALL, both(ALL_SAY.en, ALL_SAY.da, edition.guideline.title))


def _valueset(edition: Edition, codes: ValueSet, title: Text, says: Text) -> Json:
    """Codes by system, and the same as an expansion; whole branches of a classification are in the logic itself."""
    beginnings = ", ".join(code for _, code in codes.branches)
    words = both(f"{{}} {BRANCHES.en} {beginnings}.", f"{{}} {BRANCHES.da} {beginnings}.", says) if beginnings else says
    systems = dict.fromkeys(system for system, _ in codes.codes)
    include = [{"system": each, "concept": _of(codes, each, edition.guideline)} for each in systems]
    return {
        **edition.artifact("ValueSet", edition.id(codes.id.removeprefix(f"{edition.guideline.id}-")), title, words),
        "immutable": False,
        **({"compose": {"include": include}} if include else {}),
        "expansion": _expansion(edition, codes),
    }


def _of(codes: ValueSet, system: str, guideline: Guideline) -> list[Json]:
    return [_listed(each, code, guideline) for each, code in codes.codes if each == system]


def _listed(system: str, code: str, guideline: Guideline) -> Json:
    """A code, with its name where it is our own."""
    term = guideline.terms.get(code) if system == OWN else None
    return {"code": code, **({"display": term.name.en} if term else {})}


def _expansion(edition: Edition, codes: ValueSet) -> Json:
    """Every code that is written out."""
    contains = [{"system": system, **_listed(system, code, edition.guideline)} for system, code in codes.codes]
    when = edition.guideline.encoding.date.isoformat()
    return {"timestamp": when, "total": len(contains), **({"contains": contains} if contains else {})}


def codesystems(edition: Edition) -> Iterator[Json]:
    """The grades of the guideline's scheme, and the codes that are our own."""
    yield grades(edition)
    yield own(edition)


def own(edition: Edition) -> Json:
    """Every code of our own that the guideline uses: its terms, and what else it lists under `own`."""
    guideline = edition.guideline
    head = edition.artifact("CodeSystem", edition.id("terms"), both(OWNED.en, OWNED.da, guideline.title), OWN_CODES)
    named = [
        {"code": term.id, **said("display", term.name), **designation(term.name)} for term in guideline.terms.values()
    ]
    others = [{"code": code} for code in sorted(_own_codes(guideline) - set(guideline.terms))]
    answers = [{"code": code, **said("display", words), **designation(words)} for code, words in CHOICES]
    return {**head, "url": OWN, "caseSensitive": True, "content": "fragment", "concept": [*named, *others, *answers]}


def patterns(guideline: Guideline) -> list[Pattern]:
    """Every code that a term names, sure or not."""
    return [
        each
        for term in guideline.terms.values()
        for each in (*term.codes, *term.wider, *term.nearest, *term.without, *term.sites)
    ]


def _own_codes(guideline: Guideline) -> set[str]:
    """The codes under `own` of every term, and of the values that criteria ask for."""
    asked = [code for latest in _latest(guideline) for code in latest.one_of]
    return {each.code for each in patterns(guideline) if each.system == "own" and not each.code.endswith("*")} | {
        code.partition(":")[2] for code in asked if code.startswith("own:")
    }


def _latest(node: object) -> Iterator[Latest]:
    """Every `latest` of a guideline, wherever it stands."""
    if isinstance(node, Latest):
        yield node
    elif isinstance(node, dict):
        for each in node.values():
            yield from _latest(each)
    elif isinstance(node, tuple | list):
        for each in node:
            yield from _latest(each)
    elif is_dataclass(node):
        for field in fields(node):
            yield from _latest(getattr(node, field.name))
