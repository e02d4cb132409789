"""Whole records that others made: all are read, every resource is accounted for, and nobody has the condition."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.doors.command import ON, gradeline

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bundles(shared: Path) -> list[Path]:
    """Ten patients as Synthea invented them, a Bundle each."""
    found = sorted((shared / "records" / "synthea").glob("*.json"))
    if not found:
        pytest.skip("there are no bundles in ../shared/records/synthea")
    return found


@pytest.fixture(scope="module")
def export(shared: Path) -> Path:
    """A bulk export, a file for each type."""
    folder = shared / "records" / "bulk"
    if not folder.is_dir():
        pytest.skip("the folder ../shared/records/bulk is not there")
    return folder


def lines(*arguments: object) -> list[Any]:
    """The advice for each of many patients."""
    said = gradeline("advise", *arguments, "--all", "--on", ON)
    assert said.code == 0, said.err
    return [json.loads(line) for line in said.out.splitlines()]


def is_outside(document: Any) -> bool:
    """Whether the guideline surely does not speak of this patient, and says so throughout."""
    applies = {each["applies"] for each in document["recommendations"]}
    return document["population"]["answer"] == "no" and applies == {"no"} and document["questions"] == []


def accounted(document: Any) -> Counter[str]:
    """How many resources of a record were not used, by why."""
    counted: Counter[str] = Counter()
    for each in document["record"]["unused"]:
        assert each["type"]
        assert each["reason"]
        counted[each["reason"]] += each["count"]
    return counted


def test_each_bundle_is_read_whole_and_nobody_has_the_condition(bundles: list[Path]) -> None:
    for file in bundles:
        (document,) = lines(file)
        entries = json.loads(file.read_bytes())["entry"]
        assert is_outside(document), file.name
        assert document["record"]["resources"] == len(entries)
        assert accounted(document).total() < len(entries)


def test_as_pages_for_people_they_say_so_in_both_languages(bundles: list[Path]) -> None:
    for lang, words in (("en", "This guideline does not apply on 23 Nov 2026"), ("da", "Retningslinjen gælder ikke")):
        said = gradeline("advise", *bundles, "--on", ON, "--lang", lang, "--verbose")
        assert said.code == 0
        assert said.out.count(words) == len(bundles)
        assert not said.wide


def test_the_folder_is_the_same_patients(bundles: list[Path]) -> None:
    found = lines(bundles[0].parent)
    assert sorted(each["patient"] for each in found) == sorted(
        each["patient"] for file in bundles for each in lines(file)
    )


def test_the_bulk_export_is_read_and_nobody_has_the_condition(export: Path) -> None:
    found = lines(export)
    patients = sum(len(file.read_bytes().splitlines()) for file in export.glob("*Patient*.ndjson"))
    assert len(found) == len({each["patient"] for each in found}) == patients
    assert all(map(is_outside, found))


def test_one_of_the_bulk_export_by_id(export: Path) -> None:
    chosen = lines(export)[0]
    assert gradeline("advise", export, "--patient", chosen["patient"], "--on", ON, "--json").json == chosen
    assert gradeline("advise", export, "--on", ON).code == 4, "several, and no choice"
