"""What we export passes every validator, and every validator sees the faults that it is there for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from gradeline.exchange.fhir.rules import broken
from tests.engines import validators
from tests.engines.standins import collect
from tests.exchange.faults import FAULTS, PLAN, REQUESTS

WARNINGS = Path(__file__).with_name("warnings.yaml")


@pytest.fixture(scope="session")
def definitions(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """HL7's definitions, with what stands in for the few that nobody brings."""
    return collect(shared, tmp_path_factory.mktemp("definitions"))


@pytest.fixture(scope="session")
def good(folders: list[Path]) -> list[Path]:
    """Every resource of every package."""
    return [file for folder in folders for file in sorted(folder.iterdir())]


@pytest.fixture(scope="session")
def seeds(exported: dict[str, dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A file for each fault."""
    recommendation = json.loads(exported["lumbar-nerve-root"]["package/PlanDefinition-lumbar-nerve-root-mri.json"])
    folder, found = tmp_path_factory.mktemp("seeds"), {}
    for number, (name, fault) in enumerate(FAULTS.items()):
        found[name] = folder / f"Seed-{number}.json"
        found[name].write_text(json.dumps(fault.seeded(recommendation)), "utf-8")
    return found


def table(files: list[Path]) -> validators.Faults:
    return {file.name: list(broken(json.loads(file.read_text("utf-8")))) for file in files}


def sees(check: str, seeds: dict[str, Path], found: validators.Faults) -> None:
    """Every fault that the check is there for is seen."""
    missed = [name for name, fault in FAULTS.items() if check in fault.seen_by.split() and not found[seeds[name].name]]
    assert not missed


@pytest.mark.parametrize("check", [validators.schema, validators.models, table], ids=lambda check: check.__name__)
def test_check(check: Callable[[list[Path]], validators.Faults], good: list[Path], seeds: dict[str, Path]) -> None:
    assert {file: faults for file, faults in check(good).items() if faults} == {}
    sees(check.__name__, seeds, check(list(seeds.values())))


def test_profiles(good: list[Path], seeds: dict[str, Path], definitions: Path) -> None:
    found = validators.profiles([*good, *seeds.values()], definitions)
    assert {file.name: found[file.name] for file in good if found[file.name]} == {}
    sees("profiles", seeds, found)


def test_every_fault_is_seen_without_java() -> None:
    assert all(fault.seen_by for fault in FAULTS.values())
    assert len(FAULTS) == 16


@pytest.mark.slow
def test_java(folders: list[Path], seeds: dict[str, Path], definitions: Path, tmp_path: Path) -> None:
    """HL7's own validator: no error, each warning explained, and every seeded fault an error."""
    sound = tmp_path / "sound"
    sound.mkdir()
    for each in (REQUESTS, PLAN):
        (sound / f"{each['resourceType']}.json").write_text(json.dumps(each), "utf-8")
    folder = next(iter(seeds.values())).parent
    rows = validators.java([*folders, sound, folder], definitions, tmp_path / "classes")
    errors = Counter(row[0] for row in rows if row[1] in ("error", "fatal"))
    done = {row[0] for row in rows if row[1] == "done"}
    assert done == {str(file) for each in [*folders, sound, folder] for file in each.iterdir()}
    assert [row[1:] for row in rows if row[1] in ("error", "fatal") and Path(row[0]).parent != folder] == []
    assert [name for name, file in seeds.items() if not errors[str(file)]] == []
    unexplained = [
        row[1:] for row in rows if row[1] == "warning" and Path(row[0]).parent in folders and not explained(row)
    ]
    assert unexplained == []


def explained(row: list[str]) -> bool:
    """Whether the committed list explains a warning."""
    listed: list[dict[str, Any]] = yaml.safe_load(WARNINGS.read_text("utf-8"))
    return any(each["says"] in row[4] for each in listed)
