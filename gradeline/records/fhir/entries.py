"""Resources out of a JSON document of FHIR: of a Bundle of any type, a list, or one alone; each key once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from gradeline.dates import Day
from gradeline.errors import RecordError
from gradeline.records.fhir.elements import Resource, everything, token
from gradeline.records.fhir.samples import named_day
from gradeline.records.meanings import RESOURCES

CURE = "Gradeline reads FHIR R4 as JSON: a Bundle, a resource, a list of resources, or one on each line"
ORDINARY = RESOURCES - {"Bundle", "OperationOutcome"}
NESTED = 8
"""Bundles inside Bundles: answers to a batch of searches are two deep."""
MISSHAPEN = (TypeError, AttributeError, KeyError, IndexError, RecursionError)
"""What Python says where an object, a list or a text stands in the place of another."""


class Entry(NamedTuple):
    """One resource of the source, the address that its Bundle gives it, where it stands, and why it no longer holds."""

    resource: Resource
    url: str = ""
    page: str = ""
    number: int = 0
    gone: str = ""

    @property
    def where(self) -> str:
        """Where it stands, for people."""
        return ", ".join(filter(None, (self.page, f"entry {self.number}" if self.number else "")))


class Sheet(NamedTuple):
    """The resources of one document, the keys that it deletes, and what it says of its own gaps."""

    entries: list[Entry]
    deleted: set[str]
    gaps: list[tuple[str, str]]
    """By type and reason, as a record's account of what was not read."""
    day: Day | None = None
    """The day that a sample names."""


def sheet(document: Any, page: str) -> Sheet:
    """All resources of one JSON document; RecordError where it is no FHIR R4."""
    found = Sheet([], set(), [], named_day(document))
    try:
        if type(document) is dict and document.get("resourceType") in ORDINARY:
            return Sheet([Entry(document, page=page)], set(), [])
        unpack(document, found, Entry({}, page=page), NESTED)
    except MISSHAPEN:
        raise RecordError("not shaped as a FHIR Bundle or resource", CURE, page) from None
    return found


def unpack(document: Any, found: Sheet, at: Entry, depth: int) -> None:
    """Add the resources of a document, or of one nested in it, to the sheet."""
    if not depth:
        raise RecordError("Bundles are nested too deeply", "export the resources in one Bundle", at.where)
    if type(document) is list:
        for number, one in enumerate(document, 1):
            unpack(one, found, at._replace(number=number), depth - 1)
        return
    kind = resource_type(document, at)
    if kind != "Bundle":
        found.entries.append(at._replace(resource=document))
        found.gaps.extend(failures(document))
        return
    if document.get("implicitRules"):
        raise RecordError("the Bundle follows implicit rules, which cannot be read", "export it without", at.where)
    if any(link.get("relation") == "next" for link in document.get("link") or ()):
        found.gaps.append(("Bundle", "further pages that are not here"))
    listed = document.get("entry") or ()
    if document.get("type") == "history":
        unpack_history(listed, found, at)
    else:
        unpack_entries(listed, found, at, depth)


def unpack_entries(listed: Iterable[Resource], found: Sheet, at: Entry, depth: int) -> None:
    """Add the entries of a Bundle; what it deletes is noted, and a Bundle in it is unpacked too."""
    for number, entry in enumerate(listed, 1):
        resource, url = entry.get("resource"), entry.get("fullUrl") or ""
        if "request" in entry and entry["request"].get("method") == "DELETE":
            found.deleted.add(key_in(entry["request"].get("url") or ""))
        elif resource is None:
            continue
        elif resource.get("resourceType") in ORDINARY:
            found.entries.append(Entry(resource, url, at.page, number))
        else:
            unpack(resource, found, at._replace(number=number, url=url), depth - 1)


def unpack_history(listed: Iterable[Resource], found: Sheet, at: Entry) -> None:
    """Add the resources of a history, whose newest versions come first: the older ones are gone."""
    seen: set[str] = set()
    for number, entry in enumerate(listed, 1):
        resource, request = entry.get("resource"), entry.get("request") or {}
        here = Entry(resource or {}, entry.get("fullUrl") or "", at.page, number)
        if resource:
            resource_type(resource, here)
        key = key_of(here) if resource else key_in(request.get("url") or "")
        if request.get("method") == "DELETE" and key not in seen:
            found.deleted.add(key)
        if resource:
            gone = "deleted" if key in found.deleted else "an older version" if key in seen else ""
            found.entries.append(here._replace(gone=gone))
        seen.add(key)


def resource_type(resource: Any, at: Entry) -> str:
    """The type of a resource; RecordError where it is none of FHIR R4."""
    kind = resource.get("resourceType") if type(resource) is dict else None
    if type(kind) is not str:
        raise RecordError("JSON, but no FHIR: there is no resourceType", CURE, at.where)
    if kind not in RESOURCES:
        raise RecordError(f"FHIR R4 knows no resourceType {kind[:40]!r}", "export as FHIR R4 (4.0.1)", at.where)
    return kind


def failures(resource: Resource) -> list[tuple[str, str]]:
    """That a search reports an error: the record may not be whole."""
    if resource["resourceType"] != "OperationOutcome":
        return []
    severe = any(issue.get("severity") in ("error", "fatal") for issue in resource.get("issue") or ())
    return [("Bundle", "a part that the search failed to give")] if severe else []


# Keys and addresses


def key_of(entry: Entry) -> str:
    """A resource's key, `Observation/7`: by its id, else by the address in its Bundle; empty where it has neither."""
    own = entry.resource.get("id")
    if not own:
        own = entry.url.rpartition(":")[2] if entry.url.startswith("urn:") else ""
    if type(own) is not str:
        what = f"the id of a {entry.resource['resourceType']} is no text"
        raise RecordError(what, "write it in quotes, as FHIR R4 says", entry.where)
    return f"{entry.resource['resourceType']}/{own}" if own else ""


def called(entry: Entry) -> str:
    """What a message calls a resource: its key, else its type."""
    kind, own = entry.resource["resourceType"], entry.resource.get("id")
    return f"{kind}/{own}" if own and type(own) is str else str(kind)


def nameless(resource: Resource) -> str:
    """The key of a resource without an id: what it says names it, so that the same content is one."""
    digest = blake2b(repr(resource).encode("utf-8", "replace"), digest_size=8).hexdigest()
    return f"{resource['resourceType']}/~{digest}"


@lru_cache(maxsize=1 << 14)
def key_in(address: str) -> str:
    """The key that an address names, relative or absolute, of one version or of all; empty where it names none.

    >>> key_in("https://example.org/fhir/Condition/7/_history/2")
    'Condition/7'
    """
    parts = (address.partition("/_history/")[0] if "/_history/" in address else address).split("/")
    return "/".join(parts[-2:]) if len(parts) > 1 and parts[-1] and parts[-2][:1].isupper() else ""


def base_of(address: str) -> str:
    """The server that an absolute address names: what stands before type and id."""
    return address.partition("/_history/")[0].rpartition("/")[0].rpartition("/")[0] if "://" in address else ""


def sought(reference: Resource) -> str:
    """The identifier by which a reference seeks its target: given beside it, or in it (`Patient?identifier=s|v`)."""
    _, question, search = (reference.get("reference") or "").partition("?identifier=")
    if question:
        return str(search)
    return token(reference["identifier"]) if reference.get("identifier") else ""


def tokens(resource: Resource) -> set[str]:
    """All identifiers of a resource."""
    given = [identifier for identifier in everything(resource, "identifier") if type(identifier) is dict]
    return {token(identifier) for identifier in given if identifier.get("value")}


# Versions


def newest(entries: Iterable[Entry], unused: Counter[tuple[str, str]]) -> tuple[dict[str, Entry], dict[str, str]]:
    """Each key once, in its newest version, and the key of every address; what is left out is counted."""
    kept: dict[str, Entry] = {}
    links: dict[str, str] = {}
    for entry in entries:
        resource, url, _, _, why = entry
        key = key_of(entry) or nameless(resource)
        if url:
            links[url] = key
        if not why and key not in kept:
            kept[key] = entry
            continue
        if not why:
            why, kept[key] = repeated(kept[key], entry, key)
        unused[resource["resourceType"], why] += 1
    return kept, links


def repeated(one: Entry, other: Entry, key: str) -> tuple[str, Entry]:
    """Which of two resources with one key holds, and why the other does not; RecordError where nothing tells."""
    if one.resource == other.resource:
        return "the same resource again", one
    a, b = version(one.resource), version(other.resource)
    if a is None or b is None or type(a) is not type(b) or a == b:
        raise RecordError(
            f"two different resources are called {key}, and neither says that it is the newer (meta.lastUpdated)",
            f"keep one of them; the other is at {one.where or 'an earlier place'}",
            other.where,
        )
    return "an older version", one if a > b else other  # type: ignore[operator]


def version(resource: Resource) -> datetime | int | None:
    """By what the versions of a resource are ordered: the instant of the last change, else the server's number."""
    meta = resource.get("meta") or {}
    changed, number = meta.get("lastUpdated"), meta.get("versionId") or ""
    if changed:
        instant = datetime.fromisoformat(changed)
        return instant if instant.tzinfo else None
    return int(number) if number.isdecimal() else None
