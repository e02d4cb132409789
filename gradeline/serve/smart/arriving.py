"""A launch that comes back: the code becomes a token, the token a record; then the token is forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import orjson

from gradeline.errors import RecordError
from gradeline.model.guideline import Guideline
from gradeline.records import fhir
from gradeline.records.facts import Record
from gradeline.serve.client.addresses import Gatekeeper
from gradeline.serve.client.reader import Reader, Resource, UnreadError
from gradeline.serve.config import Config, Outgoing
from gradeline.serve.hooks.call.calls import ID
from gradeline.serve.hooks.call.keys import Key, wanted
from gradeline.serve.hooks.call.prefetch import fetch, unlinked
from gradeline.serve.smart.discovery import granted
from gradeline.serve.smart.launches import Launch
from gradeline.serve.wire.outcomes import RefusalError

AGAIN = "launch it again"
Choose = Callable[[str], Guideline]
"""The guideline of an id, or where none is named the first that may be used."""


@dataclass(frozen=True)
class Arrived:
    """What a launch brought: the record, what of it was not read, and whether to show whose it is."""

    record: Record
    unread: tuple[Key, ...]
    banner: str = ""
    """Name, birth date and id, where the record system does not show them around our page."""
    guideline: str = ""
    language: str = ""


async def arrive(launch: Launch, code: str, config: Config, choose: Choose) -> Arrived:
    """Exchange the code and read the record for the guideline that the launch is about; RefusalError otherwise."""
    given = await token(launch, code, config)
    about = context(given.get("appContext"))
    guideline = choose(str(about.get("guideline", "")))
    patient, bearer = given.get("patient"), given.get("access_token")
    kind = given.get("token_type")
    if not isinstance(bearer, str) or not isinstance(kind, str) or kind.lower() != "bearer":
        raise RefusalError(502, "the record system gives no bearer token", AGAIN)
    if not isinstance(patient, str) or not ID.fullmatch(patient):
        raise RefusalError(502, "the record system names no patient", "choose a patient there, and launch again")
    scope = given.get("scope") if isinstance(given.get("scope"), str) else ""
    reading = Arriving(launch, bearer, patient, str(scope))
    found = await reading.read(config, wanted(guideline), given.get("need_patient_banner") is not False)
    return replace(found, guideline=guideline.id, language=str(about.get("lang", "")))


def context(text: object) -> dict[str, Any]:
    """What our card said of the launch, if it was passed on: the guideline and the language."""
    try:
        found = orjson.loads(text) if isinstance(text, str) else None
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


async def token(launch: Launch, code: str, config: Config) -> dict[str, Any]:
    """The answer of the token endpoint: the verifier proves that the code is ours."""
    parts = urlsplit(launch.doors.token)
    origin = f"{parts.scheme}://{parts.netloc}"
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": launch.redirect,
        "client_id": launch.launcher.client_id,
        "code_verifier": launch.verifier,
    }
    try:
        async with Reader(origin, "", Gatekeeper([origin], config.networks), config.outgoing) as reader:
            return await reader.post(launch.doors.token, form)
    except UnreadError as fault:
        raise RefusalError(502, f"the record system gives no token: {fault.why}", AGAIN) from None


class Arriving:
    """Reads one patient with one token, which goes to the launch's own FHIR server alone."""

    def __init__(self, launch: Launch, bearer: str, patient: str, scope: str) -> None:
        self.launch, self.bearer, self.patient, self.scope = launch, bearer, patient, scope

    async def read(self, config: Config, keys: tuple[Key, ...], banner: bool) -> Arrived:
        """The record as far as it may be read."""
        iss = self.launch.launcher.iss
        gatekeeper = Gatekeeper([iss], config.networks)
        async with Reader(iss, self.bearer, gatekeeper, config.outgoing) as reader:
            found = await self.all(reader, keys, config.outgoing)
        unread = tuple(key for key in keys if key.name not in found)
        missing = [key.name for key in unread if key.required]
        if missing:
            raise RefusalError(502, f"the record system does not let us read: {', '.join(missing)}", AGAIN)
        try:
            pages = unlinked([page for pages in found.values() for page in pages])
            record = fhir.record(pages, patient=self.patient)
        except RecordError as fault:
            raise RefusalError(502, f"the record system: {fault.what}", fault.cure) from None
        return Arrived(record, unread, person(found["patient"][0]) if banner else "")

    async def all(self, reader: Reader, keys: tuple[Key, ...], limits: Outgoing) -> dict[str, list[Resource]]:
        """Every key that the scope lets us read, and that is given."""
        found: dict[str, list[Resource]] = {}
        turns = asyncio.Semaphore(4)

        async def one(key: Key) -> None:
            async with turns:
                try:
                    found[key.name] = await fetch(reader, key, None, self.patient)
                except UnreadError:
                    return

        allowed = [key for key in keys if granted(self.scope, key.query.partition("?")[0].partition("/")[0])]
        try:
            async with asyncio.timeout(limits.seconds * 3):
                await asyncio.gather(*map(one, allowed))
        except TimeoutError:
            return found
        return found


def person(patient: Resource) -> str:
    """Whose record it is: name, birth date, id."""
    names = patient.get("name")
    name = names[0] if isinstance(names, list) and names and isinstance(names[0], dict) else {}
    given = name.get("given") if isinstance(name.get("given"), list) else []
    whole = name.get("text") or " ".join(str(each) for each in [*(given or []), name.get("family") or ""])
    parts = (str(whole).strip(), str(patient.get("birthDate") or ""), str(patient.get("id") or ""))
    return ", ".join(part for part in parts if part)[:200]
