"""What a patient's lines refer to: other lines, of which only what they are and what they stand for was kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gradeline.codes import Coding
from gradeline.records.fhir.chart import Chart
from gradeline.records.fhir.elements import Resource
from gradeline.records.fhir.entries import key_in
from gradeline.records.standings import Standing

CODES, STANDS = "~codings", "~standing"


class LineChart(Chart):
    """A chart of a few lines of a patient; of the others it knows what they are and what their status means."""

    def codings_of(self, resource: Resource | None) -> tuple[Coding, ...]:
        """What a resource that is referred to is."""
        return resource[CODES] if resource and CODES in resource else super().codings_of(resource)

    def standing_of(self, resource: Resource | None) -> Standing:
        """What the status of a resource that is referred to makes of it."""
        return resource[STANDS] if resource and STANDS in resource else super().standing_of(resource)


class Beside:
    """Finds what a patient's lines refer to: theirs, else what belongs to nobody."""

    def __init__(self, found: dict[tuple[str, str], Resource], asked: dict[str, Resource], patient: str) -> None:
        self.found, self.asked, self.patient = found, asked, patient

    def __call__(self, key: str) -> Resource | None:
        """The resource of a key, or of a questionnaire's address."""
        return self.found.get((self.patient, key)) or self.found.get(("", key)) or self.asked.get(key)


def referred(value: Any) -> Iterator[str]:
    """The keys of everything that a resource refers to."""
    if type(value) is dict:
        reference = value.get("reference")
        if type(reference) is str and key_in(reference):
            yield key_in(reference)
        for one in value.values():
            yield from referred(one)
    elif type(value) is list:
        for one in value:
            yield from referred(one)
