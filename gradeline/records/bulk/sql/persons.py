"""The SELECT that reads the lines of Patients: who they are, or that `fhir/` has to say."""

from __future__ import annotations

import json

from gradeline.dates import BEGINNING, END
from gradeline.records.bulk.sql.select import BAD, LATER, LOOSE, OTHER, PERSON, columns, outcome
from gradeline.records.fhir.chart import PEOPLE
from gradeline.records.fhir.persons import PLACES, SEXES
from gradeline.records.habits import Habits
from gradeline.records.meanings import UNUSABLE
from gradeline.records.store.engine import text

ELEMENTS = {
    "resourceType": "VARCHAR", "id": "JSON", "birthDate": "VARCHAR", "gender": "VARCHAR", "deceasedDateTime": "VARCHAR",
    "deceasedBoolean": "JSON", "address": "JSON", "link": "JSON", **dict.fromkeys((*UNUSABLE, *PEOPLE), "JSON"),
}  # fmt: skip
NO_TEXT = f'"(?:{"|".join(PLACES)})":[^"]'
NUMBER = r'"(?:birthDate|deceasedDateTime)"\s*:\s*\d'


def sql(lines: str) -> str:
    """Lines in, rows out: the columns of a line hold what a person has in their place, as PEOPLE reads them."""
    taken = f"SELECT json, file, json_transform(json, {text(json.dumps(ELEMENTS))}) AS r FROM {lines}"
    read = f"""
        SELECT json, file, r, r.resourceType AS type, name_in(r.id) AS id, nullif(r.birthDate, '') AS birth,
            nullif(as_local(r.deceasedDateTime), '') AS death, {place()} AS home
        FROM ({taken})"""
    dated = f"""
        SELECT *, first_day(birth) AS "first", last_of(birth) AS "last", first_day(death) AS died,
            last_of(death) AS dead FROM ({read})"""
    said = {
        "patient": "id", "key": "type || '/' || id", "raw": "json", "known": f"coalesce(died, {whenever(BEGINNING)})",
        "until": f"coalesce(dead, {whenever(END)})", "unit": "home",
        "specialty": f"CASE WHEN r.gender IN ({', '.join(map(text, SEXES))}) THEN r.gender END",
        "first": '"first"', "last": '"last"', "type": "type", "file": "file", "outcome": decided(),
    }  # fmt: skip
    return f"SELECT {columns(said, 'NULL')} FROM ({dated})"


def place() -> str:
    """The widest part of the addresses that is given."""
    parts = [f"list_filter(json_extract_string(r.address, '$[*].{part}'), lambda p: p <> '')[1]" for part in PLACES]
    return f"CASE WHEN r.address IS NULL THEN '' ELSE coalesce({', '.join(parts)}, '') END"


def whenever(day: int) -> str:
    """An end of all days for who is dead since an unknown day."""
    return f"CASE WHEN death IS NULL AND r.deceasedBoolean::VARCHAR = 'true' THEN {day} END"


def decided() -> str:
    """Whether SQL can say who it is."""
    short = f"least(length(birth), length(death)) = 4 AND regexp_matches(json, {text(NUMBER)})"
    plain = " AND ".join((
        "id IS NOT NULL", "r.link IS NULL", *(f"r.{name} IS NULL" for name in (*UNUSABLE, *PEOPLE)),
        '(birth IS NULL OR "last" IS NOT NULL)', "(death IS NULL OR dead IS NOT NULL)",
        f"NOT coalesce({short}, false)",
        f"(r.address IS NULL OR (objects(r.address) AND NOT regexp_matches(r.address::VARCHAR, {text(NO_TEXT)})))",
    ))  # fmt: skip
    return (
        f"CASE WHEN json IS NULL THEN {outcome(BAD)} WHEN type IS NULL OR type <> 'Patient' THEN {outcome(OTHER)} "
        f"WHEN loose(json) THEN {outcome(LOOSE)} WHEN {plain} THEN {outcome(PERSON)} ELSE {outcome(LATER)} END"
    )


def people(habits: Habits) -> str:
    """The rows of people as the table of patients has them."""
    first, last = habits.observed
    return f"""
        SELECT patient AS id, "first" AS birth_first, "last" AS birth_last, specialty AS sex, known AS death_first,
            until AS death_last, unit AS place, {first}::INTEGER AS observed_first, {last}::INTEGER AS observed_last,
            '' AS ended
        FROM once WHERE outcome = '{PERSON}'"""
