"""One patient's resources, put together: whose they are, what refers to what, and the facts that they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from gradeline.codes import Coding
from gradeline.errors import RecordError
from gradeline.records.facts import Fact, Record
from gradeline.records.fhir import persons
from gradeline.records.fhir.elements import ImpossibleDate, Notes, Resource, concepts, everything
from gradeline.records.fhir.entries import MISSHAPEN, Entry, base_of, key_in, newest, sought, tokens
from gradeline.records.fhir.parts import statements
from gradeline.records.fhir.statements import Reader, Unused
from gradeline.records.habits import USUAL, Habits, local
from gradeline.records.mapping import TYPES, Where
from gradeline.records.meanings import NOT_FACTS, REFUSALS, RESOURCES, UNUSABLE
from gradeline.records.standings import DONE, Standing

READERS = {name: Reader(where) for name, where in TYPES.items()}
PEOPLE = ("subject", "patient", "beneficiary")
"""Where types that are not read name their patient: another's must not be there either."""
OF_THE_PATIENT = {"", "BodyStructure", *READERS}
"""What an observation of the patient may be about more closely."""
CODES = ("code", "medicationCodeableConcept")
"""Where a resource that is referred to says what it is."""
Shared = Callable[[str], Resource | None]


def nothing(key: str) -> None:
    """No resource is shared with other patients."""


class Chart:
    """Reads one patient's resources; what several patients share is fetched when it is referred to."""

    def __init__(
        self, entries: Sequence[Entry], patient: str, shared: Shared = nothing, habits: Habits = USUAL
    ) -> None:
        if habits.zone:
            entries = [one._replace(resource=local(one.resource, habits.zone)) for one in entries]
        self.unused: Counter[tuple[str, str]] = Counter()
        self.unread: Counter[tuple[str, str]] = Counter()
        self.size, self.shared, self.refusals = len(entries), shared, REFUSALS | habits.refused
        self.entries, self.links = newest(entries, self.unused)
        self.identified: dict[str, str] | None = None
        self.own = self.key = self.own_key(patient)
        self.root = self.entries[self.own].resource
        self.person = persons.patient(self.entries[self.own])._replace(observed=habits.observed)
        self.notes = Notes(self.unread, self.person.birth)
        self.note = self.notes.note
        self.mine = {self.own, *(url for url, key in self.links.items() if key == self.own)}
        self.reached: set[str] = set()
        self.meant: dict[str, tuple[tuple[Coding, ...], Standing]] = {}

    def own_key(self, patient: str) -> str:
        """The key of the Patient; one without an id is the only one of its Bundle."""
        own = f"Patient/{patient}"
        return own if own in self.entries else next(key for key in self.entries if key.startswith("Patient/"))

    def record(self) -> Record:
        """The patient and all facts, with an account of what was not used."""
        facts: list[Fact] = []
        for key, entry in self.entries.items():
            try:
                facts += self.facts(key, entry.resource)
            except Unused as why:
                self.unused[self.notes.type, str(why)] += 1
            except ImpossibleDate as date:
                what = f"{key}, {place_of(date.args[0], entry.resource)}: there is no date {date.args[0][:40]!r}"
                raise RecordError(what, "write it as 2026-11-23, 2026-11 or 2026", entry.where) from None
            except MISSHAPEN:
                what = f"{key} is not shaped as FHIR R4 says: an object, a list or a text stands where another belongs"
                raise RecordError(what, "validate it against FHIR R4, correct it at its source", entry.where) from None
        return Record(self.person, tuple(facts), self.size, self.unused, self.unread)

    def facts(self, key: str, resource: Resource) -> list[Fact]:
        """The facts of one resource that is not the Patient."""
        kind = resource["resourceType"]
        self.key, self.root, self.notes.type = key, resource, kind
        reader = READERS.get(kind)
        if reader is None:
            self.pass_over(resource)
            return []
        subject = resource.get("subject")
        if not (subject and subject.get("reference") in self.mine):
            self.check_subject(resource, reader.where.subject)
        reader = reader.of(resource)
        if reader.beside:
            self.check_use(resource, reader.where)
        return statements(reader, resource, key, self)

    def pass_over(self, resource: Resource) -> None:
        """Count a resource of a type that makes no facts; not even such a one may be another patient's."""
        for name in PEOPLE:
            reference = resource.get(name)
            if type(reference) is dict and reference.get("reference") not in self.mine:
                other = self.whose(reference)
                if other.startswith("Patient/"):
                    raise self.refusal(other)
        if self.key != self.own:
            self.unused[self.notes.type, NOT_FACTS.get(self.notes.type, "this type is not read")] += 1

    def check_use(self, resource: Resource, where: Where) -> None:
        """Pass over what may be turned round by what we cannot read, or is about another than the patient."""
        for name, why in UNUSABLE.items():
            if resource.get(name):
                raise Unused(why)
        foci = {self.whose(reference) for reference in everything(resource, where.about)} if where.about else set()
        if not foci <= OF_THE_PATIENT:
            raise Unused("about another than the patient")

    # Whose it is

    def check_subject(self, resource: Resource, path: str) -> None:
        """Pass over what is about no patient; RecordError where it is about another patient, or about nobody known."""
        whose = {self.whose(reference) for reference in everything(resource, path)}
        if "" in whose:
            return
        other = next((one for one in whose if one.startswith("Patient/")), min(whose, default=""))
        if not other:
            raise Unused("no subject")
        if other.startswith("Patient/"):
            raise self.refusal(other)
        if other == "?":
            what = f"the subject of {self.key} is not in this record"
            raise RecordError(what, "export the Patient with it, or take it out", self.entries[self.key].where)
        raise Unused(f"about a {other}, not about the patient")

    def whose(self, reference: Resource) -> str:
        """Whom a reference means: this patient (empty), another's key, a thing by its type, or nobody known (`?`)."""
        text, key = reference.get("reference") or "", self.target(reference)
        if text in self.mine or (key == self.own and not self.elsewhere(text)):
            self.mine.update([text] if text else [])
            return ""
        if key.startswith("#"):
            inside = self.within(key) or {}
            kind = inside.get("resourceType")
            return "" if kind == "Patient" and tokens(inside) & tokens(self.entries[self.own].resource) else thing(kind)
        return key if key.startswith("Patient/") else thing(key.partition("/")[0] or reference.get("type"))

    def elsewhere(self, text: str) -> bool:
        """Whether an absolute address names another server than the patient's own."""
        ours, theirs = base_of(self.entries[self.own].url), base_of(text)
        return bool(ours and theirs and ours != theirs)

    def refusal(self, other: str) -> RecordError:
        """The worst error there is."""
        what = f"{self.key} is about {other}, and this is the record of {self.own}"
        cure = "one patient's record must hold no data of another: take it out, or export the record anew"
        return RecordError(what, cure, self.entries[self.key].where)

    # What refers to what

    def target(self, reference: Resource) -> str:
        """The key that a reference names, `#id` for what is inside the resource, empty where it names none."""
        text = reference.get("reference") or ""
        if text.startswith("#") or text in self.links:
            return self.links.get(text, text)
        key = "" if "?" in text else key_in(text)
        if key:
            return key
        identifier = sought(reference)
        if identifier and self.identified is None:
            self.identified = {one: key for key, entry in self.entries.items() for one in tokens(entry.resource)}
        return (self.identified or {}).get(identifier, "")

    def found(self, reference: Resource) -> tuple[str, Resource | None]:
        """The key and the resource that a reference names; one that is not there is noted."""
        key = self.target(reference)
        if key.startswith("#"):
            return f"{self.key}{key}", self.within(key)
        entry = self.entries.get(key)
        resource = entry.resource if entry else self.shared(key) if key else None
        if resource is None and reference.get("reference"):
            self.note("a reference to what is not in this record")
        return key, resource

    def within(self, key: str) -> Resource | None:
        """A resource that stands inside the one that is read."""
        self.reached.add(f"{self.key}{key}")
        return next((one for one in self.root.get("contained") or () if one.get("id") == key[1:]), None)

    def linked(self, reference: Resource) -> str:
        """The key of what a statement is based on; empty where that is no statement of its own."""
        key, _ = self.found(reference)
        return "" if "#" in key else key

    def meaning(self, key: str, resource: Resource | None) -> tuple[tuple[Coding, ...], Standing]:
        """What a resource that is referred to is, and what its status makes of it; worked out once, however often."""
        if key not in self.meant:
            self.meant[key] = self.codings_of(resource), self.standing_of(resource)
        return self.meant[key]

    def codings_of(self, resource: Resource | None) -> tuple[Coding, ...]:
        """What a resource that is referred to is."""
        return concepts(resource, CODES) if resource else ()

    def standing_of(self, resource: Resource | None) -> Standing:
        """What the status of a resource that is referred to makes of it."""
        reader = READERS.get(resource["resourceType"]) if resource else None
        return reader.standing(resource, self) if reader and resource else DONE

    def questionnaire(self, canonical: str) -> Resource | None:
        """The questionnaire of an address, or one inside the resource."""
        if canonical.startswith("#"):
            return self.within(canonical)
        url = canonical.partition("|")[0]
        every = (entry.resource for key, entry in self.entries.items() if key.startswith("Questionnaire/"))
        return next((one for one in every if one.get("url") == url), None) or self.shared(url)

    # What stands inside, and what is not read

    def inside(self, key: str, resource: Resource) -> list[Fact]:
        """The facts of a resource inside the one that is read; its subject, if it names one, must be the same."""
        reader = READERS.get(resource["resourceType"])
        try:
            if reader is None:
                raise Unused("this type is not read")
            if resource.get(reader.where.subject):
                self.check_subject(resource, reader.where.subject)
            self.check_use(resource, reader.where)
            return statements(reader.of(resource), resource, key, self)
        except Unused as why:
            self.note(f"a resource inside it: {why}")
            return []

    def note_contained(self, resource: Resource) -> None:
        """Note what stands inside a resource and nothing refers to."""
        for one in resource["contained"]:
            if one["resourceType"] in READERS and f"{self.key}#{one.get('id')}" not in self.reached:
                self.note(f"{one['resourceType']} inside it, to which nothing refers")


def place_of(text: str, resource: Resource) -> str:
    """The element that holds a text, for a message."""
    waiting: list[tuple[str, object]] = list(resource.items())
    while waiting:
        path, value = waiting.pop()
        if value == text:
            return path
        if isinstance(value, dict):
            waiting += [(f"{path}.{name}", inner) for name, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(path, inner) for inner in value]
    return "a date"


def thing(kind: str | None) -> str:
    """The type of what is no patient; `?` where that is not known."""
    return kind if kind in RESOURCES and kind != "Patient" else "?"
