"""Whose is what in a source of many patients, found in a first pass that keeps only places; then patient by patient.

A Bundle or a list that holds one Patient is that patient's, whole: nothing of another may be in it. All else (the
lines of a bulk export, pages of searches, a Bundle of several patients) is sorted by its subjects.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

from gradeline.errors import RecordError
from gradeline.records.facts import Record
from gradeline.records.fhir.chart import PEOPLE, READERS, Chart
from gradeline.records.fhir.elements import Resource, everything
from gradeline.records.fhir.entries import MISSHAPEN, Entry, Sheet, called, key_in, key_of, sheet, sought, tokens
from gradeline.records.fhir.files import Page, Pages, Source
from gradeline.records.habits import USUAL, Habits
from gradeline.records.meanings import NOT_FACTS

Report = Callable[[RecordError], None]
REFERRED = frozenset({"Medication", "PractitionerRole", "HealthcareService", "Organization", "Questionnaire"})
"""Types that belong to no patient, and that a patient's resources refer to for what they say."""
PATIENT, NOBODY = "Patient/", "?"
NO_ID = "one of several Patients has no id"
CHOOSE = "choose one by its id, with `--patient ID`, or take them all, with `--all`"


def stop(fault: RecordError) -> None:
    """Without another wish the first error ends the reading."""
    raise fault


class Extract:
    """Patient data that was opened: the patients in it, each one's record, and what belongs to none of them."""

    def __init__(self, source: Source, report: Report = stop, habits: Habits = USUAL) -> None:
        self.pages, self.report, self.habits = Pages(source), report, habits
        self.places: dict[str, array[int]] = {}
        """By patient the numbers of the pages that hold what is theirs."""
        self.patients: dict[str, int] = {}
        """The patients that are described, and the page that does it."""
        self.shared: dict[str, int] = {}
        self.sought: dict[str, array[int]] = {}
        """By identifier the pages of what names its patient so, and then the patient."""
        self.identified: dict[str, str] = {}
        self.deleted: set[str] = set()
        self.resources = 0
        """How many resources belong to no patient."""
        self.unused: Counter[tuple[str, str]] = Counter()
        """Those resources, by type and why they are not used."""
        self.latest: tuple[int, Sheet] = (-1, Sheet([], set(), []))
        with ExitStack() as opened:
            opened.callback(self.close)
            for page in self.pages:
                self.look(page)
            self.identify()
            opened.pop_all()

    # The first pass

    def look(self, page: Page) -> None:
        """Note whose the resources of a page are."""
        try:
            if page.fault:
                raise page.fault
            found = sheet(page.document, page.where)
            self.latest = page.number, found
            self.deleted |= found.deleted
            holder = holder_of(found, page.number)
            if holder is not None:
                self.patients.setdefault(holder, page.number)
                self.add(holder, page.number)
            else:
                self.sort(found, page.number)
        except RecordError as fault:
            self.report(fault)
        except MISSHAPEN:
            self.report(RecordError("not shaped as FHIR R4 says", "validate it against FHIR R4", page.where))

    def add(self, patient: str, number: int) -> None:
        """Note that a page holds something of a patient."""
        if patient not in self.places:
            self.places[patient] = array("L")
        if number not in self.places[patient][-1:]:
            self.places[patient].append(number)

    def sort(self, found: Sheet, number: int) -> None:
        """Note for each resource of a page whose it is, or that it is nobody's."""
        for entry in found.entries:
            try:
                self.place(entry, found, number)
            except RecordError as fault:
                self.report(fault)
            except MISSHAPEN:
                self.report(RecordError("not shaped as FHIR R4 says", "validate it against FHIR R4", entry.where))

    def place(self, entry: Entry, found: Sheet, number: int) -> None:
        """Note whose one resource of a page is."""
        theirs = owners(entry, found)
        for owner in theirs:
            if owner.startswith(PATIENT):
                self.add(owner[len(PATIENT) :], number)
            elif owner == NOBODY:
                self.report(unresolved(entry))
            else:
                self.sought.setdefault(owner, array("L")).append(number)
        if entry.resource["resourceType"] == "Patient":
            self.patients.setdefault(key_of(entry)[len(PATIENT) :], number)
        elif not theirs:
            self.leave(entry, number)

    def leave(self, entry: Entry, number: int) -> None:
        """Count a resource that is nobody's; what others refer to can be found again."""
        kind, key = entry.resource["resourceType"], key_of(entry)
        self.resources += 1
        self.unused[kind, NOT_FACTS.get(kind, "about no patient" if kind in READERS else "this type is not read")] += 1
        if kind in REFERRED:
            self.shared[key] = number
        if kind == "Questionnaire" and entry.resource.get("url"):
            self.shared[entry.resource["url"]] = number

    def identify(self) -> None:
        """Give what names its patient by an identifier to the patient who has it, and take out who was deleted."""
        for patient, number in self.patients.items() if self.sought else ():
            for identifier in tokens(self.resource(f"{PATIENT}{patient}", number) or {}) & self.sought.keys():
                self.identified[identifier] = f"{PATIENT}{patient}"
                self.places[patient] = array("L", sorted({*self.places[patient], *self.sought.pop(identifier)}))
        for number in sorted({number for numbers in self.sought.values() for number in numbers}):
            found = self.sheet(number)
            for entry in found.entries:
                whose = known_owners(entry, found)
                if whose and not any(one.startswith(PATIENT) or one in self.identified for one in whose):
                    self.report(unresolved(entry))
        for key in self.deleted & {f"{PATIENT}{patient}" for patient in self.patients}:
            del self.patients[key[len(PATIENT) :]]
            gone = len(self.places.pop(key[len(PATIENT) :]))
            self.resources += gone
            self.unused["Patient", "deleted"] += gone

    # The second pass

    def sheet(self, number: int) -> Sheet:
        """The resources of a page, read again unless it was the last one."""
        if self.latest[0] != number:
            page = self.pages[number]
            self.latest = number, sheet(page.document, page.where)
        return self.latest[1]

    def resource(self, key: str, number: int) -> Resource | None:
        """One resource of a page, by its key or its canonical address."""
        entries = self.sheet(number).entries
        return next((one.resource for one in entries if key in (called(one), one.resource.get("url"))), None)

    def fetched(self, key: str) -> Resource | None:
        """A resource that belongs to no patient."""
        return self.resource(key, self.shared[key]) if key in self.shared else None

    def choose(self, patient: str | None) -> str:
        """The patient who is asked for, or the only one; RecordError where that cannot be said."""
        among = f"{len(self.patients)} patients" if len(self.patients) > 1 else "one patient"
        if not self.patients:
            raise RecordError("there is no Patient in it", "export the Patient with the record", self.pages.name)
        if patient is not None:
            chosen = patient.removeprefix(PATIENT)
            if chosen not in self.patients:
                raise RecordError(f"there is no {PATIENT}{chosen} in it, which holds {among}", CHOOSE, self.pages.name)
            return chosen
        if len(self.patients) > 1:
            raise RecordError(f"it holds {among}, and none was chosen", CHOOSE, self.pages.name)
        for stranger in self.places.keys() - self.patients.keys():
            raise self.unknown(stranger)
        return next(iter(self.patients))

    def unknown(self, patient: str) -> RecordError:
        """That something is about a patient who is not described."""
        entry = next(iter(self.theirs(patient)[0]))
        what = f"{called(entry)} is about {PATIENT}{patient}, who is not in this data"
        return RecordError(what, "export the Patient with it, or take it out", entry.where)

    def without_id(self, number: int) -> RecordError:
        """That a Patient cannot be told from others."""
        return RecordError(NO_ID, "give each its id", self.pages[number].where)

    def theirs(self, patient: str) -> tuple[list[Entry], Counter[tuple[str, str]]]:
        """All entries that are a patient's, and the gaps of the pages that they are on."""
        entries: list[Entry] = []
        gaps: Counter[tuple[str, str]] = Counter()
        for number in self.places[patient]:
            found = self.sheet(number)
            gaps.update(found.gaps)
            whole = len(found.entries) == 1 or holder_of(found, number) == patient
            entries += found.entries if whole else (one for one in found.entries if self.belongs(one, found, patient))
        if self.deleted:
            entries = [one._replace(gone="deleted") if key_of(one) in self.deleted else one for one in entries]
        return entries, gaps

    def belongs(self, entry: Entry, found: Sheet, patient: str) -> bool:
        """Whether a resource of a page with several patients' resources is this one's."""
        return f"{PATIENT}{patient}" in {self.identified.get(one, one) for one in known_owners(entry, found)}

    def record(self, patient: str) -> Record:
        """One patient's record; where it is the only one, with the account of what belongs to nobody."""
        if patient not in self.patients:
            raise self.unknown(patient)
        if patient.startswith("~") and len(self.patients) > 1:
            raise self.without_id(self.patients[patient])
        try:
            entries, gaps = self.theirs(patient)
            record = Chart(entries, patient, self.fetched, self.habits).record()
        except (ValueError, *MISSHAPEN):
            where = self.pages[self.patients[patient]].where
            raise RecordError("not shaped as FHIR R4 says", "validate it against FHIR R4", where) from None
        record.unread.update(gaps)
        others = 0
        if len(self.patients) == 1:
            record.unused.update(self.unused)
            others = self.resources
        day = self.sheet(self.patients[patient]).day
        return replace(record, day=day, resources=record.resources + others) if day or others else record

    def close(self) -> None:
        """Close the files."""
        self.pages.close()

    def __iter__(self) -> Iterator[Record]:
        for patient in {**self.patients, **self.places}:
            try:
                record = self.record(patient)
            except RecordError as fault:
                self.report(fault)
            else:
                yield record


def owners(entry: Entry, found: Sheet) -> list[str]:
    """Whose a resource is: keys of patients, the identifiers by which it seeks them, or nobody known."""
    resource = entry.resource
    kind = resource["resourceType"]
    if kind == "Patient" and not key_of(entry):
        raise RecordError(NO_ID, "give each its id", entry.where)
    if kind == "Patient":
        return [key_of(entry)]
    subject = resource.get("subject")
    text = subject.get("reference") or "" if type(subject) is dict else ""
    if text.startswith(PATIENT) and text.count("/") == 1:
        return [text]
    paths = (READERS[kind].where.subject,) if kind in READERS else PEOPLE
    references = [reference for path in paths for reference in everything(resource, path)]
    whose = [owner for reference in references for owner in named(reference, entry, found)]
    things = [key_in(reference.get("reference") or "") or reference.get("type") for reference in references]
    return [NOBODY] if kind in READERS and references and not whose and not any(things) else whose


def known_owners(entry: Entry, found: Sheet) -> list[str]:
    """Whose a resource is; nobody's where that cannot be read, which was reported when the page was sorted."""
    try:
        return owners(entry, found)
    except (RecordError, *MISSHAPEN):
        return []


def named(reference: Resource, entry: Entry, found: Sheet) -> set[str]:
    """The patient whom one reference names: a key, or identifiers."""
    text = reference.get("reference") or ""
    if text.startswith("#"):
        contained = entry.resource.get("contained") or ()
        return {one for inside in contained if inside.get("id") == text[1:] for one in tokens(inside)}
    links = {other.url: key_of(other) for other in found.entries if other.url} if "urn:" in text else {}
    key = links.get(text) or ("" if "?" in text else key_in(text))
    if key:
        return {key} if key.startswith(PATIENT) else set()
    return {sought(reference)} - {""}


def unresolved(entry: Entry) -> RecordError:
    """That a resource is about nobody who is known here; an identifier is never repeated."""
    what = f"the subject of {called(entry)} is not in this data"
    return RecordError(what, "export the Patient with it, or take it out", entry.where)


def holder_of(found: Sheet, number: int) -> str | None:
    """The one Patient of a page, whose everything on it then is; None where there is none, or several."""
    people = [key_of(one) for one in found.entries if one.resource["resourceType"] == "Patient" and not one.gone]
    if len(set(people)) != 1 or (len(people) > 1 and not people[0]):
        return None
    return people[0][len(PATIENT) :] or f"~{number}"
