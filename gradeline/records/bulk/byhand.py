"""The lines that SQL leaves: `fhir/` reads each as one of its patient's, with what it refers to beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import orjson

from gradeline.codes import Coding
from gradeline.errors import RecordError
from gradeline.records.bulk.beside import CODES, STANDS, Beside, LineChart, referred
from gradeline.records.bulk.faults import Faults, misshapen, stranger
from gradeline.records.bulk.lines.lines import Lines
from gradeline.records.bulk.lines.twice import LEFT_OUT, UNSORTED
from gradeline.records.bulk.sql.select import PERSON, SHARED
from gradeline.records.facts import Record
from gradeline.records.fhir.chart import READERS
from gradeline.records.fhir.elements import Resource
from gradeline.records.fhir.entries import MISSHAPEN, Entry, Sheet, called, key_of, sheet, tokens
from gradeline.records.fhir.extract import NO_ID, NOBODY, PATIENT, owners, unresolved
from gradeline.records.habits import Habits
from gradeline.records.meanings import NOT_FACTS
from gradeline.records.standings import Standing

AT_ONCE = 10_000
"""Lines that are read together: what they refer to is looked up for all of them at once."""
TOGETHER = f"CASE WHEN {UNSORTED} THEN '~' || \"key\" ELSE patient END"
"""What is read together: a patient's lines, or what has one name."""
SINGLY_CODED = frozenset(
    name for name, reader in READERS.items() if reader.where.codes[:1] in (("code",), ("medicationCodeableConcept",))
)


class ByHand:
    """Reads patients, and the lines that are left."""

    def __init__(self, lines: Lines, habits: Habits, faults: Faults) -> None:
        self.lines, self.habits, self.faults = lines, habits, faults
        self.unused: Counter[tuple[str, str]] = Counter()
        self.unread: Counter[tuple[str, str]] = Counter()
        self.identified: dict[str, str] = {}
        self.wanted: set[str] = set()
        """Identifiers by which lines name their patient."""
        self.versions: dict[str, Resource] = {}
        """The Patients who come in several versions, as the newest says."""
        self.described: set[str] = set()
        """Patients who were read here and may be used."""
        self.early: dict[str, tuple[Counter[str], Counter[tuple[str, str]]]] = defaultdict(
            lambda: (Counter(), Counter())
        )
        """By patient the lines that do not say plainly that they are theirs, and which of them are no fact."""
        self.in_documents: set[str] = set()
        self.strangers: dict[str, RecordError] = {}
        """Patients who are not described, each with a line that is about them."""

    # Who

    def people(self) -> Iterator[Record]:
        """Every Patient that SQL left and that may be used, without facts."""
        self.seek()
        for page in self.pages('SELECT raw, file, "key" FROM later WHERE type = \'Patient\' ORDER BY "key"'):
            theirs: dict[str, list[Entry]] = defaultdict(list)
            for entry, _ in page:
                theirs[called(entry)].append(entry)
            for key, entries in theirs.items():
                yield from self.person(key[len(PATIENT) :], entries)
        for page in self.pages(f"SELECT raw, file FROM once WHERE outcome = '{PERSON}'") if self.wanted else ():
            for entry, _ in page:
                self.identify(entry)

    def person(self, patient: str, entries: list[Entry]) -> Iterator[Record]:
        """One Patient of whatever versions."""
        try:
            if not patient:
                key_of(entries[0])
                raise RecordError(NO_ID, "give each its id", entries[0].where)
            chart = LineChart(entries, patient, habits=self.habits)
            read = chart.record()
        except RecordError as fault:
            self.faults.add("patients refused", fault, patient)
            self.leave(entries)
        except (ValueError, *MISSHAPEN):
            self.faults.add("patients refused", misshapen(entries[0]), patient)
            self.leave(entries)
        else:
            self.unused.update(read.unused)
            if len(entries) > 1:
                self.versions[patient] = chart.entries[chart.own].resource
            self.identify(chart.entries[chart.own])
            self.described.add(patient)
            yield Record(read.patient)

    def refuse_both(self, patient: str) -> None:
        """Leave out a patient who stands in whole documents and on lines beside them."""
        what = f"{PATIENT}{patient} is in whole documents and on lines beside them"
        fault = RecordError(what, "export all records in one way, or read one after the other")
        self.faults.add("patients refused", fault, patient)

    def leave(self, entries: list[Entry]) -> None:
        """Count lines of a patient who is left out."""
        self.unused.update((entry.resource["resourceType"], LEFT_OUT) for entry in entries)

    def identify(self, entry: Entry) -> None:
        """Note whom the identifiers mean by which lines name their patients."""
        for one in tokens(entry.resource) & self.wanted if self.wanted else ():
            self.identified[one] = key_of(entry)

    def seek(self) -> None:
        """Find by which identifiers lines name their patients."""
        for page in self.pages(f"SELECT raw, file FROM later WHERE type <> 'Patient' AND {UNSORTED}"):
            for entry, found in page:
                self.wanted.update(one for one in self.whose(entry, found) if not one.startswith(PATIENT))
        self.wanted.discard(NOBODY)

    # Lines

    @cached_property
    def asked(self) -> dict[str, Resource]:
        """Every questionnaire, by its address."""
        rows = self.lines.all(f"SELECT raw FROM lines WHERE outcome = '{SHARED}' AND type = 'Questionnaire'")
        return {url: each for (raw,) in rows if (url := (each := orjson.loads(raw)).get("url"))}

    def pages(self, query: str) -> Iterator[list[tuple[Entry, Sheet]]]:
        """Lines as entries, many at once."""
        cursor = self.lines.connection.cursor()
        cursor.execute(query)
        kept: list[tuple[Any, ...]] = []
        while rows := cursor.fetchmany(AT_ONCE):
            whole, kept = apart([*kept, *rows])
            yield [each for raw, file, *_ in whole if (each := self.entry(raw, file))]
        yield [each for raw, file, *_ in kept if (each := self.entry(raw, file))]

    def entry(self, raw: str, file: str) -> tuple[Entry, Sheet] | None:
        """One line as an entry; None, noted, where it is no FHIR after all."""
        try:
            found = sheet(orjson.loads(raw), file)
            return found.entries[0], found
        except orjson.JSONDecodeError as error:
            self.faults.add("lines that are no JSON", RecordError(f"not JSON: {error.msg}", "export it anew", file))
        except RecordError as fault:
            self.faults.add("lines that are no FHIR", fault)
        return None

    def whose(self, entry: Entry, found: Sheet) -> list[str]:
        """Whose a line is: keys of patients, identifiers, or nobody known."""
        try:
            theirs = owners(entry, found)
            if not theirs:
                key_of(entry)
            return theirs
        except (RecordError, *MISSHAPEN):
            return [NOBODY]

    def records(self) -> Iterator[Record]:
        """The facts of the lines that are left, by patient, a few lines at a time."""
        for some in (UNSORTED, f"NOT {UNSORTED}"):
            lines = (
                f"SELECT raw, file, {TOGETHER} AS whose FROM later WHERE type <> 'Patient' AND {some} ORDER BY whose"
            )
            for page in self.pages(lines):
                theirs: dict[str, list[Entry]] = defaultdict(list)
                for entry, found in page:
                    for owner in self.sorted(entry, found):
                        theirs[owner].append(entry)
                yield from self.charts(theirs, some == UNSORTED)
        for patient, (kinds, unused) in self.early.items():
            gone = patient in self.faults.refused
            self.unused.update(Counter({(kind, LEFT_OUT): kinds[kind] for kind in kinds}) if gone else unused)

    def sorted(self, entry: Entry, found: Sheet) -> Iterator[str]:
        """The patients of a line; one that is nobody's is counted, or a fault."""
        kind = entry.resource["resourceType"]
        whose = self.whose(entry, found)
        if not whose:
            self.unused[
                kind, NOT_FACTS.get(kind, "about no patient" if kind in READERS else "this type is not read")
            ] += 1
        named = {self.identified.get(owner, owner) for owner in whose}
        patients = {owner[len(PATIENT) :] for owner in named if owner.startswith(PATIENT)}
        if whose and not patients:
            self.faults.add("resources about nobody who is known", unresolved(entry))
        yield from patients

    def charts(self, theirs: dict[str, list[Entry]], early: bool) -> Iterator[Record]:
        """The facts of some patients' lines."""
        keys = {key for entries in theirs.values() for entry in entries for key in referred(entry.resource)}
        beside = self.beside(keys | {f"{PATIENT}{one}" for one in theirs})
        for patient, entries in theirs.items():
            record = self.record(patient, entries, beside) if patient not in self.faults.refused else None
            if record is None:
                self.leave(entries)
                continue
            self.unread.update(record.unread)
            if early:
                kinds, unused = self.early[patient]
                kinds.update(entry.resource["resourceType"] for entry in entries)
                unused.update(record.unused)
            else:
                self.unused.update(record.unused)
            yield record

    def record(self, patient: str, entries: list[Entry], beside: dict[tuple[str, str], Resource]) -> Record | None:
        """The facts of some lines of a patient; None, noted, where they cannot be used."""
        own = f"{PATIENT}{patient}"
        who = self.versions.get(patient) or beside.get((patient, own)) or beside.get(("", own))
        if who is None and patient in self.in_documents:
            self.refuse_both(patient)
        elif who is None:
            self.strangers.setdefault(patient, stranger(entries[0], own))
        else:
            found = Beside(beside, self.asked, patient)
            try:
                return LineChart([Entry(who), *entries], patient, found, self.habits).record()
            except RecordError as fault:
                self.faults.add("patients refused", fault, patient)
            except (ValueError, *MISSHAPEN):
                self.faults.add("patients refused", misshapen(entries[0]), patient)
        return None

    def beside(self, keys: set[str]) -> dict[tuple[str, str], Resource]:
        """What lines refer to, by patient and key: whole where it is kept, else what it is and what it stands for."""
        found: dict[tuple[str, str], Resource] = {}
        query = (
            "SELECT coalesce(patient, ''), \"key\", type, system, code, more, status, sureness, why, raw FROM lines "
            'WHERE "key" IN (SELECT unnest(?))'
        )
        for patient, key, kind, system, code, more, status, sureness, why, raw in self.lines.all(query, sorted(keys)):
            if raw is not None:
                found["" if kind == "Patient" else patient, key] = orjson.loads(raw)
                continue
            given = [(system, code), *((each["system"], each["code"]) for each in more or ())]
            coded = tuple(Coding(each or "", one) for each, one in given if one) if kind in SINGLY_CODED else ()
            standing = Standing(status or "done", sureness or "sure", why or "")
            found[patient, key] = {"resourceType": kind, CODES: coded, STANDS: standing}
        return found


def apart(rows: list[tuple[Any, ...]]) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Rows that are whole, and those of the last patient, of whom more may follow."""
    last = rows[-1][2:]
    place = (
        next((place for place in range(len(rows), 0, -1) if rows[place - 1][2:] != last), 0) if last != (None,) else 0
    )
    return (rows[:place], rows[place:]) if last and place else (rows, [])
