"""One call of a hook, read strictly where a mistake could reach a patient, and kindly where it cannot."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from gradeline.serve.hooks.discovery import ORDER_HOOKS
from gradeline.serve.wire.outcomes import RefusalError

Plain = dict[str, Any]
ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
CURE = "see the HL7 specification of CDS Hooks 2.0, and our samples"


@dataclass(frozen=True)
class Call:
    """What a record system sends: who looks at whom, what it prefetched, where the rest can be read."""

    hook: str
    instance: str
    patient: str
    prefetch: Mapping[str, Any]
    server: str = ""
    token: str = ""
    drafts: tuple[Plain, ...] = ()
    notes: list[str] = field(default_factory=list)
    """What was forgiven: for the integrator."""


def wrong(what: str, where: str, cure: str = CURE) -> RefusalError:
    """That the call is not what CDS Hooks says."""
    return RefusalError(400, what, cure, where)


def read(document: Any, hooks: tuple[str, ...]) -> Call:
    """The call of one service; RefusalError where it is none."""
    if type(document) is not dict:
        raise wrong("the body is no JSON object", "")
    notes: list[str] = []
    hook = text(document, "hook", "hook")
    if hook not in hooks:
        raise wrong(f"this service has the hooks {' and '.join(hooks)}", "hook", "call the service of this hook")
    context = table(document, "context")
    server, token = access(document)
    return Call(
        hook,
        instance(document, notes),
        patient(context, hook, notes),
        {key: value for key, value in (table(document, "prefetch", {})).items() if shaped(key, value)},
        server,
        token,
        drafted(context, hook, notes) if hook in ORDER_HOOKS else (),
        notes,
    )


def text(given: Mapping[str, Any], name: str, where: str) -> str:
    """A text that must be there."""
    value = given.get(name)
    if type(value) is not str or not value.strip():
        raise wrong(f"`{where}` is missing, or is no text", where)
    return value


def table(given: Mapping[str, Any], name: str, default: Plain | None = None) -> Plain:
    """An object; where there is none, the default, if that will do."""
    value = given.get(name)
    if value is None and default is not None:
        return default
    if type(value) is not dict:
        raise wrong(f"`{name}` is missing, or is no object", name)
    return value


def instance(document: Plain, notes: list[str]) -> str:
    """The id of this use of the hook."""
    found = text(document, "hookInstance", "hookInstance")
    try:
        UUID(found)
    except ValueError:
        notes.append("hookInstance is no UUID")
    return found[:64]


def bare(value: str, type: str, where: str, notes: list[str]) -> str:
    """A FHIR id without the type that some put before it."""
    found = value.removeprefix(f"{type}/")
    if found != value:
        notes.append(f"{where} has `{type}/` before the id")
    if not ID.fullmatch(found):
        raise wrong(f"`{where}` is no FHIR id", where)
    return found


def patient(context: Plain, hook: str, notes: list[str]) -> str:
    """Who the call is about; the other ids of the context must be sound too."""
    text(context, "userId", "context.userId")
    if hook == "encounter-start" or context.get("encounterId") is not None:
        bare(text(context, "encounterId", "context.encounterId"), "Encounter", "context.encounterId", notes)
    return bare(text(context, "patientId", "context.patientId"), "Patient", "context.patientId", notes)


def access(document: Plain) -> tuple[str, str]:
    """The FHIR server of the call and the token for it."""
    server = document.get("fhirServer")
    if server is not None and type(server) is not str:
        raise wrong("`fhirServer` is no text", "fhirServer")
    if document.get("fhirAuthorization") is None:
        return server or "", ""
    given = table(document, "fhirAuthorization")
    if not server:
        raise wrong("`fhirAuthorization` without `fhirServer`", "fhirServer")
    token = text(given, "access_token", "fhirAuthorization.access_token")
    if not token.isascii() or not token.isprintable() or len(token) > 20_000:
        raise wrong("the access token is no bearer token", "fhirAuthorization.access_token")
    return server, token


def shaped(key: str, value: Any) -> bool:
    """Whether a prefetched value is there; RefusalError where it cannot be FHIR at all."""
    if value is None:
        return False
    if type(value) is not dict or type(value.get("resourceType")) is not str:
        raise wrong(f"the prefetch `{key[:64]}` is no FHIR resource", f"prefetch.{key[:64]}")
    return True


def drafted(context: Plain, hook: str, notes: list[str]) -> tuple[Plain, ...]:
    """The draft orders: all when they are signed, the newly selected ones before."""
    bundle = table(context, "draftOrders")
    entries = bundle.get("entry")
    if bundle.get("resourceType") != "Bundle" or type(entries if entries is not None else []) is not list:
        raise wrong("`context.draftOrders` is no Bundle", "context.draftOrders")
    resources = tuple(resource(entry, number) for number, entry in enumerate(entries or ()))
    if hook == "order-sign":
        return resources
    selected = context.get("selections")
    if type(selected) is not list or not all(type(each) is str for each in selected):
        raise wrong("`context.selections` is missing, or is no list of texts", "context.selections")
    return tuple(chosen(each, resources, notes) for each in dict.fromkeys(selected))


def resource(entry: Any, number: int) -> Plain:
    """The resource of one entry."""
    found = entry.get("resource") if type(entry) is dict else None
    where = f"context.draftOrders.entry[{number}].resource"
    if type(found) is not dict or type(found.get("resourceType")) is not str:
        raise wrong(f"`{where}` is no FHIR resource", where)
    if found.get("id") is not None and (type(found["id"]) is not str or not ID.fullmatch(found["id"])):
        raise wrong(f"`{where}.id` is no FHIR id", where)
    return found


def chosen(selected: str, resources: tuple[Plain, ...], notes: list[str]) -> Plain:
    """The draft that a selection names, by type and id, or kindly by the id alone."""
    kind, slash, id = selected.rpartition("/")
    if not slash:
        notes.append("a selection has no type before its id")
    for each in resources:
        if each.get("id") == id and kind in ("", each["resourceType"]):
            return each
    raise wrong(
        "a selection is not among the draft orders", "context.selections", "send each selected order as a draft"
    )
