"""An audit as MeasureReports: the same counts, the small ones masked, a score for strong recommendations only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gradeline import api
from gradeline.evaluate.audit.results import Audit
from gradeline.exchange.reports import reports
from gradeline.source.reader import read
from tests.agree.people import dancers
from tests.engines import validators

Json = dict[str, Any]
PERIOD = "2026"


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory, sources: dict) -> Audit:
    """Forty dancers, ten of each kind, so that no count is small."""
    pytest.importorskip("duckdb")
    folder = tmp_path_factory.mktemp("dancers")
    (folder / "all.ndjson").write_text("".join(f"{json.dumps(each)}\n" for each in resources()), "utf-8")
    return api.audit(read(sources["teaching"]), api.facts(folder, folder / "facts"), PERIOD)


def resources() -> Iterator[Json]:
    for copy in range(10):
        for each in dancers():
            id, text = each.id, json.dumps(each.line["bundle"])
            text = text.replace(f'"{id}"', f'"{id}{copy}"').replace(f"Patient/{id}", f"Patient/{id}{copy}")
            for entry in json.loads(text)["entry"]:
                resource = entry["resource"]
                if resource["resourceType"] != "Patient":
                    resource["id"] = f"{resource['id']}-{copy}"
                yield resource


@pytest.fixture(scope="module")
def made(audit: Audit) -> dict[str, Json]:
    entries = json.loads(reports(audit))["entry"]
    return {each["resource"]["id"]: each["resource"] for each in entries}


def counts(group: Json) -> dict[str, int | None]:
    return {each["code"]["coding"][0]["code"]: each.get("count") for each in group["population"]}


def test_the_same_counts(audit: Audit, made: dict[str, Json]) -> None:
    for each in audit.to_dict()["recommendations"]:
        report = made[f"teaching-{each['id']}"]
        if each["strength"] == "strong":
            [group] = report["group"]
            assert counts(group)["denominator"] == each["applies"]["yes"]
            assert counts(group)["numerator"] == each["practice"]["followed"]
        else:
            groups = {group["id"]: counts(group)["initial-population"] for group in report["group"]}
            assert groups[f"{each['id']}-population"] == each["applies"]["yes"]
            assert groups[f"{each['id']}-followed"] == each["practice"]["followed"]


def test_only_strong_recommendations_have_a_score(made: dict[str, Json]) -> None:
    for id in ("teaching-slow-sips", "teaching-sit-out"):
        assert "improvementNotation" in made[id]
    for id in ("teaching-tickling", "teaching-encore"):
        assert "improvementNotation" not in made[id]
        assert not any("measureScore" in group for group in made[id]["group"])
    assert 0 < made["teaching-slow-sips"]["group"][0]["measureScore"]["value"] <= 1


def test_a_report_is_of_an_exported_measure(made: dict[str, Json], exported: dict) -> None:
    measures = {json.loads(data)["url"] + "|" + json.loads(data)["version"]: json.loads(data)
                for name, data in exported["teaching"].items() if name.startswith("package/Measure-")}  # fmt: skip
    for report in made.values():
        measure = measures[report["measure"]]
        assert [each["id"] for each in report["group"]] == [each["id"] for each in measure["group"]]


def test_small_counts_are_masked(sources: dict, tmp_path: Path) -> None:
    few = [resource for each in dancers() for resource in each.resources]
    (tmp_path / "few.ndjson").write_text("".join(f"{json.dumps(each)}\n" for each in few), "utf-8")
    audit = api.audit(read(sources["teaching"]), api.facts(tmp_path, tmp_path / "facts"), PERIOD)
    made = json.loads(reports(audit))["entry"][0]["resource"]
    shown = [each for group in made["group"] for each in group["population"]]
    assert any(each["_count"]["extension"][0]["valueCode"] == "masked" for each in shown if "count" not in each)
    assert all(each.get("count", 5) >= 5 or each.get("count") == 0 for each in shown)


def test_r4_accepts_them(made: dict[str, Json], tmp_path: Path) -> None:
    files = []
    for id, report in made.items():
        files.append(tmp_path / f"{id}.json")
        files[-1].write_text(json.dumps(report), "utf-8")
    for check in (validators.models, validators.schema):
        assert {file: faults for file, faults in check(files).items() if faults} == {}
