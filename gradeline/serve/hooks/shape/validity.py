"""What is wrong with a CDS Hooks document by HL7's rules: our answers are held to them, and a demo tells of calls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from gradeline.serve.hooks.call.calls import ID

Fault = tuple[str, str]
"""Where it is, and what is wrong."""
CODES = {
    "indicator": ("info", "warning", "critical"),
    "selectionBehavior": ("at-most-one", "any"),
    "action": ("create", "update", "delete"),
    "link": ("absolute", "smart"),
}
SELECTION = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z0-9\-.]{1,64}")


def discovery(document: Any) -> Iterator[Fault]:
    """What is wrong with a list of services."""
    yield from empty(document, "")
    for at, service in each(document, "services", ""):
        for name in ("hook", "description", "id"):
            yield from texts(service, name, at)
        for name in ("title", "usageRequirements"):
            yield from texts(service, name, at, optional=True)
        prefetch = service.get("prefetch", {})
        for key, query in prefetch.items() if isinstance(prefetch, dict) else ():
            if not isinstance(query, str):
                yield f"{at}.prefetch.{key}", "a query is a text"


def request(document: Any) -> Iterator[Fault]:
    """What is wrong with a call."""
    if not isinstance(document, dict):
        yield "", "no object"
        return
    for name in ("hook", "hookInstance"):
        yield from texts(document, name, "")
    if document.get("fhirAuthorization") and not document.get("fhirServer"):
        yield "fhirServer", "cds-r-1: an authorization needs its server"
    context = document.get("context")
    if not isinstance(context, dict):
        yield "context", "missing"
        return
    yield from ids(context)
    yield from drafts(context)
    prefetch = document.get("prefetch")
    for key, value in prefetch.items() if isinstance(prefetch, dict) else ():
        if value is not None and not (isinstance(value, dict) and "resourceType" in value):
            yield f"prefetch.{key}", "no resourceType"


def ids(context: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with the ids of a context."""
    for name in ("patientId", "encounterId"):
        value = context.get(name)
        if value is not None and not (isinstance(value, str) and ID.fullmatch(value)):
            yield f"context.{name}", "no FHIR id"
    selections = context.get("selections", [])
    for number, selected in enumerate(selections if isinstance(selections, list) else ()):
        if not (isinstance(selected, str) and SELECTION.fullmatch(selected)):
            yield f"context.selections[{number}]", "ord-1: write type and id"


def drafts(context: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with the Bundle of draft orders."""
    for at, entry in each(context, "draftOrders.entry", "context"):
        if not entry.get("fullUrl"):
            yield at, "an entry needs its fullUrl"


def response(document: Any) -> Iterator[Fault]:
    """What is wrong with an answer."""
    yield from empty(document, "", ("cards",))
    for at, card in each(document, "cards", ""):
        yield from texts(card, "summary", at)
        yield from coded(card, "indicator", at, "indicator")
        source = card.get("source")
        if not isinstance(source, dict) or not source.get("label"):
            yield f"{at}.source", "a source needs its label"
        if card.get("suggestions") and not card.get("selectionBehavior"):
            yield at, "cds-resp-6: suggestions need a selectionBehavior"
        if card.get("selectionBehavior"):
            yield from coded(card, "selectionBehavior", at, "selectionBehavior")
        yield from chosen(card, at)
        yield from linked(card, at)


def chosen(card: Mapping[str, Any], where: str) -> Iterator[Fault]:
    """What is wrong with the suggestions and the reasons of a card."""
    recommended = 0
    for at, suggestion in each(card, "suggestions", where):
        yield from texts(suggestion, "label", at)
        recommended += suggestion.get("isRecommended") is True
        for place, action in each(suggestion, "actions", at):
            yield from acted(action, place)
    if recommended > 1 and card.get("selectionBehavior") == "at-most-one":
        yield where, "cds-resp-1: at most one suggestion is recommended"
    for at, reason in each(card, "overrideReasons", where):
        for name in ("code", "system", "display"):
            yield from texts(reason, name, at)


def acted(action: Mapping[str, Any], at: str) -> Iterator[Fault]:
    """What is wrong with an action."""
    yield from coded(action, "type", at, "action")
    yield from texts(action, "description", at)
    resource = action.get("resource")
    if action.get("type") == "delete":
        if resource is not None or not isinstance(action.get("resourceId"), str):
            yield at, "cds-resp-2: a deletion has a resourceId and no resource"
    elif not isinstance(resource, dict) or "resourceType" not in resource:
        yield f"{at}.resource", "a whole resource is needed"
    elif not resource.get("id"):
        yield f"{at}.resource", "a resource needs an id"


def linked(card: Mapping[str, Any], where: str) -> Iterator[Fault]:
    """What is wrong with the links of a card."""
    for at, link in each(card, "links", where):
        yield from texts(link, "label", at)
        yield from coded(link, "type", at, "link") if "type" in link else ()
        if not urlsplit(str(link.get("url"))).netloc:
            yield f"{at}.url", "no absolute address"
        if "appContext" in link and link.get("type") != "smart":
            yield at, "cds-resp-3: appContext is for SMART links"


def each(document: Any, path: str, at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a list, each with its place."""
    found, place = document, at
    for name in path.split("."):
        place = f"{place}.{name}" if place else name
        found = found.get(name) if isinstance(found, dict) else None
    for number, one in enumerate(found if isinstance(found, list) else ()):
        if isinstance(one, dict):
            yield f"{place}[{number}]", one


def texts(given: Mapping[str, Any], name: str, at: str, optional: bool = False) -> Iterator[Fault]:
    """That a text is missing, or is none."""
    value = given.get(name)
    if not (isinstance(value, str) and value) and not (optional and name not in given):
        yield (f"{at}.{name}" if at else name), "a text is needed"


def coded(given: Mapping[str, Any], name: str, at: str, kind: str) -> Iterator[Fault]:
    """That a code is none of those that there are."""
    if given.get(name) not in CODES[kind]:
        yield f"{at}.{name}", f"one of {', '.join(CODES[kind])}"


def empty(given: Any, at: str, allowed: tuple[str, ...] = ("services",)) -> Iterator[Fault]:
    """What is null or empty, which JSON here never is."""
    pairs = given.items() if isinstance(given, dict) else enumerate(given) if isinstance(given, list) else ()
    for name, value in pairs:
        place = f"{at}[{name}]" if isinstance(name, int) else f"{at}.{name}" if at else str(name)
        if value is None or (value in ("", [], {}) and name not in allowed):
            yield place, "null or empty"
        yield from empty(value, place, ())
