"""What `$apply` is asked: for which plan, for whom, on which data; read from Parameters or from the query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from gradeline.serve.wire.outcomes import RefusalError

Plain = dict[str, Any]
TEXTS = (
    "subject",
    "url",
    "canonical",
    "version",
    "encounter",
    "practitioner",
    "organization",
    "output",
    "planDefinition",
)
IGNORED = (
    "userType", "userLanguage", "userTaskContext", "setting", "settingContext", "mergeNestedCarePlans", "parameters",
    "useServerData", "artifactEndpointConfiguration", "terminologyEndpoint", "contentEndpoint", "_format",
)  # fmt: skip
VALUES = ("valueString", "valueUri", "valueCanonical", "valueCode", "valueId", "valueUrl")
PLANS = ("url", "canonical", "planDefinition")
OUTPUTS = ("bundle", "careplan")
MOST = 100


@dataclass
class Asking:
    """One use of the operation."""

    subjects: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    data: list[Plain] = field(default_factory=list)
    prefetch: dict[str, Plain] = field(default_factory=dict)
    endpoint: Plain | None = None
    plan: Plain | None = None

    @property
    def careplan(self) -> bool:
        """Whether the answer is to be that of FHIR R4."""
        return self.texts.get("output") == "careplan"


def bad(what: str, where: str = "", cure: str = "see the operation in /fhir/metadata") -> RefusalError:
    """That the operation is asked wrongly."""
    return RefusalError(400, what, cure, where)


def of_query(asked: Iterable[tuple[str, str]]) -> Asking:
    """What is asked by the query alone."""
    found = Asking()
    for name, value in asked:
        take_text(found, name, value)
    return found


def of_parameters(document: Any, found: Asking) -> Asking:
    """What is asked by a Parameters resource, beside the query."""
    if type(document) is not dict or document.get("resourceType") != "Parameters":
        raise bad("the body is no Parameters resource")
    listed = document.get("parameter") or []
    if type(listed) is not list or not all(type(each) is dict for each in listed):
        raise bad("`parameter` is no list of objects", "parameter")
    for each in listed:
        take(found, each)
    return found


def named(document: Any) -> str:
    """The address of the plan that a body names, before all else of it is read."""
    listed = document.get("parameter") if type(document) is dict else None
    for each in listed if type(listed) is list else ():
        if type(each) is dict and each.get("name") in PLANS:
            return next((each[key] for key in VALUES if type(each.get(key)) is str), "")
    return ""


def take(found: Asking, parameter: Plain) -> None:
    """One parameter."""
    name, resource = parameter.get("name"), parameter.get("resource")
    if type(name) is not str:
        raise bad("a parameter has no name", "parameter.name")
    if resource is not None and (type(resource) is not dict or type(resource.get("resourceType")) is not str):
        raise bad(f"`{name[:64]}` holds no FHIR resource", name[:64])
    if name == "data":
        found.data.append(bundle(resource, name))
    elif name == "prefetchData":
        prefetched(found, parameter.get("part"))
    elif name == "dataEndpoint":
        found.endpoint = endpoint(resource)
    elif name == "planDefinition" and resource is not None:
        found.plan = resource
    elif name not in IGNORED:
        values = [parameter[key] for key in VALUES if type(parameter.get(key)) is str]
        if not values:
            raise bad(f"the parameter `{name[:64]}` is not known, or has no value", name[:64])
        take_text(found, name, values[0])


def take_text(found: Asking, name: str, value: str) -> None:
    """A parameter that is a text."""
    if name not in TEXTS and name not in IGNORED:
        raise bad(f"the parameter `{name[:64]}` is not known", name[:64])
    if name == "subject":
        found.subjects.append(value)
    elif name == "output" and value not in OUTPUTS:
        raise bad("`output` is neither bundle nor careplan", "output")
    else:
        found.texts["url" if name in PLANS else name] = value


def bundle(resource: Plain | None, name: str) -> Plain:
    """Data as a Bundle."""
    if resource is None or resource["resourceType"] != "Bundle":
        raise bad(f"`{name}` holds no Bundle", name)
    return resource


def prefetched(found: Asking, parts: Any) -> None:
    """One key of prefetched data."""
    listed = [each for each in parts if type(each) is dict] if type(parts) is list else []
    named = {each["name"]: each for each in listed if type(each.get("name")) is str}
    key = next((named["key"][kind] for kind in VALUES if type(named.get("key", {}).get(kind)) is str), None)
    if key is None or "data" not in named:
        raise bad("`prefetchData` needs the parts `key` and `data`", "prefetchData")
    resource = named["data"].get("resource")
    if type(resource) is not dict or type(resource.get("resourceType")) is not str:
        raise bad("`prefetchData.data` holds no FHIR resource", "prefetchData.data")
    found.prefetch[key] = resource


def endpoint(resource: Plain | None) -> Plain:
    """A data server, with what it wants as headers."""
    if resource is None or resource["resourceType"] != "Endpoint" or type(resource.get("address")) is not str:
        raise bad("`dataEndpoint` is no Endpoint with an address", "dataEndpoint")
    return resource


def token(resource: Plain) -> str:
    """The bearer token among the headers of a data server."""
    headers: Sequence[Any] = resource.get("header") if type(resource.get("header")) is list else ()  # type: ignore[assignment]
    for each in headers:
        name, _, value = each.partition(":") if type(each) is str else ("", "", "")
        if name.strip().lower() == "authorization" and value.strip().isascii() and value.isprintable():
            return str(value.strip().removeprefix("Bearer").strip())
    return ""
