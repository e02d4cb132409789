"""One edition of a guideline's artifacts: their addresses and version, and what stands at the head of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from gradeline.errors import UsageError
from gradeline.exchange.canonical import FHIR_NAME, Canonical, camel, named, version_of
from gradeline.exchange.fhir.elements import Json, both, narrative, said
from gradeline.model.guideline import Guideline, Status
from gradeline.model.words import Text

ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
CAPABILITY = "http://hl7.org/fhir/StructureDefinition/cqf-knowledgeCapability"
CRMI = "http://hl7.org/fhir/uv/crmi/StructureDefinition"
SHARED = ("shareable", "publishable")
"""The profiles of CRMI that every artifact meets."""
STATUSES: dict[Status, str] = {
    "in force": "active",
    "not in force": "retired",
    "under review": "active",
    "draft": "draft",
}
"""A guideline under review still holds until its publisher says otherwise."""
DATED = {"PlanDefinition", "ActivityDefinition", "Library", "Measure", "Questionnaire"}
"""The types that say when their content was approved and for which time it holds."""
RELATED = DATED - {"Questionnaire"}
"""The types that name other artifacts and documents."""
PUBLISHER = "The Gradeline authors"
NOTICE = Text(
    "An encoding of {}, in our own words; not published or endorsed by {}. Not a medical device as shipped.",
    "En kodning af {} med vores egne ord; ikke udgivet eller godkendt af {}. Ikke medicinsk udstyr, som det leveres.",
)
LICENCES = "Codes of SNOMED CT, LOINC, ICD-10, ICPC-2 and others stay under their owners' licences."


@dataclass(frozen=True)
class Edition:
    """A guideline to be published under one base address, in one version, from the file that it was read from."""

    guideline: Guideline
    canonical: Canonical
    file: bytes
    cql: Mapping[str, bytes] = field(default_factory=dict)
    """The libraries by their names."""
    elm: Mapping[str, bytes] = field(default_factory=dict)
    """Their translations, where somebody has made them."""

    @property
    def name(self) -> str:
        """The guideline's name, as its library has it: CQL wants it in the library's address."""
        return named(self.guideline)

    @property
    def version(self) -> str:
        """The version of every artifact."""
        return version_of(self.guideline, self.canonical)

    def id(self, *parts: str) -> str:
        """The id of an artifact of this guideline; UsageError where FHIR would not take it."""
        made = "-".join((self.guideline.id, *parts))
        if not ID.fullmatch(made):
            raise UsageError(
                f"`{made}` is no id that FHIR accepts ({len(made)} characters, of at most 64 letters, digits, - and .)",
                "shorten the guideline's id, or the name within it",
            )
        return made

    def url(self, type: str, id: str) -> str:
        """The address of an artifact."""
        return self.canonical.url(type, id)

    def cite(self, type: str, id: str) -> str:
        """The address of an artifact with its version, as other artifacts name it."""
        return f"{self.url(type, id)}|{self.version}"

    def artifact(self, type: str, id: str, title: Text, description: Text, *profiles: str) -> Json:
        """The head of an artifact: who, what, which version, whether it is in force, and which profiles it meets."""
        guideline = self.guideline
        head: Json = {
            "resourceType": type,
            "id": id,
            "meta": {"profile": [*profiles, *(f"{CRMI}/crmi-{each}{type.lower()}" for each in SHARED)]},
            "language": "en",
            "text": narrative(title, description),
            "extension": [{"url": CAPABILITY, "valueCode": each} for each in self.capabilities(type)],
            "url": self.url(type, id),
            "version": self.version,
            "name": fhir_name(id),
            **said("title", title),
            "status": STATUSES[guideline.currency.status],
            "experimental": guideline.invented or not guideline.encoding.reviewed_by,
            "date": guideline.encoding.date.isoformat(),
            "publisher": PUBLISHER,
            **said("description", description),
            "copyright": f"{self.notice.en} {guideline.encoding.licence}. {LICENCES}".replace(" . ", " "),
        }
        return {**head, **(self.times() if type in DATED else {})}

    def capabilities(self, type: str) -> list[str]:
        """What the artifact can do: to compute needs logic, to execute needs its translation."""
        logic = type in ("PlanDefinition", "Measure", "Library")
        return [*SHARED] + ["computable"] * (logic and bool(self.cql)) + ["executable"] * (logic and bool(self.elm))

    @property
    def notice(self) -> Text:
        """Whose words these are, and whose not."""
        guideline = self.guideline
        return both(NOTICE.en, NOTICE.da, guideline.title, guideline.publisher.name)

    def times(self) -> Json:
        """When the guideline was approved, when our encoding of it was last reviewed, and when the guideline holds."""
        currency, encoding = self.guideline.currency, self.guideline.encoding
        ended = currency.since if currency.status == "not in force" else None
        period = {**_day("start", currency.published), **_day("end", ended and ended - timedelta(days=1))}
        return {
            **_day("approvalDate", currency.published),
            **_day("lastReviewDate", encoding.date if encoding.reviewed_by else None),
            **({"effectivePeriod": period} if period else {}),
        }


def _day(key: str, day: date | None) -> Json:
    return {key: day.isoformat()} if day else {}


def fhir_name(id: str) -> str:
    """A name that FHIR and CQL accept, from an id; UsageError where it gives none.

    >>> fhir_name("lumbar-nerve-root-mri")
    'LumbarNerveRootMri'
    """
    name = camel(id)
    if not FHIR_NAME.fullmatch(name):
        raise UsageError(f"the id `{id}` gives no name that FHIR accepts", "begin it with a letter: `leg-pain`")
    return name


def different(resources: list[Json]) -> list[Json]:
    """The same artifacts; UsageError where two of one type have one id or one name."""
    seen: dict[tuple[str, str, str], str] = {}
    for each in resources:
        for key in ("id", "name", "url"):
            if key not in each:
                continue
            place = (each["resourceType"], key, each[key].lower())
            if place in seen:
                raise UsageError(
                    f"`{seen[place]}` and `{each['id']}` would both be the {place[0]} with the {key} `{each[key]}`",
                    "rename one of them in the guideline file",
                )
            seen[place] = each["id"]
    return resources
