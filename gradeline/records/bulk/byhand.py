"""The lines that SQL leaves: `fhir/` reads each as one of its patient's, with what it refers to beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import orjson

from gradeline.codes import Coding
from gradeline.errors import RecordError
from gradeline.records.bulk.faults import Faults
from gradeline.records.bulk.lines import Lines
from gradeline.records.bulk.select import PERSON, SHARED
from gradeline.records.facts import Record
from gradeline.records.fhir.chart import READERS, Chart
from gradeline.records.fhir.elements import Resource
from gradeline.records.fhir.entries import MISSHAPEN, Entry, Sheet, key_in, key_of, sheet, tokens
from gradeline.records.fhir.extract import NOBODY, PATIENT, owners, unresolved
from gradeline.records.fhir.persons import patient as person
from gradeline.records.habits import Habits, local
from gradeline.records.meanings import NOT_FACTS
from gradeline.records.standings import Standing

AT_ONCE = 10_000
"""Lines that are read together: what they refer to is looked up for all of them at once."""
UNSORTED = "(coalesce(patient, '') = '' OR patient[1] = '~')"
"""Lines that do not say plainly whose they are."""
CODES, STANDS = "~codings", "~standing"
SINGLY_CODED = frozenset(
    name for name, reader in READERS.items() if reader.where.codes[:1] in (("code",), ("medicationCodeableConcept",))
)


class LineChart(Chart):
    """A chart of a few lines of a patient; of the others it knows what they are and what their status means."""

    def codings_of(self, resource: Resource | None) -> tuple[Coding, ...]:
        """What a resource that is referred to is."""
        return resource[CODES] if resource and CODES in resource else super().codings_of(resource)

    def standing_of(self, resource: Resource | None) -> Standing:
        """What the status of a resource that is referred to makes of it."""
        return resource[STANDS] if resource and STANDS in resource else super().standing_of(resource)


class ByHand:
    """Reads patients, and the lines that are left."""

    def __init__(self, lines: Lines, habits: Habits, faults: Faults) -> None:
        self.lines, self.habits, self.faults = lines, habits, faults
        self.unused: Counter[tuple[str, str]] = Counter()
        self.unread: Counter[tuple[str, str]] = Counter()
        self.identified: dict[str, str] = {}
        self.wanted: set[str] = set()
        """Identifiers by which lines name their patient."""

    # Who

    def people(self) -> Iterator[Record]:
        """Every Patient that SQL left and that may be used, without facts."""
        self.seek()
        for page in self.pages("SELECT raw, file FROM later WHERE type = 'Patient'"):
            for entry, _ in page:
                try:
                    read = person(self.zoned(entry))._replace(observed=self.habits.observed)
                except RecordError as fault:
                    self.faults.add("patients refused", fault, str(entry.resource.get("id") or ""))
                    continue
                except (ValueError, *MISSHAPEN):
                    self.faults.add("patients refused", misshapen(entry), str(entry.resource.get("id") or ""))
                    continue
                self.identify(entry)
                yield Record(read)
        for page in self.pages(f"SELECT raw, file FROM once WHERE outcome = '{PERSON}'") if self.wanted else ():
            for entry, _ in page:
                self.identify(entry)

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

    def zoned(self, entry: Entry) -> Entry:
        """An entry as the clocks of its source's zone would write it."""
        return entry._replace(resource=local(entry.resource, self.habits.zone)) if self.habits.zone else entry

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
            return owners(entry, found)
        except MISSHAPEN:
            return [NOBODY]

    def records(self) -> Iterator[Record]:
        """The facts of the lines that are left, by patient, a few lines at a time."""
        for page in self.pages("SELECT raw, file, patient FROM later WHERE type <> 'Patient' ORDER BY patient"):
            theirs: dict[str, list[Entry]] = defaultdict(list)
            for entry, found in page:
                for owner in self.sorted(entry, found):
                    theirs[owner].append(entry)
            yield from self.charts(theirs)

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
            self.faults.add("resources about nobody who is known", nobody(entry))
        yield from patients

    def charts(self, theirs: dict[str, list[Entry]]) -> Iterator[Record]:
        """The facts of some patients' lines."""
        keys = {key for entries in theirs.values() for entry in entries for key in referred(entry.resource)}
        beside = self.beside(keys | {f"{PATIENT}{one}" for one in theirs})
        for patient, entries in theirs.items():
            who = beside.get((patient, f"{PATIENT}{patient}")) or beside.get(("", f"{PATIENT}{patient}"))
            if who is None or patient in self.faults.refused:
                continue
            try:
                chart = LineChart([Entry(who), *entries], patient, Beside(beside, self.asked, patient), self.habits)
                record = chart.record()
            except RecordError as fault:
                self.faults.add("patients refused", fault, patient)
            except (ValueError, *MISSHAPEN):
                self.faults.add("patients refused", misshapen(entries[0]), patient)
            else:
                self.unused.update(record.unused)
                self.unread.update(record.unread)
                yield record

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


def nobody(entry: Entry) -> RecordError:
    """That a line is about nobody who is known."""
    try:
        return unresolved(entry)
    except MISSHAPEN:
        return misshapen(entry)


def misshapen(entry: Entry) -> RecordError:
    """That an object, a list or a text stands where another belongs."""
    return RecordError("not shaped as FHIR R4 says", "validate it against FHIR R4", entry.where)


def apart(rows: list[tuple[Any, ...]]) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Rows that are whole, and those of the last patient, of whom more may follow."""
    last = rows[-1][2:]
    place = (
        next((place for place in range(len(rows), 0, -1) if rows[place - 1][2:] != last), 0) if last != (None,) else 0
    )
    return (rows[:place], rows[place:]) if last and place else (rows, [])


class Beside:
    """Finds what a patient's lines refer to: theirs, else what belongs to nobody."""

    def __init__(self, found: dict[tuple[str, str], Resource], asked: dict[str, Resource], patient: str) -> None:
        self.found, self.asked, self.patient = found, asked, patient

    def __call__(self, key: str) -> Resource | None:
        """The resource of a key, or of a questionnaire's address."""
        return self.found.get((self.patient, key)) or self.found.get(("", key)) or self.asked.get(key)


def referred(value: Any) -> Iterator[str]:
    """The keys of everything that a resource refers to."""
    if type(value) is dict:
        reference = value.get("reference")
        if type(reference) is str and key_in(reference):
            yield key_in(reference)
        for one in value.values():
            yield from referred(one)
    elif type(value) is list:
        for one in value:
            yield from referred(one)
