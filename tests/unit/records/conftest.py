"""Small FHIR, read in one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gradeline.records.facts import Fact, Record
from gradeline.records.fhir import record
from tests.unit.records.fhir_snippets import bundle, make


@pytest.fixture
def read() -> Callable[..., Record]:
    """Read the patient with these resources."""
    return lambda *resources, **options: record(bundle(*resources, **options))


@pytest.fixture
def fact(read: Callable[..., Record]) -> Callable[..., Fact]:
    """The first fact of one resource made of these elements."""
    return lambda kind, **elements: read(make(kind, **elements)).facts[0]


@pytest.fixture
def facts(read: Callable[..., Record]) -> Callable[..., tuple[Fact, ...]]:
    """The facts of one resource made of these elements."""
    return lambda kind, **elements: read(make(kind, **elements)).facts


@pytest.fixture
def unused(read: Callable[..., Record]) -> Callable[..., str]:
    """Why one resource made of these elements is not used."""

    def why(kind: str, **elements: Any) -> str:
        found = read(make(kind, **elements))
        assert not found.facts
        ((_, reason),) = found.unused
        return reason

    return why
