"""`bulk` against `fhir` on lines in which anything was changed: the same patients, facts and account, nothing lost."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tests.agree.account import MANY
from tests.agree.mutations import By, export, resources
from tests.agree.test_bulk import by_hand, cohort, in_bulk, used

__all__ = ["cohort"]
SEEDS = range(200 if MANY else 4)
LINES = (
    "lines that are no JSON",
    "lines of no type of FHIR",
    "resources about nobody who is known",
    "lines that are no FHIR",
)


@pytest.fixture(scope="module", params=["simulated", "not ours"])
def found(request: pytest.FixtureRequest) -> By:
    """The resources that are changed: of a simulated cohort, and of a bulk export that we did not write."""
    if request.param == "simulated":
        return resources(request.getfixturevalue("cohort"))
    return resources(request.getfixturevalue("shared") / "records" / "bulk")


@pytest.mark.parametrize("seed", SEEDS)
def test_both_see_the_same(found: By, tmp_path: Path, seed: int) -> None:
    lines = export(found, random.Random(seed), 250)
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "all.ndjson").write_bytes(lines)
    (ours, unused), manifest = in_bulk(tmp_path / "export", tmp_path / "facts")
    (theirs, left), faults = by_hand(tmp_path / "export")
    assert ours == theirs
    assert used(unused) == left
    assert refused(tmp_path / "facts") == {place(fault.where) for fault in faults if no_json(fault.what)}
    sources = {(who, fact.key.partition("#")[0]) for who, (_, facts) in ours.items() for fact in facts}
    lost = sum(manifest["account"]["faults"].get(each, 0) for each in LINES) + manifest["counts"]["no FHIR"]
    assert len(sources) + len(ours) + sum(unused.values()) + lost == manifest["counts"]["lines"]
    assert manifest["counts"]["lines"] == sum(1 for line in lines.split(b"\n") if line.strip())


def no_json(what: str) -> bool:
    """Whether a fault is that of a line that is no JSON at all."""
    return what.startswith(("not JSON", "JSON that is cut off", "a number that is", "not UTF-8"))


def place(where: str) -> str:
    """The number of a line."""
    return where.rpartition(":")[2]


def refused(folder: Path) -> set[str]:
    """The numbers of the lines that bulk lists as no JSON."""
    import csv

    with (folder / "unread.csv").open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    return {place(row["where"]) for row in rows if no_json(row["what"])}
