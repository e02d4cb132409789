"""The definitions that can be read and searched: PlanDefinition, ActivityDefinition, Library of every guideline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gradeline.exchange.canonical import EXAMPLE, Canonical
from gradeline.exchange.fhir import Edition, resources
from gradeline.exchange.package import logic
from gradeline.model.guideline import Guideline
from gradeline.serve.state import Shelved, State
from gradeline.serve.wire.outcomes import RefusalError

Plain = dict[str, Any]
TYPES = ("PlanDefinition", "ActivityDefinition", "Library")
TEXTS = ("name", "title", "publisher", "description")
EXACT = ("_id", "url", "version", "status", "experimental")
PARAMETERS = (*EXACT, *TEXTS)
RESULTS = ("_count", "_offset", "_format")
MOST = 200


class Catalog:
    """Every definition of every guideline, made when it is first asked for."""

    def __init__(self, state: State) -> None:
        self.state, self.made = state, dict[str, list[Plain]]()

    def edition(self, shelved: Shelved) -> Edition:
        """One guideline under our address."""
        address = self.state.config.address.rstrip("/")
        base = Canonical(f"{address}/fhir" if address else EXAMPLE)
        return Edition(shelved.guideline, base, shelved.file.read_bytes(), logic(shelved.guideline, base))

    def of(self, shelved: Shelved) -> list[Plain]:
        """The definitions of one guideline."""
        id = shelved.guideline.id
        if id not in self.made:
            found = resources(self.edition(shelved))
            self.made[id] = [each for each in found if each["resourceType"] in TYPES]
        return self.made[id]

    def all(self, kind: str) -> Iterator[Plain]:
        """Every definition of one type."""
        for shelved in self.state.shelf.values():
            yield from (each for each in self.of(shelved) if each["resourceType"] == kind)

    def read(self, kind: str, id: str) -> Plain:
        """One definition; RefusalError (404) where there is none."""
        found = next((each for each in self.all(known(kind)) if each["id"] == id), None)
        if found is None:
            raise RefusalError(404, f"there is no {kind}/{id[:64]}", f"search with /fhir/{kind}")
        return found

    def search(self, kind: str, asked: Sequence[tuple[str, str]], self_url: str) -> Plain:
        """The definitions that a search finds, as a Bundle."""
        known(kind)
        given = dict(asked)
        strange = [name for name in given if name.partition(":")[0] not in (*PARAMETERS, *RESULTS)]
        if strange:
            raise RefusalError(
                400, f"a search by `{strange[0][:64]}` is not known", f"search by {', '.join(PARAMETERS)}"
            )
        found = [each for each in self.all(kind) if all(holds(each, name, value) for name, value in asked)]
        start, count = number(given, "_offset", 0), min(number(given, "_count", MOST), MOST)
        shown = found[start : start + count]
        entries = [{"fullUrl": each["url"], "resource": each, "search": {"mode": "match"}} for each in shown]
        made: Plain = {"resourceType": "Bundle", "type": "searchset", "total": len(found)}
        made["link"] = [{"relation": "self", "url": self_url}]
        return made | ({"entry": entries} if entries else {})

    def plan(self, id: str, url: str) -> tuple[Shelved, str]:
        """The guideline that a PlanDefinition belongs to, and the recommendation, empty where it is the whole."""
        wanted, _, version = url.partition("|")
        for shelved in self.state.shelf.values():
            for each in self.of(shelved):
                same = each["id"] == id if id else each["url"] == wanted and version in ("", each["version"])
                if each["resourceType"] == "PlanDefinition" and same:
                    return shelved, recommendation(shelved.guideline, each["id"])
        cure = "call /fhir/PlanDefinition/ID/$apply, or give its `url`; search with /fhir/PlanDefinition"
        raise RefusalError(404, "there is no such PlanDefinition", cure)


def recommendation(guideline: Guideline, id: str) -> str:
    """The recommendation of a PlanDefinition's id."""
    return id.removeprefix(guideline.id).removeprefix("-")


def known(kind: str) -> str:
    """A type that we have; RefusalError (404) for any other."""
    if kind not in TYPES:
        raise RefusalError(404, f"there are no resources of the type {kind[:64]!r} here", f"read {', '.join(TYPES)}")
    return kind


def holds(resource: Mapping[str, Any], name: str, value: str) -> bool:
    """Whether a definition fits one parameter of a search; texts as FHIR compares them, by their beginning."""
    name, _, modifier = name.partition(":")
    if name in RESULTS:
        return True
    if modifier not in ("", "exact", "contains"):
        raise RefusalError(400, f"the modifier `:{modifier[:20]}` is not known", "use none, :exact or :contains")
    own = str(resource.get("id" if name == "_id" else name, ""))
    own = own.lower() if own in ("True", "False") else own
    if name in EXACT:
        return own in value.split(",")
    if modifier == "exact":
        return own == value
    return value.lower() in own.lower() if modifier == "contains" else own.lower().startswith(value.lower())


def number(given: Mapping[str, str], name: str, default: int) -> int:
    """A whole number of a search."""
    value = given.get(name, str(default))
    if not value.isdecimal() or not value.isascii() or len(value) > 6:
        raise RefusalError(400, f"`{name}` is no whole number", f"write {name}=20")
    return int(value)
