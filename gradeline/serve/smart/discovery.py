"""Where a record system lets people in: its SMART configuration, checked before it is believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from gradeline.serve.client.addresses import Gatekeeper, normal
from gradeline.serve.client.reader import Reader, UnreadError, parsed
from gradeline.serve.config import Launcher, Outgoing
from gradeline.serve.wire.outcomes import RefusalError

SCOPES = (
    "Patient.r", "Condition.rs", "Observation.rs", "QuestionnaireResponse.rs", "Procedure.rs", "ServiceRequest.rs",
    "DiagnosticReport.rs", "ImagingStudy.rs", "CarePlan.rs", "Communication.rs", "Encounter.rs", "Appointment.rs",
)  # fmt: skip
"""What we ask to read: the types that advice is made of, and nothing to write."""


@dataclass(frozen=True)
class Doors:
    """The two addresses of an authorisation server."""

    authorize: str
    token: str


async def doors(launcher: Launcher, gatekeeper: Gatekeeper, limits: Outgoing) -> Doors:
    """The addresses that a record system publishes; RefusalError (502) where they cannot be used."""
    try:
        async with Reader(launcher.iss, "", gatekeeper, limits) as reader:
            url = f"{normal(launcher.iss)}/.well-known/smart-configuration"
            found = parsed(await reader.fetched("GET", url))
    except UnreadError as fault:
        raise RefusalError(502, f"the record system's SMART configuration cannot be read: {fault.why}") from None
    return checked(found, launcher)


def checked(found: dict[str, Any], launcher: Launcher) -> Doors:
    """The addresses, if they are addresses, and if PKCE is done by S256 there."""
    made = Doors(address(found, "authorization_endpoint", launcher), address(found, "token_endpoint", launcher))
    methods = found.get("code_challenge_methods_supported")
    if not isinstance(methods, list) or "S256" not in methods or "plain" in methods:
        raise RefusalError(
            502, "the record system does not do PKCE as SMART 2.2 says", "it must support S256, not plain"
        )
    return made


def address(found: dict[str, Any], name: str, launcher: Launcher) -> str:
    """One address; as safe as that of the FHIR server."""
    url = found.get(name)
    parts = urlsplit(url) if isinstance(url, str) else None
    safe = parts and (parts.scheme == "https" or (parts.scheme == "http" and launcher.iss.startswith("http:")))
    if not isinstance(url, str) or not parts or not safe or not parts.hostname or parts.username:
        raise RefusalError(502, f"the record system names no `{name}` that can be used")
    return url


def scopes(ehr: bool) -> str:
    """What is asked for: least that will do."""
    return " ".join(["launch" if ehr else "launch/patient", *(f"patient/{each}" for each in SCOPES)])


def granted(scope: str, kind: str) -> bool:
    """Whether a scope that was granted lets us search a type; less may be granted than was asked.

    >>> granted("patient/Condition.rs patient/Observation.r", "Condition"), granted("patient/*.read", "Observation")
    (True, True)
    """
    for each in scope.split():
        who, _, what = each.partition("?")[0].partition("/")
        type, _, rights = what.partition(".")
        reads = rights in ("read", "*") or {"r", "s"} <= set(rights) or (kind == "Patient" and "r" in rights)
        if who in ("patient", "user") and type in ("*", kind) and reads:
            return True
    return False
