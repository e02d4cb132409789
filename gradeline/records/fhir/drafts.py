"""Orders that are still being written: no facts, and never judged; only what they would order, and why, is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gradeline.codes import Coding
from gradeline.records.fhir.elements import Resource, codings, concepts, everything
from gradeline.records.mapping import TYPES

REASONED = frozenset({"ServiceRequest", "MedicationRequest", "CommunicationRequest", "DeviceRequest"})
"""Types of orders whose `reasonCode` may name a reason."""
WRITTEN = frozenset({"draft", "active", "on-hold", "proposed", "pending", ""})
"""A status under which an order can still be changed; a draft that is signed again may be active."""


class Draft(NamedTuple):
    """An order that may be signed: its key, what it would order, and each reason that it names."""

    key: str
    codings: tuple[Coding, ...]
    reasons: tuple[tuple[Coding, ...], ...]
    resource: Resource

    @property
    def kind(self) -> str:
        """Its type, as FHIR calls it."""
        return str(self.resource["resourceType"])


def drafts(resources: Iterable[Resource]) -> list[Draft]:
    """The orders among some resources that could still be signed."""
    return [draft(one) for one in resources if one["resourceType"] in TYPES and (one.get("status") or "") in WRITTEN]


def draft(resource: Resource) -> Draft:
    """One order as a draft; a reason in words alone has no codings."""
    kind = resource["resourceType"]
    where = TYPES[kind]
    reasons = tuple(codings(concept) for path in where.reasons for concept in everything(resource, path))
    key = f"{kind}/{resource['id']}" if resource.get("id") else ""
    return Draft(key, concepts(resource, where.codes), reasons, resource)
