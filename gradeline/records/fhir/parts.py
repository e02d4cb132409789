"""All that one resource states: its main fact, its reasons, its parts, and what stands inside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gradeline.codes import Coding
from gradeline.dates import END, Interval
from gradeline.records.facts import Fact
from gradeline.records.fhir.elements import Resource, codings, everything, side
from gradeline.records.fhir.statements import NOWHERE, Frame, Reader, Unused, first, surroundings
from gradeline.records.meanings import UNUSABLE
from gradeline.records.standings import Standing

if TYPE_CHECKING:
    from gradeline.records.fhir.chart import Chart


def statements(reader: Reader, resource: Resource, key: str, chart: Chart) -> list[Fact]:
    """All facts of one resource."""
    standing = reader.standing(resource, chart)
    if standing.why and (reader.where.whole or not standing.undone):
        raise Unused(standing.why)
    frame = reader.frame(resource, standing, chart.notes)
    if not reader.seldom:
        fact = reader.fact(resource, key, frame, NOWHERE, chart)
        if fact[2]:
            return [fact]
        raise Unused("no code")
    return everything_stated(reader, resource, key, frame, chart)


def everything_stated(reader: Reader, resource: Resource, key: str, frame: Frame, chart: Chart) -> list[Fact]:
    """The main fact with reasons, parts and members, where a type or a resource has them."""
    around = surroundings(reader.where, resource, chart) if reader.around else NOWHERE
    fact = reader.fact(resource, key, frame, around, chart)
    why = list(reasons(fact, reader, resource, frame, chart)) if reader.why else []
    others = list(parts(fact.key, reader, resource, frame, chart)) if reader.parts else []
    if resource.get("contained"):
        others += members(reader, resource, chart)
        chart.note_contained(resource)
    missing = reader.unobserved(resource) if reader.where.absent in resource else None
    if reader.where.whole and (fact.codings or fact.of or why) and not (missing and missing.why):
        return [fact._replace(sureness="possible") if missing else fact, *others, *why]
    keys = tuple(other.key for other in others if other.kind != "reason")
    if not keys:
        raise Unused((missing or frame[0]).why or "no code")
    return others + [reason._replace(of=keys) for reason in why]


# Reasons


def reasons(fact: Fact, reader: Reader, resource: Resource, frame: Frame, chart: Chart) -> Iterator[Fact]:
    """What the resource gives as its reasons: in codes, by reference, or in words that nobody can read."""
    when = frame[4] or fact.when
    for number, (coded, text, possible) in enumerate(stated(reader, resource, chart), 1):
        sureness = "possible" if possible else fact.sureness
        yield Fact(
            f"{fact.key}#reason-{number}", "reason", coded, "done", sureness, when, fact.known, fact.assumed,
            no_onset=True, side=side(coded), of=(fact.key,), text=text,
        )  # fmt: skip


def stated(reader: Reader, resource: Resource, chart: Chart) -> Iterator[tuple[tuple[Coding, ...], str, bool]]:
    """Each reason's codings, or else its words, and whether it is only a possible one."""
    for path in reader.where.reasons:
        for concept in everything(resource, path):
            coded = codings(concept)
            yield coded, "" if coded else str(concept.get("text") or "a reason without a code"), False
    for path in reader.where.because:
        for reference in everything(resource, path):
            coded, standing = chart.meaning(*chart.found(reference))
            if standing.why:
                chart.note(f"a reason that is not used: {standing.why}")
                continue
            words = str(reference.get("display") or "a reason that is not in this record")
            yield coded, "" if coded else words, standing.status == "negated" or standing.sureness == "possible"


# Parts


def parts(key: str, reader: Reader, resource: Resource, frame: Frame, chart: Chart) -> Iterator[Fact]:
    """The facts of components, activities, conclusions, answers: statements of their own, each with its number."""
    assert reader.parts is not None
    if reader.where.asked:
        yield from answers(key, reader, resource, frame, chart)
        return
    for number, element in enumerate(everything(resource, reader.where.part), 1):
        part = reader.parts.of(element)
        stands = part_standing(part, element, resource, frame[0], chart)
        own = part_frame(part, element, (stands, *frame[1:]), chart)
        around = surroundings(part.where, element, chart) if part.around else NOWHERE
        fact = part.fact(element, f"{key}#{number}", own, around, chart)
        if stands.why or not (fact.codings or fact.of):
            chart.note(f"a part that is not used: {stands.why or 'no code'}")
            continue
        yield fact
        if part.why:
            yield from reasons(fact, part, element, own, chart)


def part_standing(part: Reader, element: Resource, resource: Resource, whole: Standing, chart: Chart) -> Standing:
    """What a part stands for: by its own status, that of its whole, or a missing value."""
    for name, why in UNUSABLE.items():
        if element.get(name):
            return Standing(why=why)
    own = whole
    if part.where.statuses:
        own = part.standing(element, chart) if part.where.status else part.statuses[resource.get("status")]
    if whole.why and own.status == "planned":
        return whole  # A plan that was withdrawn: what was done of it stays done.
    return (part.unobserved(element) if part.where.absent in element else None) or own


def part_frame(part: Reader, element: Resource, frame: Frame, chart: Chart) -> Frame:
    """When a part was or will be: as it says itself, else as its whole does; what was done, at some time of it."""
    standing, when, until, time, recorded, onset = frame
    span = first(part.spans, element, chart.notes)[1] if part.spans else None
    if span:
        when, until, time = span
    elif part.kind == "order" and standing.status == "done":
        when = Interval(when.first, until or END)
    return standing, when, until, time, recorded, onset


def members(reader: Reader, resource: Resource, chart: Chart) -> Iterator[Fact]:
    """The facts of resources that stand inside this one and are statements of their own: results in a report."""
    for path in reader.where.members:
        for reference in everything(resource, path):
            if (reference.get("reference") or "").startswith("#"):
                key, inside = chart.found(reference)
                yield from chart.inside(key, inside) if inside else ()


# Questionnaires


def answers(key: str, reader: Reader, resource: Resource, frame: Frame, chart: Chart) -> Iterator[Fact]:
    """One fact for each item that is answered and whose definition carries a code."""
    assert reader.parts is not None
    asked = questions(resource.get(reader.where.asked) or "", chart)
    for number, item in enumerate(items_within(resource), 1):
        given, coded = item.get("answer"), asked.get(item.get("linkId") or "")
        if given and coded:
            told = {"code": {"coding": coded}, **together(given)}
            yield reader.parts.of(told).fact(told, f"{key}#{number}", frame, NOWHERE, chart)
        elif given:
            chart.note("an answer whose question has no code here")


def questions(canonical: str, chart: Chart) -> dict[str, list[Resource]]:
    """The codes of a questionnaire's items, by the link that answers name."""
    questionnaire = chart.questionnaire(canonical) if canonical else None
    items = items_within(questionnaire or {})
    return {item["linkId"]: item["code"] for item in items if item.get("linkId") and item.get("code")}


def items_within(resource: Resource) -> Iterator[Resource]:
    """All items, and items of items and of answers, in the order in which they are asked."""
    waiting = everything(resource, "item")[::-1]
    while waiting:
        item = waiting.pop()
        yield item
        waiting += (everything(item, "item") + everything(item, "answer.item"))[::-1]


def together(given: list[Resource]) -> Resource:
    """Several answers to one question, as one: all that was chosen; of other answers the first."""
    chosen = [one["valueCoding"] for one in given if one.get("valueCoding")]
    return {"valueCodeableConcept": {"coding": chosen}} if chosen else given[0]
