"""What one resource, or a part of one, states: read as the table in `mapping.py` says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from gradeline.codes import Coding
from gradeline.dates import BEGINNING, END, SOME_DAY, Day, Interval
from gradeline.records.facts import Fact
from gradeline.records.fhir import elements
from gradeline.records.fhir.elements import NOTHING, Notes, Resource, Said, Side, Span, everything, token
from gradeline.records.mapping import Where
from gradeline.records.meanings import NOTHING_OBSERVED, OVER, UNUSABLE
from gradeline.records.standings import DECLINED, DONE, NEGATED, PERHAPS_DONE, Standing

if TYPE_CHECKING:
    from gradeline.records.fhir.chart import Chart

Read = Callable[[Any, Notes], Span | None] | None
"""How an element's days are read; None for a plain moment."""


Frame = tuple[Standing, Interval, Day | None, str, Interval | None, bool]
"""What holds for a whole resource and, where they say nothing else, for its parts: what it stands for, when it was or
will be, its end, the time of day, when it was recorded (None where nothing says), whether an onset is given."""


class Unused(Exception):
    """A resource that makes no fact; its text says why."""


class Around(NamedTuple):
    """Where on the body, by whom, and what it is based on."""

    unit: str = ""
    specialty: str = ""
    sites: tuple[Coding, ...] = ()
    side: Side | None = None
    of: tuple[str, ...] = ()


PATHS = (
    "onset", "when", "known", "until", "values", "sites", "sides", "specialties", "carers", "units", "reasons",
    "because", "based_on", "members",
)  # fmt: skip
"""Of the table what a resource may leave out without a word."""
NOWHERE, NO_TIME = Around(), Span(SOME_DAY)
MOST_SHAPES = 4096
"""So many ways in which a type is written are remembered."""
STANDINGS = {"yes": DONE, "no": NEGATED, "unknown": PERHAPS_DONE}
ROLES = ("PractitionerRole/", "HealthcareService/")
UNITS_OF_CARE = ("Organization", "Location", "HealthcareService")


class Reader:
    """Reads the resources of one type, or the parts of one; the table is looked through once, here."""

    def __init__(self, where: Where, there: frozenset[str] = frozenset()) -> None:
        self.where, self.kind, self.known = where, where.kind, where.known
        self.status, self.doubts = where.status, bool(where.intents or where.forbids)
        self.statuses: dict[Any, Standing] = {**where.statuses, None: where.missing}
        self.code = where.codes[0] if len(where.codes) == 1 else ""
        self.onsets = [(name, days_of(name, elements.WINDOWS)) for name in where.onset]
        self.spans = [(name, days_of(name, elements.SPANS)) for name in where.when]
        self.ends = [(name, days_of(name, elements.WINDOWS)) for name in where.until]
        self.values = [(name, elements.VALUES.get(name, elements.read_other)) for name in where.values]
        self.around = where.sites + where.sides + where.specialties + where.carers + where.units + where.based_on
        self.why = where.reasons + where.because
        self.beside = there & (heads((where.part, where.absent, where.about)) | UNUSABLE.keys() | {"contained"})
        self.seldom = bool(self.around or self.why or self.beside)
        self.parts = Reader(where.parts) if where.parts else None
        self.narrowed: dict[tuple[str, ...], Reader] = {}

    def of(self, resource: Resource) -> Reader:
        """The reader of all that have the elements of this resource: what they have not, it does not look for."""
        names = tuple(resource)
        found = self.narrowed.get(names)
        if found is None:
            if len(self.narrowed) >= MOST_SHAPES:
                self.narrowed.clear()
            there = frozenset(names)
            found = self.narrowed[names] = Reader(narrowed(self.where, there), there)
        return found

    def fact(self, resource: Resource, key: str, frame: Frame, around: Around, chart: Chart) -> Fact:
        """The fact of a resource, or of a part: what it is, what its value says, its frame and its surroundings."""
        concept = resource.get(self.code)
        codings = elements.codings(concept) if type(concept) is dict else self.codings(resource, chart)
        value, answer, text = self.said(resource, chart.notes)
        (status, sureness, _, _, declined), when, until, time, recorded, onset = frame
        if answer == "no":
            status = "negated"
        elif answer == "unknown":
            sureness = "possible"
        unit, specialty, sites, side, of = around
        if side is None and not elements.SIDED.isdisjoint(codings):
            side = elements.side(codings)
        known, assumed = (when[0], when is not SOME_DAY) if recorded is None else (recorded[0], False)
        return Fact._make((
            key, self.kind, codings, status, sureness, when, known, assumed, until, value, declined, not onset, time,
            unit, specialty, sites, side, of, text,
        ))  # fmt: skip

    # What it stands for

    def standing(self, resource: Resource, chart: Chart) -> Standing:
        """What its status makes of it: planned, done, negated, or, with a why, no fact."""
        given = resource.get(self.status)
        found = self.by_concept(given) if type(given) is dict else self.statuses.get(given)
        if found is None:
            return Standing(why=f"the unknown status {str(given)[:30]!r}")
        if found.undone and self.refused(resource, chart):
            return DECLINED
        return self.doubted(found, resource, chart) if self.doubts and not found.why else found

    def doubted(self, found: Standing, resource: Resource, chart: Chart) -> Standing:
        """What an order stands for, unless it is only proposed, or says what is not to be done."""
        if resource.get("intent") in self.where.intents:
            return self.where.intents[resource["intent"]]
        if self.where.forbids and resource.get(self.where.forbids) is True:
            return DECLINED if self.refused(resource, chart) else NEGATED
        return found

    def by_concept(self, status: Resource) -> Standing:
        """The standing of a status that is a concept: by FHIR's code, else by what another coding answers."""
        found = elements.codings(status)
        for one in found:
            if one.code in self.statuses:
                return self.statuses[one.code]
        return STANDINGS[elements.answer(found)] if found else PERHAPS_DONE

    def refused(self, resource: Resource, chart: Chart) -> bool:
        """Whether the patient's refusal is given as the reason."""
        paths = [path for path in self.where.refusals + self.where.reasons if "://" not in path]
        given = set(elements.concepts(resource, paths))
        for extension in resource.get("extension") or ():
            if extension.get("url") in self.where.refusals:
                given.update(elements.codings(extension.get("valueCodeableConcept") or {}))
        return not given.isdisjoint(chart.refusals)

    # What it says

    def codings(self, resource: Resource, chart: Chart) -> tuple[Coding, ...]:
        """What it is, by its own codes or by those of the resource that it points to."""
        if self.where.codes == ("",):
            return elements.codings(resource)
        found = elements.concepts(resource, self.where.codes)
        if not found and self.where.coded_by in resource:
            found = chart.codings_of(chart.found(resource[self.where.coded_by])[1])
        return found

    def frame(self, resource: Resource, standing: Standing, notes: Notes) -> Frame:
        """When it was or will be, its end, and when it was recorded."""
        name, span = first(self.onsets, resource, notes) if self.onsets else ("", None)
        onset = span is not None
        if span is None:
            name, span = first(self.spans, resource, notes)
        when, until, time = span or NO_TIME
        if self.ends or self.where.over:
            until = self.end(resource, notes)
        if self.kind == "order" and standing.status == "done" and name in self.known:
            when = Interval(when.first, END)  # An order that is done, and does not say when: on its own day or later.
        recorded = None
        for name in self.known:
            given = resource.get(name)
            if given:
                recorded = elements.moment(given)[0]
        return standing, when, until, time, recorded, onset

    def end(self, resource: Resource, notes: Notes) -> Day | None:
        """The day on which it was over, the last that is possible; BEGINNING where that is not known."""
        name, span = first(self.ends, resource, notes)
        if span:
            return span.when.last
        status = resource.get(self.where.over)
        over = name or (status and not OVER.isdisjoint(elements.codings(status)))
        return BEGINNING if over else None

    def said(self, resource: Resource, notes: Notes) -> Said:
        """Its value, and whether that, or the judgement in place of one, is a no."""
        for name, read in self.values:
            given = resource.get(name)
            if given is not None:
                return read(given, notes)
        if self.where.judged in resource:
            judged = elements.concepts(resource, (self.where.judged,))
            return None, elements.answer(judged), ""
        return NOTHING

    def unobserved(self, resource: Resource) -> Standing | None:
        """What a missing value means: that nothing was looked for, or that nobody knows; None where none is missing."""
        reasons = elements.codings(resource.get(self.where.absent) or {})
        if not reasons or any(name in resource for name in self.where.values):
            return None
        nothing = next((one.code for one in reasons if one in NOTHING_OBSERVED), None)
        return Standing(why=f"no value: {nothing}") if nothing else PERHAPS_DONE


def days_of(name: str, kinds: dict[str, Callable[[Any, Notes], Span | None]]) -> Read:
    """How the days of an element are read: by its type, which is the end of its name."""
    return next((read for kind, read in kinds.items() if name.lower().endswith(kind.lower())), None)


def first(readers: list[tuple[str, Read]], resource: Resource, notes: Notes) -> tuple[str, Span | None]:
    """The first of these elements that is there and can be read; else the name of one that cannot."""
    unread = ""
    for name, read in readers:
        given = resource.get(name)
        if given:
            span = elements.moment(given) if read is None else read(given, notes)
            if span:
                return name, span
            unread = name
    return unread, None


def heads(paths: tuple[str, ...]) -> frozenset[str]:
    """The elements with which paths begin."""
    return frozenset(path.split(".")[0] for path in paths if path)


def narrowed(where: Where, there: frozenset[str]) -> Where:
    """A line of the table without the paths whose first element is not there."""
    given: dict[str, tuple[str, ...]] = {name: getattr(where, name) for name in PATHS}
    kept: Any = {name: tuple(path for path in given[name] if path.split(".")[0] in there) for name in PATHS}
    return replace(where, **kept)


# What surrounds it


def surroundings(where: Where, resource: Resource, chart: Chart) -> Around:
    """Site, side, specialty, unit, and the keys of what it is based on."""
    sites = elements.concepts(resource, where.sites) if where.sites else ()
    sides = sites + elements.concepts(resource, where.sides) if where.sides else sites
    based_on = [chart.linked(one) for path in where.based_on for one in everything(resource, path)]
    return Around(
        unit(where, resource, chart) if where.units else "",
        specialty(where, resource, chart) if where.specialties or where.carers else "",
        sites,
        elements.side(sides) if sides else None,
        tuple(filter(None, based_on)) if based_on else (),
    )


def specialty(where: Where, resource: Resource, chart: Chart) -> str:
    """Who gives the care, as `system|code`, else in words: said outright, or the specialty of a role referred to."""
    for path in where.specialties:
        for concept in everything(resource, path):
            coded = elements.codings(concept)
            return f"{coded[0].system}|{coded[0].code}" if coded else str(concept.get("text") or "")
    for path in where.carers:
        for reference in everything(resource, path):
            if chart.target(reference).startswith(ROLES):
                coded = elements.concepts(chart.found(reference)[1] or {}, ("specialty",))
                return f"{coded[0].system}|{coded[0].code}" if coded else ""
    return ""


def unit(where: Where, resource: Resource, chart: Chart) -> str:
    """The unit of care: the key of an organisation or place, or its identifier as `system|value`."""
    for path in where.units:
        for reference in everything(resource, path):
            key = chart.target(reference)
            if key.startswith("PractitionerRole/"):
                key = chart.target((chart.found(reference)[1] or {}).get("organization") or {})
            if key.startswith(UNITS_OF_CARE):
                return key
            if not key and "identifier" in reference:
                return token(reference["identifier"])
    return ""
