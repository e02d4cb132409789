"""The SELECT that reads the lines of one type: a row for each coding of each statement, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from gradeline.dates import BEGINNING, END
from gradeline.records.bulk.sql import values
from gradeline.records.bulk.sql.decided import decided, plain
from gradeline.records.bulk.sql.phrases import chosen, concepts, standing_number, unit_of_care
from gradeline.records.bulk.sql.shape import LISTS, Shape
from gradeline.records.bulk.sql.values import Value
from gradeline.records.facts import Kind, Status, Sureness
from gradeline.records.meanings import OVER
from gradeline.records.standings import Standing
from gradeline.records.store.engine import text

FACT, PERSON, UNUSED, LATER, BAD, OTHER, SHARED, DOCUMENT, NONE, UNKNOWN, LOOSE = (
    "fact", "person", "unused", "later", "bad", "other", "shared", "document", "none", "unknown", "loose",
)  # fmt: skip
"""What becomes of a line: facts; a patient; nothing, and why; it is for `fhir/`; it is no JSON; of another type than
the first of its file; others refer to it; it is a Bundle; it is no FHIR; its type is none; perhaps it is no JSON."""
TEXT, INTEGER, BOOLEAN, CODINGS = "VARCHAR", "INTEGER", "BOOLEAN", "STRUCT(system VARCHAR, code VARCHAR)[]"
SAID = "STRUCT(number DOUBLE, written VARCHAR, codes VARCHAR[], answer VARCHAR, sound BOOLEAN)"
COLUMNS = {
    "patient": TEXT, "key": TEXT, "kind": "kinds", "system": TEXT, "code": TEXT, "more": CODINGS, "status": "statuses",
    "sureness": "surenesses", "first": INTEGER, "last": INTEGER, "known": INTEGER, "assumed": BOOLEAN, "until": INTEGER,
    "value": "DOUBLE", "written": TEXT, "value_codes": "VARCHAR[]", "answer": TEXT, "no_onset": BOOLEAN, "time": TEXT,
    "unit": TEXT, "specialty": TEXT, "of": "VARCHAR[]", "parts": f"STRUCT(n BIGINT, codings {CODINGS}, said {SAID})[]",
    "outcome": "outcomes", "why": TEXT, "raw": TEXT, "file": TEXT, "type": TEXT,
}  # fmt: skip
"""Of the rows between reading and laying out, one for each line: the first coding, and the others beside it."""
OUTCOMES = (FACT, PERSON, UNUSED, LATER, BAD, OTHER, SHARED, DOCUMENT, NONE, UNKNOWN, LOOSE)
WORDS = {"kinds": get_args(Kind), "statuses": get_args(Status), "surenesses": get_args(Sureness), "outcomes": OUTCOMES}
"""Columns of a few words; as numbers they are written faster."""


class Select:
    """Builds the SQL of one type; every method is a phrase or a stage of it."""

    def __init__(self, shape: Shape) -> None:
        self.shape, self.where = shape, shape.where
        self.known: list[Standing] = []

    def sql(self, lines: str) -> str:
        """The whole: lines in, rows out. `lines` gives the columns json and file."""
        taken = f"SELECT json, file, json_transform(json, {text(self.shape.transform())}) AS r FROM {lines}"
        return rows(dated(f"SELECT {', '.join(self.read())} FROM ({taken})", self), self)

    def read(self) -> Iterator[str]:
        """The first stage: what a line says, as texts."""
        yield "json, file, r, r.resourceType AS type, name_in(r.id) AS id"
        reference = "r.subject.reference"
        yield (
            f"CASE WHEN starts_with({reference}, 'Patient/') AND NOT contains({reference}[9:], '/') "
            f"THEN {reference}[9:] ELSE regexp_extract({reference}, "
            r"'^https?://[^?#]*/Patient/([A-Za-z0-9.-]+)$', 1) END AS patient"
        )
        yield f"{self.standing()} AS stands"
        yield f"{self.codings()} AS codings"
        yield f"as_local({first_of(self.shape.onsets)}) AS onset"
        yield f"as_local({self.begin()}) AS begin_at, as_local({self.end()}) AS end_at, {self.named()} AS named"
        yield f"as_local({first_of(self.where.known[::-1])}) AS recorded"
        yield f"as_local({first_of(self.shape.ends)}) AS ended, {self.over()} AS over"
        yield f"{self.based_on()} AS bases, {self.unit()} AS unit, {self.specialty()} AS specialty"
        yield from values.of_line(self.shape)
        yield f"{values.of_parts(self.shape)} AS parts"

    # What it stands for

    def standing(self) -> str:
        """The number of what its status means; a status that is a concept is read where it has one coding."""
        where = self.where
        given = f"r.{where.status}"
        if where.status == "verificationStatus":
            one = f"len({given}.coding) = 1 AND coalesce(is_text({given}.coding[1].system), true)"
            code = f"coalesce(plain({given}.coding[1].code), '')"
            given = f"(CASE WHEN {given} IS NOT NULL THEN CASE WHEN {one} THEN {code} ELSE '' END END)"
        number = standing_number(given, where.statuses, where.missing, self.known)
        undone = [str(place) for place, each in enumerate(self.known) if each.undone]
        if undone:
            told = "(contains(json, 'tatusReason') OR contains(json, '\"extension\"'))"
            reason = f"({number}) IN ({', '.join(undone)}) AND {told}"
            number = f"CASE WHEN {reason} THEN NULL ELSE {number} END"
        if not where.intents:
            return number
        whole = ", ".join(str(place) for place, each in enumerate(self.known) if not each.why)
        intent = standing_number("r.intent", where.intents, Standing(why="~"), self.known)
        proposed = f"({number}) IN ({whole}) AND r.intent IN ({', '.join(map(text, where.intents))})"
        return f"CASE WHEN {proposed} THEN {intent} ELSE {number} END"

    def codings(self) -> str:
        """What it is, of all its concepts."""
        lists = []
        for name in self.where.codes:
            if name == "class":
                lists.append('CASE WHEN r."class".code IS NOT NULL THEN [r."class"] ELSE [] END')
            elif name in LISTS:
                lists.append(f"coalesce(flatten(list_transform({concepts(name)}, lambda c: c.coding)), [])")
            else:
                lists.append(f"r.{name}.coding" if len(self.where.codes) == 1 else f"coalesce(r.{name}.coding, [])")
        return lists[0] if len(lists) == 1 else f"list_concat({', '.join(lists)})"

    # When it was

    def begin(self) -> str:
        """The date on which it was, or its period began."""
        return self.first_when(lambda name: f'r.{name}."start"', lambda name: f"r.{name}")

    def end(self) -> str:
        """The end of its period."""
        return self.first_when(lambda name: f'r.{name}."end"', lambda _: "NULL")

    def named(self) -> str:
        """Which element said when it was."""
        return self.first_when(text, text)

    def first_when(self, of_period: object, of_moment: object) -> str:
        """Of the first element that says when, one thing."""
        cases = []
        for name in self.where.when:
            if name.endswith("eriod"):
                there = f"(nullif(r.{name}.\"start\", '') IS NOT NULL OR nullif(r.{name}.\"end\", '') IS NOT NULL)"
                cases.append(f"WHEN {there} THEN {of_period(name)}")  # type: ignore[operator]
            elif name in self.shape.moments:
                cases.append(f"WHEN nullif(r.{name}, '') IS NOT NULL THEN {of_moment(name)}")  # type: ignore[operator]
        return f"nullif(CASE {' '.join(cases)} END, '')"

    def over(self) -> str:
        """Whether it is over since an unknown day."""
        if not self.where.over:
            return "false"
        listed = f"r.{self.where.over}.coding"
        over = ", ".join(text(f"{each.system}|{each.code}") for each in sorted(OVER))
        codes = ", ".join(text(f'"{each.code}"') for each in sorted(OVER))
        one = f"CASE WHEN {listed}[1].code IN ({codes}) THEN token({listed}[1]) IN ({over}) ELSE false END"
        several = f"list_has_any(list_transform({listed}, lambda c: token(c)), [{over}])"
        return f"CASE WHEN {listed} IS NULL THEN false WHEN len({listed}) = 1 THEN {one} ELSE {several} END"

    # What surrounds it

    def based_on(self) -> str:
        """The keys of what it is based on; NULL where it is on nothing."""
        lists = [
            f"CASE WHEN r.{name} IS NOT NULL THEN json_extract_string(r.{name}, '$[*].reference') END"
            if self.shape.listed(name)
            else f"CASE WHEN r.{name} IS NOT NULL THEN [coalesce(r.{name}.reference, '')] END"
            for name in self.where.based_on
        ]
        if not lists:
            return "NULL::VARCHAR[]"
        there = " AND ".join(f"r.{name} IS NULL" for name in self.where.based_on)
        return lists[0] if len(lists) == 1 else f"CASE WHEN NOT ({there}) THEN list_concat({', '.join(lists)}) END"

    def unit(self) -> str:
        """The first of its references that is an organisation or a place."""
        cases = [f"WHEN {unit_of_care(f'r.{name}.reference')} THEN r.{name}.reference" for name in self.shape.units]
        return f"CASE {' '.join(cases)} END" if cases else "NULL"

    def specialty(self) -> str:
        """Of who gives the care."""
        named = [f"WHEN len(r.{name}.coding) > 0 THEN token(r.{name}.coding[1])" for name in self.shape.specialties]
        return f"CASE {' '.join(named)} END" if named else "NULL"


def first_of(names: tuple[str, ...]) -> str:
    """The first of these texts that is there."""
    return f"coalesce({', '.join(f'nullif(r.{name}, {text(str())})' for name in names)})" if names else "NULL::VARCHAR"


def dated(stage: str, of: Select) -> str:
    """The second stage: days, and what becomes of the line."""
    known = ", ".join(map(text, of.where.known)) or "''"
    done = numbers(place for place, each in enumerate(of.known) if each.status == "done" and not each.why)
    later = f"named IN ({known}) AND {done}" if of.where.kind == "order" else "false"
    unused = numbers(place for place, each in enumerate(of.known) if each.why)
    says = Value("r").says("value_codes") if of.shape.values else "NULL"
    return f"""
        SELECT *, coalesce(since_first, {BEGINNING}) AS "first",
            CASE WHEN {later} THEN {END} ELSE coalesce(since_last, ending_last, {END}) END AS "last",
            coalesce(recorded_first, since_first, {BEGINNING}) AS known,
            recorded IS NULL AND (since IS NOT NULL OR ending IS NOT NULL) AS assumed,
            coalesce(ended_last, CASE WHEN over THEN {BEGINNING} END, ending_last) AS until,
            CASE WHEN json IS NULL THEN {outcome(BAD)}
            WHEN type IS NULL OR type <> {text(of.shape.type)} THEN {outcome(OTHER)}
            WHEN loose(json) THEN {outcome(LOOSE)}
            WHEN patient <> '' AND {plain(of.shape)} THEN
                CASE WHEN {unused} THEN {outcome(UNUSED)}
                WHEN stands IS NOT NULL AND {decided(of.shape)} THEN {outcome(FACT)} ELSE {outcome(LATER)} END
            ELSE {outcome(LATER)} END AS outcome, {says} AS answer
        FROM ({DAYS.format(stage=stage)})
    """


DAYS = """
    SELECT *, coalesce(since_whole, last_partial(since)) AS since_last,
        CASE WHEN recorded = since THEN since_first ELSE first_day(recorded) END AS recorded_first,
        CASE WHEN ending IS NOT NULL THEN last_of(ending) END AS ending_last,
        CASE WHEN ended IS NOT NULL THEN last_of(ended) END AS ended_last
    FROM (SELECT *, coalesce(since_whole, first_partial(since)) AS since_first FROM (
        SELECT *, whole_day(since) AS since_whole FROM (
        SELECT *, coalesce(onset, begin_at) AS since, CASE WHEN onset IS NULL THEN end_at END AS ending
        FROM ({stage}))))
"""


def numbers(wanted: Iterable[int]) -> str:
    """Whether the standing is one of these."""
    listed = ", ".join(map(str, wanted))
    return f"coalesce(stands IN ({listed}), false)" if listed else "false"


def rows(stage: str, of: Select) -> str:
    """The last stage: a row for each line, its columns as the layout wants them."""
    fact = f"outcome = '{FACT}'"
    why = chosen("stands", (each.why for each in of.known))
    left = f"outcome NOT IN ('{FACT}', '{UNUSED}')"
    said = {
        "key": "type || '/' || id", "kind": f"{text(of.where.kind)}::kinds",
        "system": "plain(codings[1].system)", "code": "plain(codings[1].code)",
        "more": f"CASE WHEN {fact} AND len(codings) > 1 THEN list_transform(codings[2:], lambda c: clean(c)) END",
        "status": chosen("stands", (each.status for each in of.known), "statuses"),
        "sureness": chosen("stands", (each.sureness for each in of.known), "surenesses"),
        "no_onset": "onset IS NULL", "time": "nullif(time_of(since), '')", "of": "bases",
        "parts": f"CASE WHEN {fact} AND len(parts) > 0 THEN parts END" if of.shape.components else "NULL",
        "why": f"CASE WHEN outcome = '{UNUSED}' THEN {why} END",
        "raw": f"CASE WHEN {left} THEN json END", "file": f"CASE WHEN {left} THEN file END",
    }  # fmt: skip
    return f"SELECT {columns(said)} FROM ({stage})"


def outcome(name: str) -> str:
    """An outcome as a literal of SQL."""
    return f"{text(name)}::outcomes"


def columns(said: Mapping[str, str], otherwise: str = '"{}"') -> str:
    """The columns of a row, each as it is said, in its type."""
    return ", ".join(
        f'({said.get(name, otherwise.format(name))})::{kind} AS "{name}"' for name, kind in COLUMNS.items()
    )
