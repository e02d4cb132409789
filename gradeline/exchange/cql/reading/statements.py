"""The query of each FHIR type: which resources may matter, and what each of them states, field by field."""

from __future__ import annotations

from gradeline.exchange.cql.reading.elements import NO_MOMENT, Element, cases, path
from gradeline.exchange.cql.text import quoted
from gradeline.records.mapping import Where

QUERY = """\
define "Statements of {type}":
  ([{type}] R
    where {looks}
    return all R) Kept
    let
      {lets}
    where {usable}
    return all {statement}"""
PARTS = """\
define "Statements of {type} {part}":
  flatten ([{type}] R
    where exists (({codings}) Given where "May matter"(Given.code.value))
      and not exists R.modifierExtension and R.implicitRules is null
    return all (R.{part} P
      let
        {lets}
      where {usable}
      return all {statement}))"""
NO_REASONS = '"Reasons named"(List<FHIR.Reference>{ })'
BARE = ("",)
"""The codes of a part that is a concept itself."""


def statements(type: str, where: Where) -> str:
    """The statements of one type that speak of the guideline's terms, or give reasons."""
    element = Element(type, where)
    return QUERY.format(
        type=type,
        looks="\n      or ".join(looks(element)),
        lets=",\n      ".join(f"{name}: {phrase}" for name, phrase in lets(element).items()),
        usable="\n      and ".join(usable(element)),
        statement=statement(element, f"'{type}/' + R.id.value", late(where)),
    )


def looks(element: Element) -> list[str]:
    """A quick look at the codes of a resource, and whether it gives reasons."""
    where = element.where
    codings = element.codings(where.codes)
    quick = f'exists (({codings}) Given where "May matter"(Given.code.value))'
    return [quick, *(f"exists {path(each)}" for each in where.reasons + where.because)]


def lets(element: Element) -> dict[str, str]:
    """What is worked out once for a resource."""
    where = element.where
    moment = ["onset", '"then"', *(["recorded"] if set(where.when) & set(where.known) else [])]
    return {
        "R": "Kept",
        "terms": f'"Terms of"({element.codings(where.codes)})',
        "why": reasons(element),
        "standing": element.standing(),
        "refused": element.refused(),
        "told": element.told(),
        **moments(element),
        "moment": f"Coalesce({', '.join(moment)})",
    }


def moments(element: Element) -> dict[str, str]:
    """When it was recorded, its onset, and when it was."""
    where = element.where
    return {
        "recorded": element.first(where.known) if where.known else NO_MOMENT,
        "onset": element.first(where.onset, once=True),
        '"then"': element.first([each for each in where.when if each not in where.known]),
    }


def usable(element: Element) -> list[str]:
    """Of which resources facts are made."""
    where = element.where
    found = [
        "(exists terms.listed or exists why)",
        "standing is not null",
        "(standing != 'withdrawn' or refused)",
        "not exists R.modifierExtension",
        "R.implicitRules is null",
    ]
    found += [f"not exists {element.references([where.about])}"] if where.about else []
    return found + ([f"not {element.nothing_observed()}"] if where.absent else [])


def late(where: Where) -> str:
    """When an order that is done names no day: it was done on its own day or any later one."""
    if where.kind != "order":
        return ""
    return "standing in { 'done', 'perhaps done' } and \"then\" is null and recorded is not null"


def statement(element: Element, key: str, late: str = "") -> str:
    """One statement, field by field."""
    fields = {
        "key": key,
        "kind": quoted(element.where.kind),
        "says": "terms.says",
        "listed": "terms.listed",
        "open": "terms.open",
        **standing(element),
        **days(element, late),
        **values(),
        **around(element),
        "reasons": "why",
    }
    return "Tuple{\n        " + ",\n        ".join(f"{name}: {phrase}" for name, phrase in fields.items()) + " }"


def standing(element: Element) -> dict[str, str]:
    """Planned, done or negated; surely or perhaps; declined."""
    sure = "not StartsWith(standing, 'perhaps') and told.answer != 'unknown'"
    return {
        "status": "if told.answer = 'no' then 'negated' else \"Stands for\"(standing, refused)",
        "sure": f"{sure} and not {element.unobserved()}" if element.where.absent else sure,
        "declined": "refused and standing in { 'not done', 'withdrawn' }",
    }


def days(element: Element, late: str) -> dict[str, str]:
    """When it was, from when it is known, and when it ended."""
    last = 'Coalesce(moment.last, "End")'
    return {
        "first": 'Coalesce(moment.first, "Beginning")',
        "last": f'if {late} then "End" else {last}' if late else last,
        "known": 'Coalesce(recorded.first, moment.first, "Beginning")',
        "assumed": "recorded is null and moment is not null",
        "ended": element.ended(),
        "onset": "onset is not null",
        "time": "moment.time",
    }


def values() -> dict[str, str]:
    """Its value."""
    return {"number": "told.number", "unit": "told.unit", "answers": "told.answers"}


def around(element: Element) -> dict[str, str]:
    """By whom, where on the body, and what it is based on."""
    where = element.where
    by = f'"Specialty"({element.concepts(where.specialties)}, {element.references(where.carers)})'
    sided = "P.coding" if where.codes == BARE else element.codings([*where.codes, *where.sites, *where.sides])
    return {
        "by": by if where.specialties or where.carers else "null as String",
        "sites": f'"Codes"({element.codings(where.sites)})',
        "side": f'"Side"({sided})',
        "basedOn": f'"Keys"({element.references(where.based_on)})' if where.based_on else "List<String>{ }",
    }


def reasons(element: Element) -> str:
    """What a resource gives as its reasons, in codes and by reference."""
    where = element.where
    made = [f'"Reasons given"({element.concepts([each])})' for each in where.reasons]
    made += [f'"Reasons named"({element.references([each])})' for each in where.because]
    if not made:
        return NO_REASONS
    listed = ",\n          ".join(made)
    return f"flatten {{\n          {listed} }}"


def of_parts(type: str, where: Where, part: Where) -> str:
    """The statements of the parts of a type, components and conclusions: they stand and lie as their whole does."""
    whole, inner = Element(type, where), Element(f"{type}.{where.part}", part, root="P")
    found = ["standing is not null", "standing != 'withdrawn'", "exists terms.listed"]
    return PARTS.format(
        type=type,
        part=where.part,
        codings=f"R.{where.part}.coding" if part.codes == BARE else f"R.{where.part}.code.coding",
        lets=",\n        ".join(f"{name}: {phrase}" for name, phrase in lets_of_part(whole, inner).items()),
        usable=" and ".join([*found, *([f"not {inner.nothing_observed()}"] if part.absent else [])]),
        statement=statement(inner, f"'{type}/' + R.id.value + '#'"),
    )


def lets_of_part(whole: Element, inner: Element) -> dict[str, str]:
    """What is worked out once for a part."""
    where, part = whole.where, inner.where
    moment = ['"then"', *(["recorded"] if set(where.when) & set(where.known) else [])]
    return {
        "standing": cases(part.statuses, "R.status.value") if part.statuses else whole.standing(),
        "refused": "false",
        **moments(whole),
        "onset": NO_MOMENT,
        "moment": f"Coalesce({', '.join(moment)})",
        "terms": f'"Terms of"({"P.coding" if part.codes == BARE else inner.codings(part.codes)})',
        "told": inner.told(),
        "why": NO_REASONS,
    }
