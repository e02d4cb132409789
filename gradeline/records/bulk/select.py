"""The SELECT that reads the lines of one type: a row for each coding of each statement, or why there is none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from gradeline.dates import BEGINNING, END
from gradeline.records.bulk.phrases import SEVERAL, SIMPLE, UNITS_OF_CARE, answer, chosen, standing_number, unit_of
from gradeline.records.bulk.shape import CONCEPT, LISTS, Shape
from gradeline.records.meanings import OVER
from gradeline.records.standings import Standing
from gradeline.records.store.engine import text

FACT, UNUSED, LATER, BAD, OTHER, SHARED, DOCUMENT, NONE, UNKNOWN = (
    "fact", "unused", "later", "bad", "other", "shared", "document", "none", "unknown",
)  # fmt: skip
"""What becomes of a line: facts; nothing, and why; it is for `fhir/`; it is no JSON; of another type than the first of
its file; others refer to it; it is a Bundle; it is no FHIR; its type is none."""
TEXT, INTEGER, BOOLEAN, CODINGS = "VARCHAR", "INTEGER", "BOOLEAN", "STRUCT(system VARCHAR, code VARCHAR)[]"
SAID = "STRUCT(number DOUBLE, written VARCHAR, codes VARCHAR[], answer VARCHAR, sound BOOLEAN)"
COLUMNS = {
    "patient": TEXT, "key": TEXT, "kind": TEXT, "system": TEXT, "code": TEXT, "more": CODINGS, "status": TEXT,
    "sureness": TEXT, "first": INTEGER, "last": INTEGER, "known": INTEGER, "assumed": BOOLEAN, "until": INTEGER,
    "value": "DOUBLE", "written": TEXT, "value_codes": "VARCHAR[]", "answer": TEXT, "no_onset": BOOLEAN, "time": TEXT,
    "unit": TEXT, "specialty": TEXT, "of": "VARCHAR[]",
    "parts": f"STRUCT(n BIGINT, codings {CODINGS}, said {SAID})[]", "outcome": TEXT, "why": TEXT, "raw": TEXT,
    "file": TEXT, "type": TEXT,
}  # fmt: skip
"""Of the rows between reading and laying out, one for each line: the first coding, and the others beside it."""


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
        yield "json, file, r, r.resourceType AS type, r.id AS id"
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
        yield f"{self.value('r')} AS said, {self.components()} AS parts"
        yield f"regexp_matches(json, {text(self.shape.odd())}) AS odd"

    # What it stands for

    def standing(self) -> str:
        """The number of what its status means; a status that is a concept is read where it has one coding."""
        where = self.where
        given = f"r.{where.status}"
        if where.status == "verificationStatus":
            one = f"len({given}.coding) = 1"
            code = f"coalesce({given}.coding[1].code, '')"
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
                lists.append(f"coalesce(r.{name}.coding, [])")
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
        over = ", ".join(text(f"{each.system}|{each.code}") for each in sorted(OVER))
        return (
            f"coalesce(list_has_any(list_transform(r.{self.where.over}.coding, lambda c: token(c)), [{over}]), false)"
        )

    # What surrounds it

    def based_on(self) -> str:
        """The keys of what it is based on."""
        lists = [
            f"coalesce(list_transform(r.{name}, lambda b: coalesce(b.reference, '')), [])"
            if self.shape.listed(name)
            else f"CASE WHEN r.{name} IS NOT NULL THEN [coalesce(r.{name}.reference, '')] ELSE [] END"
            for name in self.where.based_on
        ]
        return "[]::VARCHAR[]" if not lists else lists[0] if len(lists) == 1 else f"list_concat({', '.join(lists)})"

    def unit(self) -> str:
        """The first of its references that is an organisation or a place."""
        cases = [
            f"WHEN regexp_full_match(r.{name}.reference, {UNITS_OF_CARE}) THEN r.{name}.reference"
            for name in self.shape.units
        ]
        return f"CASE {' '.join(cases)} ELSE '' END" if cases else "''"

    def specialty(self) -> str:
        """Of who gives the care."""
        named = [f"WHEN len(r.{name}.coding) > 0 THEN token(r.{name}.coding[1])" for name in self.shape.specialties]
        return f"CASE {' '.join(named)} ELSE '' END" if named else "''"

    # What it says

    def value(self, of: str) -> str:
        """The value: number, unit as written, codes, and what it answers; with whether SQL can read it."""
        if not self.shape.values:
            return "NULL"
        q, c, b, i = f"{of}.valueQuantity", f"{of}.valueCodeableConcept", f"{of}.valueBoolean", f"{of}.valueInteger"
        codes = f"CASE WHEN {q} IS NULL AND {c} IS NOT NULL THEN list_transform({c}.coding, lambda v: token(v)) END"
        number = f"CASE WHEN {q} IS NOT NULL THEN {q}.value WHEN {c} IS NULL AND {b} IS NULL THEN {i} END"
        unit = f"CASE WHEN {q} IS NOT NULL THEN {unit_of(q)} WHEN {c} IS NULL AND {b} IS NULL AND {i} IS NOT NULL "
        unit += "THEN '' END"
        says = (
            f"CASE WHEN {q} IS NOT NULL THEN 'yes' WHEN {c} IS NOT NULL THEN {answer(codes)} "
            f"WHEN {b}::VARCHAR = 'false' THEN 'no' ELSE 'yes' END"
        )
        sound = (
            f"({q} IS NULL OR (is_number({q}.value) AND NOT is_object({q}.code))) "
            f"AND ({c} IS NULL OR coded({c}.coding)) AND ({b} IS NULL OR "
            f"{b}::VARCHAR IN ('true', 'false')) AND ({i} IS NULL OR is_number({i})) AND ({of}.interpretation IS NULL "
            f"OR NOT ({q} IS NULL AND {c} IS NULL AND {b} IS NULL AND {i} IS NULL))"
        )
        return (
            f"struct_pack(number := try_cast(({number})::VARCHAR AS DOUBLE), written := {unit}, codes := {codes}, "
            f"answer := {says}, sound := coalesce({sound}, false))"
        )

    def components(self) -> str:
        """Its parts as statements of their own."""
        if not self.shape.components:
            return "NULL"
        return (
            f"list_transform(r.component, lambda p, n: struct_pack(n := n, codings := p.code.coding, "
            f"said := {self.value('p')}))"
        )

    # What SQL can decide

    def ordinary(self) -> str:
        """Whether nothing in the line needs `fhir/`."""
        return " AND ".join(f"coalesce({each}, false)" for each in (*self.about(), *self.sound()))

    def about(self) -> Iterator[str]:
        """That it is coded, and that what surrounds it is plain."""
        yield from ("NOT odd", "id <> ''", "coded(codings)")
        for name in set(self.where.codes) & set(LISTS):
            uncoded = f"len(list_filter({concepts(name)}, lambda c: NOT coalesce(coded(c.coding), false)))"
            yield f'CASE WHEN r."{name}" IS NULL THEN true ELSE {uncoded} = 0 END'
        for name in (*self.shape.specialties, *filter(None, [self.where.over])):
            yield f"(r.{name} IS NULL OR coded(r.{name}.coding))"
        for name in self.shape.units:
            simple = f"regexp_full_match(r.{name}.reference, {SIMPLE}) OR contains(r.{name}.reference, '?')"
            yield f"(r.{name} IS NULL OR (r.{name}.identifier IS NULL AND ({simple})))"
        for name in self.shape.carers:
            yield f"(r.{name} IS NULL OR len(list_filter(r.{name}, lambda p: left(p::VARCHAR, 1) <> '{{')) = 0)"

    def sound(self) -> Iterator[str]:
        """That its references are keys, and that its values can be read, those of its parts too."""
        if self.where.based_on:
            yield f"(len(bases) = 0 OR regexp_full_match(array_to_string(bases, ' '), {SEVERAL}))"
        if self.shape.values:
            yield "said.sound"
        if self.shape.components:
            uncoded = "NOT coalesce(coded(p.codings), false) OR NOT p.said.sound"
            yield f"coalesce(len(list_filter(parts, lambda p: {uncoded})), 0) = 0"


def concepts(name: str) -> str:
    """Concepts in a list, which is read where there is one: most lines have none, and the name has other meanings."""
    return f'json_transform(r."{name}", {text(json.dumps([CONCEPT]))})'


def first_of(names: tuple[str, ...]) -> str:
    """The first of these texts that is there."""
    return f"coalesce({', '.join(f'nullif(r.{name}, {text(str())})' for name in names)})" if names else "NULL::VARCHAR"


def dated(stage: str, of: Select) -> str:
    """The second stage: days, and what becomes of the line."""
    known = ", ".join(map(text, of.where.known)) or "''"
    done = numbers(place for place, each in enumerate(of.known) if each.status == "done" and not each.why)
    later = f"named IN ({known}) AND {done}" if of.where.kind == "order" else "false"
    unused = numbers(place for place, each in enumerate(of.known) if each.why)
    return f"""
        SELECT *, coalesce(since_first, {BEGINNING}) AS "first",
            CASE WHEN {later} THEN {END} ELSE coalesce(since_last, ending_last, {END}) END AS "last",
            coalesce(recorded_first, since_first, {BEGINNING}) AS known,
            recorded IS NULL AND (since IS NOT NULL OR ending IS NOT NULL) AS assumed,
            coalesce(ended_last, CASE WHEN over THEN {BEGINNING} END, ending_last) AS until,
            CASE WHEN json IS NULL THEN '{BAD}' WHEN type IS NULL OR type <> {text(of.shape.type)} THEN '{OTHER}'
            WHEN patient = '' OR patient IS NULL OR odd OR id = '' OR id IS NULL THEN '{LATER}'
            WHEN {unused} THEN '{UNUSED}' WHEN stands IS NOT NULL AND ({SOUND}) AND ({of.ordinary()}) THEN '{FACT}'
            ELSE '{LATER}' END AS outcome
        FROM ({DAYS.format(stage=stage)})
    """


DAYS = """
    SELECT *, CASE WHEN is_whole(since) THEN since_first ELSE last_of(since) END AS since_last,
        CASE WHEN recorded = since THEN since_first ELSE first_day(recorded) END AS recorded_first,
        CASE WHEN ending IS NOT NULL THEN last_of(ending) END AS ending_last,
        CASE WHEN ended IS NOT NULL THEN last_of(ended) END AS ended_last
    FROM (SELECT *, first_day(since) AS since_first FROM (
        SELECT *, coalesce(onset, begin_at) AS since, CASE WHEN onset IS NULL THEN end_at END AS ending FROM ({stage})))
"""
SOUND = (
    "(since IS NULL OR since_last IS NOT NULL) AND (ending IS NULL OR ending_last IS NOT NULL) "
    "AND (recorded IS NULL OR recorded_first IS NOT NULL) AND (ended IS NULL OR ended_last IS NOT NULL) "
    "AND (since IS NULL OR ending IS NULL OR ending_last >= since_first)"
)
"""Every date that is there is one, and no period ends before it begins."""


def numbers(wanted: Iterable[int]) -> str:
    """Whether the standing is one of these."""
    listed = ", ".join(map(str, wanted))
    return f"coalesce(stands IN ({listed}), false)" if listed else "false"


def rows(stage: str, of: Select) -> str:
    """The last stage: a row for each line, its columns as the layout wants them."""
    fact, read = f"outcome = '{FACT}'", ("said.number", "said.written", "said.codes", "said.answer")
    value, written, codes, answers = read if of.shape.values else ("NULL", "NULL", "NULL", "'yes'")
    why = chosen("stands", (each.why for each in of.known))
    said = {
        "key": "type || '/' || id", "kind": text(of.where.kind),
        "system": "codings[1].system", "code": "codings[1].code",
        "more": f"CASE WHEN {fact} AND len(codings) > 1 THEN codings[2:] END", "value": value, "written": written,
        "status": chosen("stands", (each.status for each in of.known)), "value_codes": codes, "answer": answers,
        "sureness": chosen("stands", (each.sureness for each in of.known)), "no_onset": "onset IS NULL",
        "time": "coalesce(time_of(since), '')", "of": "CASE WHEN len(bases) > 0 THEN bases END",
        "parts": f"CASE WHEN {fact} AND len(parts) > 0 THEN parts END" if of.shape.components else "NULL",
        "why": f"CASE WHEN outcome = '{UNUSED}' THEN {why} ELSE '' END",
        "raw": f"CASE WHEN outcome NOT IN ('{FACT}', '{UNUSED}') THEN json END",
        "file": f"CASE WHEN outcome NOT IN ('{FACT}', '{UNUSED}') THEN file END",
    }  # fmt: skip
    return f"SELECT {columns(said)} FROM ({stage})"


def columns(said: Mapping[str, str], otherwise: str = '"{}"') -> str:
    """The columns of a row, each as it is said, in its type."""
    return ", ".join(
        f'({said.get(name, otherwise.format(name))})::{kind} AS "{name}"' for name, kind in COLUMNS.items()
    )
