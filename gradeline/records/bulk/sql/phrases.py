"""The phrases of SQL that read one element: days as written, what a status means, whom and what a reference names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from gradeline.records.bulk.sql.shape import CONCEPT
from gradeline.records.habits import Habits
from gradeline.records.meanings import ANSWERS
from gradeline.records.standings import Standing
from gradeline.records.store.engine import text

EPOCH = 719163
"""The ordinal of 1 January 1970, from which DuckDB counts."""
SIMPLE = "'[A-Z][A-Za-z]*/[A-Za-z0-9.-]+'"
"""A reference that is a key: type and id."""
SEVERAL = "'(?:[A-Z][A-Za-z]*/[A-Za-z0-9.-]+ ?)+'"
UNITS_OF_CARE = ("Organization/", "Location/")
ROLES = ("PractitionerRole/", "HealthcareService/")
"""In references: what may name its unit and its specialty, which `fhir/` looks up."""


def unit_of_care(reference: str) -> str:
    """That a reference is the key of an organisation or a place."""
    cases = (
        f"(starts_with({reference}, {text(kind)}) AND strlen({reference}) > {len(kind)} "
        f"AND NOT contains({reference}[{len(kind) + 1}:], '/') AND NOT contains({reference}, '?'))"
        for kind in UNITS_OF_CARE
    )
    return f"({' OR '.join(cases)})"


def macros(habits: Habits) -> list[str]:
    """What reads texts, days and codings, as functions of SQL."""
    return [f"CREATE MACRO {each}" for each in (*days(habits), *CODED, f"loose(j) AS {loose('j')}")]


def loose(line: str) -> str:
    """That a line may be JSON to DuckDB alone: it takes a NaN, a number without end, a comma too many."""
    number = r"-?(?:(?i:nan|inf|infinity)\s*[,\]}]|[0-9.]+[eE]\+?[0-9]{3}|[0-9]{99})"
    # Three, each with a first character of its own, which DuckDB finds four times as fast as one of several.
    signs = (rf",\s*(?:[\]}}]|{number})", rf":\s*{number}", rf"\[\s*{number}")
    return " OR ".join(f"regexp_matches({line}, {text(each)})" for each in signs)


def days(habits: Habits) -> list[str]:
    """What reads days: the first and the last that a date may mean, NULL where it is none, and the time of day.

    A date is whole where it begins with the very text of the day that DuckDB takes it for.
    """
    partial = "try_cast(CASE strlen(t) WHEN 7 THEN t || '-01' WHEN 4 THEN t || '-01-01' END AS DATE)"
    last = f"CASE strlen(t) WHEN 7 THEN last_day({partial}) ELSE {partial} + INTERVAL 1 YEAR - INTERVAL 1 DAY END"
    ours = f"CASE WHEN d BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN {number('d')} END"
    whole = "strlen(t) = 10 OR (strlen(t) > 10 AND t[11] = 'T')"
    day = "try_cast(t AS DATE)"
    return [
        f"day_number(d) AS {ours}",
        f"whole_day(t) AS CASE WHEN ({whole}) AND starts_with(t, {day}::VARCHAR) THEN {number(day)} END",
        "is_partial(t) AS regexp_full_match(t, '[0-9]{4}(-[0-9]{2})?')",
        f"first_partial(t) AS day_number(CASE WHEN is_partial(t) THEN {partial} END)",
        f"last_partial(t) AS day_number(CASE WHEN is_partial(t) THEN ({last})::DATE END)",
        "first_day(t) AS coalesce(whole_day(t), first_partial(t))",
        "last_of(t) AS coalesce(whole_day(t), last_partial(t))",
        "time_of(t) AS CASE WHEN strlen(t) = 10 THEN '' WHEN strlen(t) IN (20, 25) "
        "AND t[20] IN ('Z', '+', '-') AND NOT contains(t[12:19], '-') THEN t[12:19] WHEN strlen(t) > 11 "
        "THEN split_part(split_part(rtrim(t[12:], 'Z'), '+', 1), '-', 1) ELSE '' END",
        f"as_local(t) AS {local(habits.zone)}",
    ]


def number(day: str) -> str:
    """A date of SQL as the number of a day."""
    return f"({day} - DATE '1970-01-01')::INTEGER + {EPOCH}"


CODED = (
    "plain(j) AS j[2:-2]",
    "is_text(j) AS starts_with(j, '\"') AND NOT contains(j, '\\')",
    "name_in(j) AS CASE WHEN is_text(j) AND j <> '\"\"' THEN plain(j) END",
    "clean(c) AS struct_pack(system := plain(c.system), code := plain(c.code))",
    "token(c) AS coalesce(plain(c.system), '') || '|' || plain(c.code)",
    "good_code(c) AS is_text(c.code) AND c.code <> '\"\"' AND NOT contains(c.code, 'TUL') "
    "AND (c.system IS NULL OR is_text(c.system))",
    "coded(l) AS CASE len(l) WHEN 0 THEN false WHEN 1 THEN good_code(l[1]) "
    "ELSE len(list_filter(l, lambda c: NOT coalesce(good_code(c), false))) = 0 END",
    "objects(j) AS starts_with(j, '[') AND len(list_filter(json_extract(j, '$[*]'), "
    "lambda o: left(o::VARCHAR, 1) <> '{')) = 0",
)
"""What reads texts that stand as JSON, in their quotes, and codings of them."""


def local(zone: str) -> str:
    """An instant in universal time as the clocks of the source's zone showed it."""
    if not zone:
        return "t"
    shifted = f"strftime(timezone({text(zone)}, try_cast(t AS TIMESTAMPTZ)), '%Y-%m-%dT%H:%M:%S')"
    return f"CASE WHEN t[-1] = 'Z' AND length(t) > 11 THEN {shifted} ELSE t END"


def standing_number(given: str, statuses: Mapping[str, Standing], missing: Standing, known: list[Standing]) -> str:
    """Which of the standings a status means, by its number; NULL for a status that nobody knows."""

    def number(standing: Standing) -> int:
        if standing not in known:
            known.append(standing)
        return known.index(standing)

    by_number: dict[int, list[str]] = {}
    for status, standing in statuses.items():
        by_number.setdefault(number(standing), []).append(text(status))
    cases = " ".join(f"WHEN {given} IN ({', '.join(each)}) THEN {place}" for place, each in by_number.items())
    return f"CASE {cases} WHEN {given} IS NULL THEN {number(missing)} END"


def chosen(number: str, texts: Iterable[str], kind: str = "VARCHAR") -> str:
    """One of several texts, by its number."""
    cases = (f"WHEN {number} = {place} THEN {text(each)}::{kind}" for place, each in enumerate(texts))
    return f"CASE {' '.join(cases)} END"


def concepts(name: str) -> str:
    """Concepts in a list, which is read where there is one: most lines have none, and the name has other meanings."""
    return f'json_transform(r."{name}", {text(json.dumps([CONCEPT]))})'


def answer(codes: str) -> str:
    """What coded values answer: yes, no, or that nobody knows; contradictions say nothing."""
    said: dict[str, list[str]] = {"yes": [], "no": [], "unknown": []}
    for coding, meant in ANSWERS.items():
        said[meant].append(text(f"{coding.system}|{coding.code}"))
    yes, no, unknown = (f"list_has_any({codes}, [{', '.join(each)}])" for each in said.values())
    count = f"{yes}::INTEGER + {no}::INTEGER + {unknown}::INTEGER"
    return f"CASE WHEN {count} > 1 OR {unknown} THEN 'unknown' WHEN {no} THEN 'no' ELSE 'yes' END"
