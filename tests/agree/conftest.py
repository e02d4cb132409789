"""Exports that several tests run in other engines, each made once; and the simulated patients whom they ask of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from gradeline.exchange.agreement import Asked
from gradeline.exchange.canonical import Canonical, named
from gradeline.exchange.fhir.answers import ENDING
from gradeline.exchange.package import logic, package
from gradeline.plan.plan import Plan, compile
from gradeline.source.reader import read
from tests.agree.people import FILES, simulated
from tests.engines import validators


class Exported(NamedTuple):
    """A guideline as we run it, and as others do."""

    id: str
    plan: Plan
    transaction: Path


@pytest.fixture(scope="session")
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Exported]:
    """Exports a guideline as a package with its ELM."""
    made: dict[str, Exported] = {}

    def export(id: str) -> Exported:
        if id not in made:
            guideline, kept = read(FILES[id]), request.config.cache.mkdir("elm")
            elm = validators.elm(logic(guideline, Canonical()), f"{named(guideline)}{ENDING}", kept)
            target = tmp_path_factory.mktemp("exported") / "transaction.json"
            target.write_bytes(package(guideline, FILES[id].read_bytes(), Canonical(), elm)["transaction.json"])
            made[id] = Exported(id, compile(guideline), target)
        return made[id]

    return export


@pytest.fixture(scope="session")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> tuple[Asked, ...]:
    """Simulated patients."""
    return simulated(tmp_path_factory.mktemp("cohort"))
