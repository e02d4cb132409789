"""Puts together what SQL and `fhir/` read: units made canonical, strangers and refused patients left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gradeline.errors import RecordError
from gradeline.quantity import scale_of
from gradeline.records.bulk.byhand import ByHand
from gradeline.records.bulk.faults import LISTED, Faults
from gradeline.records.bulk.lines.lines import Lines
from gradeline.records.bulk.sql import persons
from gradeline.records.bulk.sql.select import FACT, SHARED, UNUSED
from gradeline.records.bulk.sql.shape import SHAPED
from gradeline.records.store.engine import LAYING, MEMORY, text
from gradeline.records.store.layout import lay_out
from gradeline.records.store.schema import TABLES

OF_PARTS = ", ".join(text(kind) for kind, shape in SHAPED.items() if shape.components)
SAME = (
    'patient, kind, status, sureness, "first", "last", known, assumed, until, no_onset, "time", type'
)  # fmt: skip
STATED = f"""
CREATE VIEW stated AS
SELECT {SAME}, "key", system, code, value, written, value_codes, answer, unit, specialty, "of", 0 AS "place"
FROM once WHERE outcome = '{FACT}'
UNION ALL BY NAME
SELECT {SAME}, "key", c.system AS system, c.code AS code, value, written, value_codes, answer, unit, specialty, "of",
    "place"
FROM (SELECT *, unnest(more) AS c, unnest(range(1, len(more) + 1))::INTEGER AS "place"
    FROM once WHERE more IS NOT NULL AND outcome = '{FACT}')
UNION ALL BY NAME
SELECT {SAME}, "key" || '#' || p.n AS "key", c.system AS system, c.code AS code, p.said.number AS value,
    p.said.written AS written, p.said.codes AS value_codes, p.said.answer AS answer, NULL AS unit, NULL AS specialty,
    NULL::VARCHAR[] AS "of", "place"
FROM (SELECT *, unnest(p.codings) AS c, unnest(range(len(p.codings)))::INTEGER AS "place"
    FROM (SELECT *, unnest(parts) AS p
        FROM once WHERE type IN ({OF_PARTS}) AND parts IS NOT NULL AND outcome = '{FACT}'))
"""
"""A row for each coding of each statement: of the main one its first, its others, and those of its parts."""
VALUE = "CASE WHEN factor = 1 AND plus = 0 THEN value ELSE format('{:.12g}', value * factor + plus)::DOUBLE END"
READ = f"""
CREATE VIEW read AS SELECT patient, "key", kind, system, code,
    CASE WHEN answer = 'no' THEN 'negated' ELSE status END AS status,
    CASE WHEN answer = 'unknown' THEN 'possible' ELSE sureness END AS sureness,
    "first", "last", known, assumed, until, {VALUE} AS value, scale.unit AS value_unit, value_codes,
    false AS declined, no_onset, coalesce("time", '') AS "time", coalesce(stated.unit, '') AS unit,
    coalesce(specialty, '') AS specialty, NULL::VARCHAR[] AS sites,
    NULL::VARCHAR AS side, "of", '' AS text, "place"
FROM stated LEFT JOIN scale ON stated.written = scale.written AND stated.value IS NOT NULL
"""


SAID = f"outcome IN ('{FACT}', '{UNUSED}', '{SHARED}')"
"""The lines of which SQL knows whose they are."""


def join(lines: Lines, parts: Path, work: Path, faults: Faults, by_hand: ByHand) -> dict[str, int]:
    """Lay out the facts and patients of SQL's rows and of the records in `parts`; gives the counts."""
    connection = lines.connection
    if lines.memory == MEMORY:
        connection.execute(f"SET memory_limit = {text(LAYING)}")
    connection.execute(STATED)
    scales(lines, by_hand.unread)
    connection.execute(READ)
    made = {name: f"SELECT * FROM read_parquet({text(parts / f'{name}-*.parquet')})" for name in TABLES}
    connection.execute(f"CREATE VIEW made_facts AS {made['facts']}")
    described = persons.people(lines.habits)
    connection.execute(f"CREATE VIEW made_patients AS {made['patients']} UNION ALL BY NAME {described}")
    people(lines, faults)
    connection.execute("CREATE VIEW every AS SELECT * FROM read UNION ALL BY NAME SELECT * FROM made_facts")
    left_out = strangers(lines, faults, by_hand.strangers)
    facts = "(SELECT * FROM every WHERE patient IN (SELECT id FROM people))" if left_out else "every"
    return lay_out(connection, facts, "(SELECT * FROM made_patients WHERE id IN (SELECT id FROM people))", work)


def scales(lines: Lines, unread: Counter[tuple[str, str]]) -> None:
    """The units that occur, each with what makes it canonical; one that nobody knows leaves its values unknown."""
    given = 'SELECT written, type, count(*) FROM stated WHERE value IS NOT NULL AND "place" = 0 GROUP BY ALL'
    rows: dict[str, tuple[Any, ...]] = {}
    for unit, kind, count in lines.all(given):
        scale = scale_of(unit)
        rows[unit] = (unit, *scale) if scale else (unit, None, None, None)
        if scale is None:
            unread[kind, f"a value in the unknown unit {(unit or 'None')[:20]!r}"] += count
    lines.connection.execute("CREATE TABLE scale (written VARCHAR, unit VARCHAR, factor DOUBLE, plus DOUBLE)")
    if rows:
        lines.connection.executemany("INSERT INTO scale VALUES (?, ?, ?, ?)", list(rows.values()))


def people(lines: Lines, faults: Faults) -> None:
    """The patients who are used: described, and of whom everything could be read."""
    twice = "SELECT id, count(*) FROM made_patients GROUP BY id HAVING count(*) > 1 ORDER BY id"
    for patient, count in lines.all(twice):
        what = f"{count} patients are called Patient/{patient}"
        faults.add("patients refused", RecordError(what, "give each an id of their own"), patient)
    lines.connection.execute("CREATE TABLE refused (id VARCHAR)")
    if faults.refused:
        lines.connection.execute("INSERT INTO refused SELECT unnest(?)", [sorted(faults.refused)])
    lines.connection.execute(
        "CREATE TABLE people AS SELECT DISTINCT id FROM made_patients WHERE id NOT IN (SELECT id FROM refused)"
    )


def strangers(lines: Lines, faults: Faults, others: Mapping[str, RecordError]) -> int:
    """Note everybody of whom there are lines and who is not described; gives how many patients are left out."""
    lines.connection.execute(
        f"""
        CREATE TABLE strangers AS
        SELECT patient FROM (SELECT DISTINCT patient FROM once WHERE {SAID} AND patient <> ''
            UNION SELECT unnest(?::VARCHAR[]))
        WHERE patient NOT IN (SELECT id FROM people) AND patient NOT IN (SELECT id FROM refused)""",
        [sorted(others)],
    )
    lines.connection.execute(
        "CREATE TABLE left_out AS SELECT id FROM refused UNION SELECT patient AS id FROM strangers"
    )
    shown = f"(SELECT patient FROM strangers ORDER BY patient LIMIT {LISTED})"
    some = f'SELECT patient, count(*), min("key") FROM once WHERE {SAID} AND patient IN {shown} GROUP BY ALL'
    counted = {patient: (count, key) for patient, count, key in lines.all(some)}
    for (patient,) in lines.all(f"FROM {shown}"):
        count, key = counted.get(patient, (0, ""))
        what = f"{key} and {count - 1} more lines are about Patient/{patient}, who is not in this data"
        fault = RecordError(what, "export the Patient with them") if count else others[patient]
        faults.add("patients who are not described", fault)
    count = int(lines.all("SELECT count(*) FROM strangers")[0][0])
    if count > LISTED:
        what = f"{count - LISTED} further patients who are not in this data"
        faults.add("patients who are not described", RecordError(what, "export them"), count=count - LISTED)
    return int(lines.all("SELECT count(*) FROM left_out")[0][0])
