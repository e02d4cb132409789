"""The record of a call: what was prefetched, completed from the FHIR server, and what stays unread."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gradeline.errors import RecordError
from gradeline.records import fhir
from gradeline.records.facts import Record
from gradeline.serve.client.reader import Reader, Resource, UnreadError, next_page
from gradeline.serve.hooks.call.calls import Call
from gradeline.serve.hooks.call.keys import Key
from gradeline.serve.state import State
from gradeline.serve.wire.outcomes import RefusalError

AT_ONCE = 4
"""So many requests to one FHIR server at a time."""
SECURE = (
    "send it in `prefetch`, or send `fhirServer` and `fhirAuthorization`, and name the server in [outgoing] servers"
)


@dataclass
class Gathered:
    """What was read for one call, by key, and why other keys were not."""

    given: dict[str, list[Resource]] = field(default_factory=dict)
    fetched: dict[str, list[Resource]] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)

    def resources(self) -> list[Resource]:
        """Everything, as one source of a single patient's data."""
        pages = {**self.given, **self.fetched}
        return [page for found in pages.values() for page in found]


async def gather(state: State, call: Call, keys: Sequence[Key]) -> Gathered:
    """Take what was prefetched, and read the rest where that is allowed."""
    found = Gathered()
    for key in keys:
        take(found, key, call.prefetch)
    if found.unread and call.server:
        await complete(state, call, [key for key in keys if key.name in found.unread], found)
    for key in keys:
        if key.required and key.name in found.unread and not (found.given.get(key.name) and key.name != "patient"):
            raise RefusalError(412, f"the key `{key.name}`: {found.unread[key.name]}", SECURE, f"prefetch.{key.name}")
    return found


def take(found: Gathered, key: Key, prefetch: Mapping[str, Any]) -> None:
    """One key as it was prefetched; what is missing, null, an error or only a part is noted."""
    value = prefetch.get(key.name)
    if value is None:
        found.unread[key.name] = "null was sent for it" if key.name in prefetch else "it was not sent"
        return
    kind, wanted = value["resourceType"], key.query.partition("?")[0].partition("/")[0]
    if kind == "OperationOutcome":
        found.unread[key.name] = "the record system sent an error in its place"
    elif kind == wanted:
        found.given[key.name] = [value]
    elif kind == "Bundle" and not key.read:
        found.given[key.name] = [value]
        why = gap(value)
        if why:
            found.unread[key.name] = why
    else:
        cure = f"its query is {key.query}"
        raise RefusalError(400, f"the prefetch `{key.name}` is no {wanted}", cure, f"prefetch.{key.name}")


def gap(bundle: Resource) -> str:
    """What of a search is not there."""
    if next_page(bundle):
        return "only a page of it was sent"
    entries = bundle.get("entry") or ()
    listed = entries if type(entries) is list else ()
    resources = [entry.get("resource") for entry in listed if type(entry) is dict]
    failed = [one for one in resources if type(one) is dict and one.get("resourceType") == "OperationOutcome"]
    return "the search failed in part" if any(map(severe, failed)) else ""


def severe(resource: Resource) -> bool:
    """Whether an OperationOutcome tells of an error."""
    issues = resource.get("issue") or ()
    return any(type(one) is dict and one.get("severity") in ("error", "fatal") for one in issues)


async def complete(state: State, call: Call, keys: Sequence[Key], found: Gathered) -> None:
    """Read what is missing, a few searches at a time, within the time that there is."""
    limits, turns = state.config.outgoing, asyncio.Semaphore(AT_ONCE)
    try:
        reader = Reader(call.server, call.token, state.gatekeeper, limits)
    except UnreadError as refused:
        for key in keys:
            found.unread[key.name] += f"; {refused.why}"
        return

    async def one(key: Key) -> None:
        async with turns:
            try:
                found.fetched[key.name] = await fetch(reader, key, found.given.get(key.name), call.patient)
                del found.unread[key.name]
            except UnreadError as failed:
                found.unread[key.name] += f"; {failed.why}"

    async with reader:
        try:
            async with asyncio.timeout(limits.seconds):
                await asyncio.gather(*map(one, keys))
        except TimeoutError:
            for key in keys:
                if key.name in found.unread:
                    found.unread[key.name] += "; the FHIR server did not answer in time"


async def fetch(reader: Reader, key: Key, begun: list[Resource] | None, patient: str) -> list[Resource]:
    """One key from the server: its further pages where a first was sent, else all of it."""
    if key.read:
        resource = await reader.read(key.asked(patient))
        if resource["resourceType"] != "Patient":
            raise UnreadError("the FHIR server sends something else")
        return [resource]
    if begun and next_page(begun[0]):
        return await reader.follow(begun[0])
    pages = await reader.search(key.asked(patient))
    if any(page["resourceType"] != "Bundle" or gap(page) == "the search failed in part" for page in pages):
        raise UnreadError("the FHIR server sends something else")
    return pages


def record(call: Call, found: Gathered) -> Record:
    """The one patient's record; RefusalError where anything in it is another's, or is not FHIR."""
    try:
        return fhir.record(unlinked(found.resources()), patient=call.patient)
    except RecordError as fault:
        status = 502 if found.fetched and sound(call, found) else 400
        where = "the FHIR server" if status == 502 else "the prefetch"
        raise RefusalError(status, f"{where}: {fault.what}", fault.cure) from None


def unlinked(pages: Sequence[Resource]) -> list[Resource]:
    """Pages without their links: what lies on further pages was read, or is told as unread."""
    return [
        {name: value for name, value in page.items() if name != "link"} if "link" in page else page for page in pages
    ]


def sound(call: Call, found: Gathered) -> bool:
    """Whether what was prefetched is in order by itself, so that the server's part is at fault."""
    try:
        fhir.record(unlinked([page for pages in found.given.values() for page in pages]), patient=call.patient)
    except RecordError as fault:
        return "there is no Patient" in fault.what
    return True
