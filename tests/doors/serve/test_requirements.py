"""Each requirement that binds a service has a test that bears its number."""

from __future__ import annotations

import csv
from pathlib import Path

from tools import requirements as listed
from tools.requirements import BINDING, requirements


def test_all_that_binds_has_a_test() -> None:
    tests = listed.tested()
    assert not [id for id, (level, _) in requirements().items() if level in BINDING and not tests.get(id)]


def test_no_test_bears_a_number_that_is_not_listed() -> None:
    assert set(listed.tested()) <= {*requirements(), *OF_NO_CONSEQUENCE}


OF_NO_CONSEQUENCE = {
    f"CH-{number}" for number in (81, 82, 94, 99, 104, 106, 108, 113, 116, 118, 120, 122, 123, 129, 140, 145, 220)
}
"""What a service may do, or leave."""


def test_our_list_is_that_of_the_published_one(shared: Path) -> None:
    with (shared / "standards" / "cds-hooks" / "cds-hooks-requirements.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["set"] == "CH" and "Service" in row["actors"]]
    levels = {f"CH-{row['id']}": row["conformance"] for row in rows}
    assert {id for id, level in levels.items() if level in BINDING} <= set(requirements())
    assert {id: levels[id] for id in requirements()} == {id: level for id, (level, _) in requirements().items()}
