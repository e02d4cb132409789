"""What surrounds a resource's main fact: site, side, specialty, what it is based on, its reasons and its parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gradeline.codes import Coding
from gradeline.dates import END, Interval
from gradeline.records.facts import Fact
from gradeline.records.fhir import elements
from gradeline.records.fhir.elements import Resource, Said, answer, codings, everything, token
from gradeline.records.fhir.statements import UNUSABLE, Dates, Reader, first
from gradeline.records.mapping import PLANNED, Standing

if TYPE_CHECKING:
    from gradeline.records.fhir.chart import Chart

UNITS_OF_CARE = ("Organization", "Location", "HealthcareService")


def statements(reader: Reader, resource: Resource, key: str, chart: Chart) -> tuple[list[Fact], str]:
    """All facts of one resource; where there are none, why."""
    standing = reader.standing(resource, chart)
    if standing.why and (reader.where.whole or not standing.undone):
        return [], standing.why
    dates = reader.dates(resource, chart.notes, standing)
    fact = reader.fact(resource, key, standing, dates, chart)
    if reader.where.whole and reader.seldom.isdisjoint(resource):
        return ([fact], "") if fact.codings else ([], "no code")
    missing = reader.unobserved(resource) if reader.where.absent in resource else None
    if missing:
        fact = fact._replace(sureness="possible")
    facts = list(reasons(fact, reader, resource, dates, chart))
    fact = surrounded(fact, reader, resource, chart)
    told = reader.where.whole and (fact.codings or fact.of or facts) and not (missing and missing.why)
    others = [*parts(reader, resource, key, standing, dates, chart), *members(reader, resource, chart)]
    if not told:
        facts = [reason._replace(of=tuple(other.key for other in others if other.kind != "reason")) for reason in facts]
    facts = ([fact] if told else []) + others + (facts if told or others else [])
    return facts, "" if facts else (missing.why if missing else "") or standing.why or "no code"


def surrounded(fact: Fact, reader: Reader, resource: Resource, chart: Chart) -> Fact:
    """The fact with its site, side, specialty, unit, and the keys of what it is based on."""
    where = reader.where
    sites = elements.concepts(resource, where.sites)
    side = elements.side(sites + elements.concepts(resource, where.sides)) or fact.side
    based_on = (chart.linked(reference) for path in where.based_on for reference in everything(resource, path))
    return fact._replace(
        sites=sites, side=side, of=tuple(filter(None, based_on)),
        specialty=specialty(reader, resource, chart), unit=unit(reader, resource, chart),
    )  # fmt: skip


def specialty(reader: Reader, resource: Resource, chart: Chart) -> str:
    """Who gives the care, as `system|code`, else in words: said outright, or the specialty of a role referred to."""
    where = reader.where
    for coding in elements.concepts(resource, where.specialties):
        return f"{coding.system}|{coding.code}"
    for path in where.carers:
        for reference in everything(resource, path):
            _, carer = chart.found(reference)
            for coding in elements.concepts(carer or {}, ("specialty",)):
                return f"{coding.system}|{coding.code}"
    return elements.words(resource, where.specialties)


def unit(reader: Reader, resource: Resource, chart: Chart) -> str:
    """The unit of care: the key of an organisation or place, or its identifier as `system|value`."""
    for path in reader.where.units:
        for reference in everything(resource, path):
            key, role = chart.found(reference)
            if role and key.startswith("PractitionerRole/") and "organization" in role:
                key, _ = chart.found(role["organization"])
            if key.startswith(UNITS_OF_CARE):
                return key
            if not key and "identifier" in reference:
                return token(reference["identifier"])
    return ""


# Reasons


def reasons(fact: Fact, reader: Reader, resource: Resource, dates: Dates, chart: Chart) -> Iterator[Fact]:
    """What the resource gives as its reasons, in codes, by reference, or in words that nobody can read."""
    number = 0
    blank = fact._replace(
        kind="reason", status="done", when=dates.recorded or fact.when, until=None, value=None, declined=False,
        no_onset=True, time="", unit="", specialty="", sites=(), side=None, of=(fact.key,),
    )  # fmt: skip
    for codings, text, possible in stated(reader, resource, chart):
        number += 1
        sureness = "possible" if possible else fact.sureness
        key, side = f"{fact.key}#reason-{number}", elements.side(codings)
        yield blank._replace(key=key, codings=codings, text=text, sureness=sureness, side=side)


def stated(reader: Reader, resource: Resource, chart: Chart) -> Iterator[tuple[tuple[Coding, ...], str, bool]]:
    """Each reason's codings, or else its words, and whether it is only a possible one."""
    for path in reader.where.reasons:
        for concept in everything(resource, path):
            codings = elements.codings(concept)
            yield codings, "" if codings else concept.get("text") or "a reason without a code", False
    for path in reader.where.because:
        for reference in everything(resource, path):
            _, target = chart.found(reference)
            codings, standing = chart.codings_of(target), chart.standing_of(target)
            if standing.why:
                chart.note(f"a reason that is {standing.why}")
                continue
            words = reference.get("display") or "a reason that is not in this record"
            yield codings, "" if codings else words, standing.status == "negated" or standing.sureness == "possible"


# Parts


def parts(
    reader: Reader, resource: Resource, key: str, standing: Standing, dates: Dates, chart: Chart
) -> Iterator[Fact]:
    """The facts of components, activities, conclusions: statements of their own, each with its number."""
    part = reader.parts
    if part is None:
        return
    if reader.where.asked:
        yield from answers(reader, resource, standing, dates, chart)
        return
    for number, element in enumerate(everything(resource, reader.where.part), 1):
        stands = part_standing(part, element, resource, standing, chart)
        if stands.why:
            chart.note(f"a part that is not used: {stands.why}")
            continue
        fact = part.fact(element, f"{key}#{number}", stands, part_dates(part, element, dates, stands, chart), chart)
        fact = surrounded(fact, part, element, chart)
        if fact.codings or fact.of:
            yield fact
            yield from reasons(fact, part, element, dates, chart)
        else:
            chart.note("a part without a code")


def part_standing(part: Reader, element: Resource, resource: Resource, whole: Standing, chart: Chart) -> Standing:
    """What a part stands for: by its own status, that of its whole, or a missing value."""
    unusable = next((why for name, why in UNUSABLE.items() if element.get(name)), None)
    if unusable:
        return Standing(why=unusable)
    if not part.where.statuses:
        own = whole
    elif not part.where.status:
        own = part.statuses.get(resource.get("status"), whole)
    else:
        own = part.standing(element, chart)
    if whole.why and own == PLANNED:
        return whole  # A plan that was withdrawn: what was done of it stays done.
    return (part.unobserved(element) if part.where.absent in element else None) or own


def part_dates(part: Reader, element: Resource, dates: Dates, standing: Standing, chart: Chart) -> Dates:
    """When a part was or will be: as it says itself, else as its whole does."""
    span = first(part.spans, element, chart.notes)[1] if part.spans else None
    if span:
        return dates._replace(when=span.when, until=span.until, time=span.time)
    if part.where.kind == "order" and standing.status == "done":
        return dates._replace(when=Interval(dates.when.first, dates.until or END))
    return dates


def members(reader: Reader, resource: Resource, chart: Chart) -> Iterator[Fact]:
    """The facts of resources that stand inside this one and are statements of their own: results in a report."""
    for path in reader.where.members:
        for reference in everything(resource, path):
            if (reference.get("reference") or "").startswith("#"):
                key, inside = chart.found(reference)
                yield from chart.inside(key, inside) if inside else ()


# Questionnaires


def answers(reader: Reader, resource: Resource, standing: Standing, dates: Dates, chart: Chart) -> Iterator[Fact]:
    """One fact for each item that is answered and whose definition carries a code."""
    assert reader.parts is not None
    asked = questions(resource.get(reader.where.asked) or "", chart)
    for number, item in enumerate(items_within(resource), 1):
        given, coded = item.get("answer"), asked.get(item.get("linkId") or "")
        if given and not coded:
            chart.note("an answer whose question has no code here")
        if given and coded:
            said = together([reader.parts.said(one, chart.notes) for one in given])
            yield reader.stated(f"{chart.key}#{number}", coded, said, standing, dates)


def questions(canonical: str, chart: Chart) -> dict[str, tuple[Coding, ...]]:
    """The codes of a questionnaire's items, by the link that answers name."""
    questionnaire = chart.questionnaire(canonical) if canonical else None
    return {
        item["linkId"]: tuple(one for coding in item["code"] for one in codings(coding))
        for item in items_within(questionnaire or {})
        if item.get("linkId") and item.get("code")
    }


def items_within(resource: Resource) -> Iterator[Resource]:
    """All items, and items of items and of answers, in the order in which they are asked."""
    waiting = everything(resource, "item")[::-1]
    while waiting:
        item = waiting.pop()
        yield item
        waiting += (everything(item, "item") + everything(item, "answer.item"))[::-1]


def together(said: list[Said]) -> Said:
    """Several answers to one question, as one: all codings that were chosen."""
    if len(said) == 1:
        return said[0]
    chosen = tuple(one for each in said if isinstance(each.value, tuple) for one in each.value)
    return Said(chosen or None, answer(chosen) if chosen else "unknown")
