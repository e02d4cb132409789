"""The phrases of SQL that read one element: days as written, what a status means, whom and what a reference names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gradeline.records.habits import Habits
from gradeline.records.meanings import ANSWERS, UCUM
from gradeline.records.standings import Standing
from gradeline.records.store.engine import text

EPOCH = 719163
"""The ordinal of 1 January 1970, from which DuckDB counts."""
SIMPLE = "'[A-Z][A-Za-z]*/[A-Za-z0-9.-]+'"
"""A reference that is a key: type and id."""
SEVERAL = "'(?:[A-Z][A-Za-z]*/[A-Za-z0-9.-]+ ?)+'"
UNITS_OF_CARE = "'(?:Organization|Location)/[A-Za-z0-9.-]+'"


def macros(habits: Habits) -> list[str]:
    """What reads days: the first and the last that a date may mean, NULL where it is none, and the time of day."""
    whole = "try_cast(CASE WHEN t[5] = '-' AND t[8] = '-' AND NOT contains(t, ' ') THEN left(t, 10) END AS DATE)"
    partial = "try_cast(CASE length(t) WHEN 7 THEN t || '-01' WHEN 4 THEN t || '-01-01' END AS DATE)"
    last = f"CASE length(t) WHEN 7 THEN last_day({partial}) ELSE {partial} + INTERVAL 1 YEAR - INTERVAL 1 DAY END"
    return [
        f"CREATE MACRO day_number(d) AS CASE WHEN d BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' "
        f"THEN (d - DATE '1970-01-01')::INTEGER + {EPOCH} END",
        "CREATE MACRO is_whole(t) AS length(t) = 10 OR (length(t) > 10 AND t[11] = 'T')",
        "CREATE MACRO is_partial(t) AS regexp_full_match(t, '[0-9]{4}(-[0-9]{2})?')",
        f"CREATE MACRO first_day(t) AS day_number(CASE WHEN is_whole(t) THEN {whole} WHEN is_partial(t) "
        f"THEN {partial} END)",
        f"CREATE MACRO last_of(t) AS day_number(CASE WHEN is_whole(t) THEN {whole} WHEN is_partial(t) "
        f"THEN ({last})::DATE END)",
        "CREATE MACRO time_of(t) AS CASE WHEN length(t) = 10 THEN '' WHEN length(t) IN (20, 25) "
        "AND t[20] IN ('Z', '+', '-') AND NOT contains(t[12:19], '-') THEN t[12:19] WHEN length(t) > 11 "
        "THEN split_part(split_part(rtrim(t[12:], 'Z'), '+', 1), '-', 1) ELSE '' END",
        f"CREATE MACRO as_local(t) AS {local(habits.zone)}",
        "CREATE MACRO is_number(j) AS abs(try_cast(j::VARCHAR AS DOUBLE)) < 1e18",
        "CREATE MACRO is_object(t) AS coalesce(starts_with(t, '{\"') OR t = '{}', false)",
        "CREATE MACRO token(c) AS coalesce(c.system, '') || '|' || c.code",
        "CREATE MACRO bad_code(c) AS coalesce(c.code, '') = '' OR c.code[1] = '{' OR contains(c.code, 'TUL')",
        "CREATE MACRO coded(l) AS CASE len(l) WHEN 0 THEN false WHEN 1 THEN NOT bad_code(l[1]) "
        "ELSE len(list_filter(l, lambda c: bad_code(c))) = 0 END",
    ]


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


def chosen(number: str, texts: Iterable[str]) -> str:
    """One of several texts, by its number."""
    return "CASE " + " ".join(f"WHEN {number} = {place} THEN {text(each)}" for place, each in enumerate(texts)) + " END"


def answer(codes: str) -> str:
    """What coded values answer: yes, no, or that nobody knows; contradictions say nothing."""
    said: dict[str, list[str]] = {"yes": [], "no": [], "unknown": []}
    for coding, meant in ANSWERS.items():
        said[meant].append(text(f"{coding.system}|{coding.code}"))
    yes, no, unknown = (f"list_has_any({codes}, [{', '.join(each)}])" for each in said.values())
    count = f"{yes}::INTEGER + {no}::INTEGER + {unknown}::INTEGER"
    return f"CASE WHEN {count} > 1 OR {unknown} THEN 'unknown' WHEN {no} THEN 'no' ELSE 'yes' END"


def unit_of(quantity: str) -> str:
    """The unit of a quantity, as it is written: the code of UCUM, else the unit in words."""
    code = f"CASE WHEN coalesce({quantity}.system, {text(UCUM)}) = {text(UCUM)} THEN nullif({quantity}.code, '') END"
    return f"coalesce({code}, nullif({quantity}.unit, ''), '')"
