"""Packages that the tests of the exports share: written once."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradeline.exchange.canonical import Canonical
from gradeline.exchange.package import package
from gradeline.source.reader import read
from gradeline.source.shipped import find

NAMES = ("lumbar-nerve-root", "teaching")


def source(name: str) -> Path:
    """A guideline's file: one that we ship, or the teaching one."""
    return find(Path(__file__).parents[1] / "guidelines" / name if name == "teaching" else name)


@pytest.fixture(scope="session")
def sources() -> dict[str, Path]:
    """The files that the packages are made from."""
    return {name: source(name) for name in NAMES}


@pytest.fixture(scope="session")
def exported(sources: dict[str, Path]) -> dict[str, dict[str, bytes]]:
    """The files of each package, by guideline."""
    return {name: package(read(file), file.read_bytes(), Canonical()) for name, file in sources.items()}


@pytest.fixture(scope="session")
def folders(exported: dict[str, dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Each package as a folder of resources."""
    top = tmp_path_factory.mktemp("packages")
    for name, files in exported.items():
        for path, data in files.items():
            if path.startswith("package/") and path[8].isupper():
                (top / name).mkdir(exist_ok=True)
                (top / name / path[8:]).write_bytes(data)
    return [top / name for name in exported]
