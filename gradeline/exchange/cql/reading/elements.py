"""The elements of one FHIR type as phrases of CQL, by the table of where each type keeps what a fact needs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gradeline.exchange.cql.text import quoted
from gradeline.records.mapping import Where
from gradeline.records.meanings import NOTHING_OBSERVED, OVER
from gradeline.records.standings import Standing, Standings

CHOICE = re.compile(r"(DateTime|Period|Instant|Timing|Age|Range|String)$")
CODINGS = {"Encounter.class", "ImagingStudy.series.bodySite", "ImagingStudy.series.laterality"}
"""Elements that are a Coding by themselves; all others that carry codes are concepts."""
SINGLE = {
    "Encounter.class", "Encounter.serviceType", "Encounter.partOf", "MedicationAdministration.request",
    "MedicationRequest.performerType", "MedicationRequest.priorPrescription", "ServiceRequest.performerType",
    "ImagingStudy.procedureReference", "Procedure.location", "ImagingStudy.location",
}  # fmt: skip
"""Elements of which a resource has one at most, where a list is wanted."""
PLAIN_PERIODS = {"Encounter.period": "R.period", "Appointment.requestedPeriod": "(R.requestedPeriod[0])"}
KEYWORDS = {"start", "end", "code", "date", "time", "display", "version", "context", "contains", "is", "as", "class"}


def path(dotted: str, root: str = "R") -> str:
    """An element, however deep; names that CQL keeps for itself in quotes."""
    return ".".join([root, *(f'"{part}"' if part in KEYWORDS else part for part in dotted.split("."))])


def token(standing: Standing) -> str | None:
    """What a standing is called in the library; None for what is no fact."""
    if standing.why:
        return "withdrawn" if standing.undone else None
    if standing.undone:
        return "not done"
    return ("perhaps " if standing.sureness == "possible" else "") + standing.status


class Element:
    """One type of FHIR; `R` is the resource in its query."""

    def __init__(self, type: str, where: Where, root: str = "R") -> None:
        self.type, self.where, self.root = type, where, root

    # What it is

    def codings(self, paths: Iterable[str]) -> str:
        """All codings at these paths, as one list."""
        made = [self._codings(each) for each in paths]
        if len(made) == 1:
            return made[0]
        lists = [f"Coalesce({each}, {NO_CODINGS})" for each in made]
        return "flatten { " + ", ".join(lists) + " }" if lists else NO_CODINGS

    def _codings(self, dotted: str) -> str:
        whole = f"{self.type}.{dotted}"
        at = path(dotted, self.root) if dotted else self.root
        if dotted.endswith("CodeableConcept"):
            return f"({path(dotted.removesuffix('CodeableConcept'), self.root)} as FHIR.CodeableConcept).coding"
        if whole in CODINGS:
            return f'"As codings"({at})' if whole in SINGLE else at
        return f"{at}.coding"

    def concepts(self, paths: Iterable[str]) -> str:
        """All concepts at these paths, as one list."""
        made = [f'"As list"({path(p)})' if f"{self.type}.{p}" in SINGLE else path(p) for p in paths]
        return " union ".join(made) or "List<FHIR.CodeableConcept>{ }"

    def references(self, paths: Iterable[str]) -> str:
        """All references at these paths, as one list."""
        made = [f'"As references"({path(p)})' if f"{self.type}.{p}" in SINGLE else path(p) for p in paths]
        if len(made) == 1:
            return made[0]
        lists = [f"Coalesce({each}, {NO_REFERENCES})" for each in made]
        return "flatten { " + ", ".join(lists) + " }" if lists else NO_REFERENCES

    # What it stands for

    def standing(self) -> str:
        """What its status makes of it; null for what is no fact."""
        missing = token(self.where.missing)
        if self.where.status == "verificationStatus":
            return concept_standing(self.where.statuses, missing)
        chosen = cases(self.where.statuses, f"{path(self.where.status, self.root)}.value")
        made = f"if {path(self.where.status, self.root)} is null then {text(missing)} else {chosen}"
        if self.where.forbids:
            made = f"if {path(self.where.forbids)}.value then 'not done' else {made}"
        if self.where.intents:
            intents = ", ".join(map(quoted, self.where.intents))
            made = f"if Coalesce(R.intent.value, '') in {{ {intents} }} then null else {made}"
        return made

    def refused(self) -> str:
        """Whether the patient's own reason is given for what was not done."""
        paths = [each for each in self.where.refusals + self.where.reasons if "://" not in each]
        made = [f'"Refused"({self.codings([each])})' for each in paths]
        made += [f"exists (R.extension Why where Why.url.value = {quoted(each)}\n          "
                 'and "Refused"((Why.value as FHIR.CodeableConcept).coding))'
                 for each in self.where.refusals if "://" in each]  # fmt: skip
        return " or ".join(made) or "false"

    # When it was

    def moment(self, name: str, once: bool = False) -> str | None:
        """One element as days; None for what is not read (ranges, words)."""
        found = CHOICE.search(name)
        whole = f"{self.type}.{name}"
        period = "Some time in" if once or whole == "Appointment.requestedPeriod" else "Course"
        if whole in PLAIN_PERIODS:
            return f'"{period}"({PLAIN_PERIODS[whole]}."start".value, {PLAIN_PERIODS[whole]}."end".value)'
        if not found:
            return f'"Moment"({path(name, self.root)}.value)'
        base = path(name.removesuffix(found[1]), self.root)
        if found[1] in ("DateTime", "Instant"):
            kind = {"DateTime": "dateTime", "Instant": "instant"}[found[1]]
            return f'"Moment"(({base} as FHIR.{kind}).value)'
        if found[1] == "Period":
            as_period = f"({base} as FHIR.Period)"
            return f'"{period}"({as_period}."start".value, {as_period}."end".value)'
        if found[1] == "Timing":
            return f'"First of timing"({base} as FHIR.Timing)'
        if found[1] == "Age":
            return f'"At age"(({base} as FHIR.Age).value.value, ({base} as FHIR.Age)."code".value)'
        return None

    def first(self, names: Iterable[str], once: bool = False) -> str:
        """The first of these elements that is there and can be read."""
        made = [each for name in names if (each := self.moment(name, once))]
        return made[0] if len(made) == 1 else "Coalesce(" + ",\n          ".join(made) + ")" if made else NO_MOMENT

    def ended(self) -> str:
        """When it ended: the last day that it may be; the beginning where it is over since an unknown day."""
        if not self.where.until:
            return "moment.until"
        over = ", ".join(sorted(quoted(each.code) for each in OVER))
        base = path(self.where.until[0].removesuffix("DateTime"))
        status = f"{path(self.where.over)}.coding"
        return (
            f"Coalesce({self.first(self.where.until, once=True)}.last,\n          "
            f'if {base} is not null or exists ({status} Over where Over."code".value in {{ {over} }}) '
            'then "Beginning" else null)'
        )

    # What it says

    def told(self) -> str:
        """Its value, or the judgement in place of one."""
        if not self.where.values:
            return '"Told"(null, null, null, null, null, true, List<FHIR.Coding>{ })'
        value = path("value", self.root)
        kinds = ("Quantity", "CodeableConcept", "boolean", "integer", "string")
        read = ", ".join(f"{value} as FHIR.{kind}" for kind in kinds)
        return f'"Told"({read},\n          {value} is not null, {self._codings(self.where.judged)})'

    def nothing_observed(self) -> str:
        """Whether a value is missing because nothing was looked for."""
        why = ", ".join(sorted(quoted(each.code) for each in NOTHING_OBSERVED))
        absent = self._codings(self.where.absent)
        return f'({path("value", self.root)} is null and exists ({absent} Why where Why."code".value in {{ {why} }}))'

    def unobserved(self) -> str:
        """Whether a value is missing, for whatever reason."""
        return f"({path('value', self.root)} is null and exists ({self._codings(self.where.absent)}))"


NO_REFERENCES, NO_CODINGS = "List<FHIR.Reference>{ }", "List<FHIR.Coding>{ }"
NO_MOMENT = '"Moment"(null as System.DateTime)'


def text(token: str | None) -> str:
    """A token, or null."""
    return quoted(token) if token else "null"


def cases(statuses: Standings, value: str) -> str:
    """A table of statuses as a choice; what is no fact is null."""
    by: dict[str, list[str]] = {}
    for status, standing in statuses.items():
        if (called := token(standing)) is not None:
            by.setdefault(called, []).append(status)
    lines = [
        f"when {value} in {{ {', '.join(map(quoted, each))} }} then {quoted(called)}" for called, each in by.items()
    ]
    return "case\n          " + "\n          ".join(lines) + "\n          else null end"


def concept_standing(statuses: Standings, missing: str | None) -> str:
    """A status that is a concept: by the first code that is known, else by what its codings answer."""
    listed = ", ".join(map(quoted, statuses))
    code = f'First(R.verificationStatus.coding Verified where Verified."code".value in {{ {listed} }}).code.value'
    return (
        f"if R.verificationStatus is null then {text(missing)}\n        "
        f"else if {code} is not null then {cases(statuses, code)}\n        "
        'else "By answer"(R.verificationStatus.coding)'
    )
