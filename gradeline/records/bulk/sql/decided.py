"""What SQL can decide: the conditions under which a line needs no other reader. What is NULL here is not met."""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.records.bulk.sql.phrases import ROLES, SEVERAL, SIMPLE, concepts
from gradeline.records.bulk.sql.shape import LISTS, Shape
from gradeline.records.bulk.sql.values import Value
from gradeline.records.store.engine import text

DATES = (
    "(since IS NULL OR since_last IS NOT NULL)", "(ending IS NULL OR ending_last IS NOT NULL)",
    "(recorded IS NULL OR recorded_first IS NOT NULL)", "(ended IS NULL OR ended_last IS NOT NULL)",
    "(since IS NULL OR ending IS NULL OR ending_last >= since_first)",
)  # fmt: skip
"""Every date that is there is one, and no period ends before it begins."""


def plain(shape: Shape) -> str:
    """That nothing stands in the line that only `fhir/` reads."""
    found = ["id IS NOT NULL", *(f"r.{name} IS NULL" for name in shape.others)]
    for head, names in shape.within.items():
        quoted = [text('"' + name + '"') for name in names]
        inside = " AND ".join(f"NOT contains(r.{head}::VARCHAR, {each})" for each in quoted)
        found.append(f"(r.{head} IS NULL OR ({inside}))")
    if shape.where.intents:
        found.append("(r.intent IS NULL OR r.intent[1] NOT IN ('{', '['))")
    return " AND ".join(found)


def decided(shape: Shape) -> str:
    """That everything that is read of the line can be read."""
    return " AND ".join((*DATES, *years(shape), *coded(shape), *surroundings(shape), *stated(shape)))


def years(shape: Shape) -> Iterator[str]:
    """That a date of four characters is a text: a number is no year."""
    names = dict.fromkeys(("start", "end", *shape.onsets, *shape.moments, *shape.ends, *shape.where.known))
    number = text('"(?:' + "|".join(names) + r')"\s*:\s*\d')
    shortest = "least(length(since), length(ending), length(recorded), length(ended))"
    yield f"(CASE WHEN {shortest} = 4 THEN NOT regexp_matches(json, {number}) ELSE true END)"


def coded(shape: Shape) -> Iterator[str]:
    """That it is coded, by every one of its concepts."""
    yield "coded(codings)"
    for name in [name for name in shape.where.codes if name in LISTS]:
        uncoded = f"len(list_filter({concepts(name)}, lambda c: NOT coalesce(coded(c.coding), false)))"
        yield f'(CASE WHEN r."{name}" IS NULL THEN true ELSE objects(r."{name}") AND {uncoded} = 0 END)'
    for name in (*shape.specialties, *filter(None, [shape.where.over])):
        yield f"(r.{name} IS NULL OR coded(r.{name}.coding))"
    for name in [name for name in shape.where.when if name.endswith("eriod")]:
        yield f'(r.{name} IS NULL OR r.{name}."start" IS NOT NULL OR r.{name}."end" IS NOT NULL)'


def surroundings(shape: Shape) -> Iterator[str]:
    """That its references are keys, and that nobody has to be looked up for his role."""
    for name in shape.units:
        simple = f"regexp_full_match(r.{name}.reference, {SIMPLE}) OR contains(r.{name}.reference, '?')"
        role = " OR ".join(f"contains(r.{name}.reference, {text(each)})" for each in ROLES)
        there = f"CASE WHEN unit IS NOT NULL THEN true ELSE ({simple}) AND NOT ({role}) END"
        yield f"(r.{name} IS NULL OR (r.{name}.identifier IS NULL AND {there}))"
    for name in shape.carers:
        inner = [path.rpartition(".")[2] for path in shape.where.carers if path.startswith(f"{name}.")]
        patterns = [f'"{each}":[^{{]' for each in inner] + ['"reference":[^"]', *ROLES]
        odd = "|".join(patterns)
        yield f"(r.{name} IS NULL OR (objects(r.{name}) AND NOT regexp_matches(r.{name}::VARCHAR, {text(odd)})))"
    if shape.where.based_on:
        yield f"(bases IS NULL OR ({based_on(shape)} AND regexp_full_match(array_to_string(bases, ' '), {SEVERAL})))"


def based_on(shape: Shape) -> str:
    """That what it is based on stands in lists of objects, each with a reference."""
    listed = [name for name in shape.where.based_on if shape.listed(name)]
    one = """'[{"reference":"' || bases[1] || '"}]'"""
    return (
        " AND ".join(f"(r.{name} IS NULL OR r.{name}::VARCHAR = {one} OR objects(r.{name}))" for name in listed)
        or "true"
    )


def stated(shape: Shape) -> Iterator[str]:
    """That its value can be read, and those of its parts."""
    if shape.values:
        yield f"({Value('r').sound('value')})"
    if shape.components:
        unread = "len(list_filter(parts, lambda p: NOT coalesce(p.said.sound, false)))"
        yield f"(r.component IS NULL OR (objects(r.component) AND {unread} = 0))"
