"""One resource as its main fact, read as the table in `mapping.py` says; `surroundings.py` adds what is seldom there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from gradeline.codes import Coding
from gradeline.dates import BEGINNING, END, SOME_DAY, Day, Interval
from gradeline.records.facts import Fact
from gradeline.records.fhir import elements
from gradeline.records.fhir.elements import Notes, Resource, Said, Span
from gradeline.records.mapping import DECLINED, DONE, NEGATED, PERHAPS_DONE, Standing, Where
from gradeline.records.meanings import NOTHING_OBSERVED, OVER

if TYPE_CHECKING:
    from gradeline.records.fhir.chart import Chart

NOTHING = Said()
UNUSABLE = {"modifierExtension": "a modifier extension", "implicitRules": "implicit rules"}
"""What may turn a statement round in a way that we cannot read."""
STANDINGS = {"yes": DONE, "no": NEGATED, "unknown": PERHAPS_DONE}
SpanReaders = list[tuple[str, Callable[[Any, Notes], Span | None]]]


class Dates(NamedTuple):
    """When a statement holds, its end, when it was recorded, and whether an onset was given."""

    when: Interval = SOME_DAY
    until: Day | None = None
    time: str = ""
    recorded: Interval | None = None
    onset: bool = False


class Reader:
    """Reads the resources of one type, or the parts of one; the table is looked through once, here."""

    def __init__(self, where: Where) -> None:
        self.where = where
        self.statuses: dict[Any, Standing] = {**where.statuses, None: where.missing}
        self.code = where.codes[0] if len(where.codes) == 1 else ""
        self.onsets = span_readers(where.onset, elements.WINDOWS)
        self.spans = span_readers(where.when, elements.SPANS)
        self.ends = span_readers(where.until, elements.WINDOWS)
        self.values = [(name, elements.VALUES.get(name, elements.read_other)) for name in where.values]
        self.seldom = seldom(where)
        self.parts = Reader(where.parts) if where.parts else None

    def fact(self, resource: Resource, key: str, standing: Standing, dates: Dates, chart: Chart) -> Fact:
        """What the resource, or the part of it, states."""
        said = self.said(resource, chart.notes) if self.values else NOTHING
        return self.stated(key, self.codings(resource, chart), said, standing, dates)

    def stated(self, key: str, codings: tuple[Coding, ...], said: Said, standing: Standing, dates: Dates) -> Fact:
        """A fact, of what it is, what its value says, what it stands for and its dates."""
        if said.answer != "yes":
            standing = standing._replace(**DOUBT[said.answer])
        when, until, time, recorded, onset = dates
        known = when.first if recorded is None else recorded.first
        side = elements.side(codings) if any("TUL" in one.code for one in codings) else None
        return Fact(
            key, self.where.kind, codings, standing.status, standing.sureness, when, known,
            recorded is None and when is not SOME_DAY, until, said.value, standing.declined, not onset, time,
            side=side, text=said.text,
        )  # fmt: skip

    # What it stands for

    def standing(self, resource: Resource, chart: Chart) -> Standing:
        """What its status makes of it: planned, done, negated, or, with a why, no fact."""
        where = self.where
        given = resource.get(where.status)
        found = self.by_concept(given) if type(given) is dict else self.statuses.get(given)
        if found is None:
            return Standing(why=f"the unknown status {str(given)[:30]!r}")
        if found.undone and self.refused(resource, chart):
            return DECLINED
        if found.why:
            return found
        if where.intents and resource.get("intent") in where.intents:
            return where.intents[resource["intent"]]
        if where.forbids and resource.get(where.forbids) is True:
            return DECLINED if self.refused(resource, chart) else NEGATED
        return found

    def by_concept(self, status: Resource) -> Standing:
        """The standing of a status that is a concept: by FHIR's code, else by what another coding answers."""
        found = elements.codings(status)
        known = next((self.statuses[one.code] for one in found if one.code in self.statuses), None)
        return known or (STANDINGS[elements.answer(found)] if found else PERHAPS_DONE)

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
        concept = resource.get(self.code)
        if type(concept) is dict:
            return elements.codings(concept)
        if not self.where.codes:
            return elements.codings(resource)
        found = elements.concepts(resource, self.where.codes)
        if not found and self.where.coded_by in resource:
            found = chart.codings_of(resource[self.where.coded_by])
        return found

    def dates(self, resource: Resource, notes: Notes, standing: Standing) -> Dates:
        """When it was or will be, its end, and when it was recorded."""
        where = self.where
        onset = first(self.onsets, resource, notes)[1] if self.onsets else None
        name, span = ("", onset) if onset is not None else first(self.spans, resource, notes)
        when, until, time = span or (SOME_DAY, None, "")
        if self.ends:
            until = self.end(resource, notes)
        if name in where.known and where.kind == "order" and standing.status == "done":
            when = Interval(when.first, END)  # An order that is done, and does not say when: on its own day or later.
        for name in where.known:
            if resource.get(name):
                return Dates(when, until, time, elements.moment(resource[name]).when, onset is not None)
        return Dates(when, until, time, None, onset is not None)

    def end(self, resource: Resource, notes: Notes) -> Day | None:
        """The day on which it was over, the last that is possible; BEGINNING where that is not known."""
        name, span = first(self.ends, resource, notes)
        if span:
            return span.when.last
        over = name or any(one in OVER for one in elements.codings(resource.get(self.where.over) or {}))
        return BEGINNING if over else None

    def said(self, resource: Resource, notes: Notes) -> Said:
        """Its value, and whether that, or the judgement in place of one, is a no."""
        for name, read in self.values:
            given = resource.get(name)
            if given is not None:
                return read(given, notes)
        judged = elements.concepts(resource, (self.where.judged,)) if self.where.judged in resource else ()
        return Said(answer=elements.answer(judged)) if judged else NOTHING

    def unobserved(self, resource: Resource) -> Standing | None:
        """What a missing value means: that nothing was looked for, or that nobody knows; None where none is missing."""
        reasons = elements.codings(resource.get(self.where.absent) or {})
        if not reasons or any(name in resource for name in self.where.values):
            return None
        nothing = next((one.code for one in reasons if one in NOTHING_OBSERVED), None)
        return Standing(why=f"no value: {nothing}") if nothing else PERHAPS_DONE


DOUBT: dict[str, dict[str, Any]] = {"no": {"status": "negated"}, "unknown": {"sureness": "possible"}}
"""What an answer other than yes makes of a statement."""


def span_readers(names: tuple[str, ...], kinds: dict[str, Callable[[Any, Notes], Span | None]]) -> SpanReaders:
    """For each element how its type is read: by the end of its name."""
    known = [(name, next((kind for kind in kinds if name.lower().endswith(kind.lower())), "")) for name in names]
    return [(name, kinds.get(kind, elements.read_moment)) for name, kind in known]


def first(readers: SpanReaders, resource: Resource, notes: Notes) -> tuple[str, Span | None]:
    """The first of these elements that is there and can be read; else the name of one that cannot."""
    unread = ""
    for name, read in readers:
        given = resource.get(name)
        if given:
            span = read(given, notes)
            if span:
                return name, span
            unread = name
    return unread, None


def seldom(where: Where) -> frozenset[str]:
    """The elements that most resources lack: where there is none of them, the main fact is all."""
    paths = where.sites + where.sides + where.specialties + where.carers + where.units + where.reasons + where.because
    paths += where.based_on + where.members + (where.part, where.absent, where.about, "contained")
    return frozenset(path.split(".")[0] for path in paths if path)
