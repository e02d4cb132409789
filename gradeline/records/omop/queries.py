"""The queries that make our two tables of the OMOP tables."""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.records.bulk.sql.phrases import answer
from gradeline.records.omop.tables import (
    CONCEPT,
    EQUAL,
    EVENTS,
    FEMALE,
    MALE,
    ORDER,
    OTHER_VOCABULARY,
    PRELIMINARY,
    SOURCE,
    VALUED,
    VOCABULARIES,
)
from gradeline.records.store.engine import text

PATIENTS = f"""
SELECT person_id::VARCHAR AS id,
    lpad(year_of_birth::VARCHAR, 4, '0') || CASE WHEN month_of_birth IS NULL THEN '' ELSE
        '-' || lpad(month_of_birth::VARCHAR, 2, '0') || CASE WHEN day_of_birth IS NULL THEN '' ELSE
        '-' || lpad(day_of_birth::VARCHAR, 2, '0') END END AS birth,
    CASE WHEN gender_concept_id = {FEMALE} THEN 'female' WHEN gender_concept_id = {MALE} THEN 'male'
        WHEN upper(gender_source_value) IN ('F', 'FEMALE') THEN 'female'
        WHEN upper(gender_source_value) IN ('M', 'MALE') THEN 'male' END AS sex,
    died.death_date AS death, coalesce(location.state, location.county, location.city, '') AS place,
    seen.first_day AS observed_first, seen.last_day AS observed_last
FROM person
LEFT JOIN (SELECT person_id, min(death_date) AS death_date FROM death GROUP BY person_id) died USING (person_id)
LEFT JOIN location USING (location_id)
LEFT JOIN (SELECT person_id, min(observation_period_start_date) AS first_day,
    max(observation_period_end_date) AS last_day FROM observation_period GROUP BY person_id) seen USING (person_id)
"""


NO_VALUE = "NULL::DOUBLE AS value, NULL AS value_unit, NULL AS value_codes, 'yes' AS says, '' AS text"


def system() -> str:
    """The address of a concept's vocabulary."""
    known = " ".join(f"WHEN {text(name)} THEN {text(address)}" for name, address in VOCABULARIES.items())
    return f"CASE vocabulary_id {known} ELSE {text(OTHER_VOCABULARY)} || vocabulary_id END"


def codes() -> str:
    """Every concept as system and code; without a vocabulary nothing is in it."""
    return f"SELECT concept_id, {system()} AS system, concept_code AS code, concept_name AS name FROM concept"


def coding(concept: str, alias: str) -> str:
    """A concept as a coding: its code, or its number where no vocabulary tells it; nothing for zero."""
    given = f"coalesce(nullif({concept}, 0), 0)"
    return (
        f"CASE WHEN {given} = 0 THEN NULL WHEN {alias}.code IS NULL THEN {{'system': {text(CONCEPT)}, 'code': "
        f"{concept}::VARCHAR}} ELSE {{'system': {alias}.system, 'code': {alias}.code}} END"
    )


def own(column: str) -> str:
    """What the source itself wrote, as a coding."""
    named = f"{{'system': split_part({column}, '|', 1), 'code': substr({column}, strpos({column}, '|') + 1)}}"
    plain = f"{{'system': {text(SOURCE + column.partition('.')[2])}, 'code': {column}}}"
    return (
        f"CASE WHEN nullif({column}, '') IS NULL THEN NULL WHEN contains({column}, '|') THEN {named} ELSE {plain} END"
    )


def events(table: str) -> str:
    """The facts of one table of events, a row for each coding."""
    kind, key, prefix, day, end = EVENTS[table]
    possible = f"status.name = {text(PRELIMINARY)}" if table == "condition_occurrence" else "false"
    joins = "".join(joined(table, prefix))
    concepts = coding(f"e.{prefix}_concept_id", "standard"), coding(f"e.{prefix}_source_concept_id", "source")
    codings = ", ".join((*concepts, own(f"e.{prefix}_source_value")))
    ordered = f"kind.name = {text(ORDER)}"
    value = (
        values(table)
        if table in VALUED
        else "NULL::DOUBLE AS value, NULL AS value_unit, NULL AS value_codes, 'yes' AS says, '' AS text"
    )
    clock = "coalesce(e.measurement_time, '')" if table == "measurement" else "''"
    where = "visit.care_site_id" if table != "visit_occurrence" else "e.care_site_id"
    return f"""
        SELECT e.person_id::VARCHAR AS patient, '{table}/' || e.{key} AS "key",
            CASE WHEN {ordered} THEN 'order' ELSE '{kind}' END AS kind,
            CASE WHEN {ordered} THEN 'planned' ELSE 'done' END AS status,
            CASE WHEN {possible} THEN 'possible' ELSE 'sure' END AS sureness,
            e.{day} AS "first", {f"e.{end}" if end else "NULL::DATE"} AS until, true AS no_onset, {clock} AS "time",
            coalesce('care_site/' || coalesce({where}, doctor.care_site_id), '') AS unit,
            coalesce(skill.system || '|' || skill.code, doctor.specialty_source_value, '') AS specialty,
            list_distinct(list_filter([{codings}], lambda c: c IS NOT NULL)) AS codings, {value}
        FROM {table} e {joins}
    """


def joined(table: str, prefix: str) -> Iterator[str]:
    """What is looked up for an event."""
    concepts = {"standard": f"e.{prefix}_concept_id", "source": f"e.{prefix}_source_concept_id",
                "kind": f"e.{prefix}_type_concept_id"}  # fmt: skip
    if table == "condition_occurrence":
        concepts["status"] = "e.condition_status_concept_id"
    if table in VALUED:
        concepts |= {"answer": "e.value_as_concept_id", "measure": "e.unit_concept_id"}
    for alias, column in concepts.items():
        yield f" LEFT JOIN codes {alias} ON {alias}.concept_id = {column} AND {column} <> 0"
    if table != "visit_occurrence":
        yield " LEFT JOIN visit_occurrence visit ON visit.visit_occurrence_id = e.visit_occurrence_id"
    yield " LEFT JOIN provider doctor ON doctor.provider_id = e.provider_id"
    yield " LEFT JOIN codes skill ON skill.concept_id = doctor.specialty_concept_id AND skill.concept_id <> 0"


def values(table: str) -> str:
    """The value of a measurement or an observation; a bound is none, and words may say anything."""
    bound = f"coalesce(e.operator_concept_id, 0) NOT IN (0, {EQUAL})" if table == "measurement" else "false"
    words = "nullif(e.value_as_string, '')" if table == "observation" else "NULL::VARCHAR"
    coded = coding("e.value_as_concept_id", "answer")
    codes = f"CASE WHEN ({coded}) IS NOT NULL THEN [({coded}).system || '|' || ({coded}).code] END"
    plain = f"e.value_as_number IS NULL AND ({coded}) IS NULL"
    return f"""
        CASE WHEN NOT {bound} THEN e.value_as_number END AS value,
        CASE WHEN NOT {bound} AND e.value_as_number IS NOT NULL
            THEN coalesce(measure.code, nullif(e.unit_source_value, ''), '') END AS value_unit,
        CASE WHEN e.value_as_number IS NULL THEN {codes} END AS value_codes,
        CASE WHEN {plain} AND {words} IS NOT NULL THEN 'unknown'
            WHEN e.value_as_number IS NULL AND ({coded}) IS NOT NULL THEN {answer(f"({codes})")} ELSE 'yes' END AS says,
        CASE WHEN {plain} THEN coalesce({words}, '') ELSE '' END AS text"""


def facts() -> str:
    """The table of facts, out of all events."""
    every = " UNION ALL BY NAME ".join(f"({events(table)})" for table in EVENTS)
    return f"""
        SELECT patient, "key", kind, c.system AS system, c.code AS code,
            CASE WHEN says = 'no' THEN 'negated' ELSE status END AS status,
            CASE WHEN says = 'unknown' THEN 'possible' ELSE sureness END AS sureness,
            "first", until, no_onset, "time", unit, specialty, value, value_unit, value_codes, text
        FROM (SELECT *, unnest(CASE WHEN len(codings) = 0 THEN [NULL] ELSE codings END) AS c FROM ({every}))
        WHERE c IS NOT NULL
    """
