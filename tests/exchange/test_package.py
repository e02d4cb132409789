"""What is in a package: every recommendation with its whole grade, its currency, its sources, and nothing by chance."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import gradeline as gl
from gradeline.exchange.canonical import Canonical
from gradeline.exchange.fhir.grading import CERTAINTY, DIRECTION, STRENGTH
from gradeline.exchange.fhir.rules import broken
from gradeline.exchange.package import package
from gradeline.logic import YES
from gradeline.model.grade import AGAINST, GOOD, STRONG
from gradeline.model.guideline import Encoding, Guideline
from gradeline.source.reader import read

Json = dict[str, Any]


def resource(files: dict[str, bytes], name: str) -> Json:
    found: Json = json.loads(files[f"package/{name}.json"])
    return found


def all_of(files: dict[str, bytes], type: str) -> list[Json]:
    return [json.loads(data) for name, data in files.items() if name.startswith(f"package/{type}-")]


@pytest.fixture(params=["lumbar-nerve-root", "teaching"])
def one(request: pytest.FixtureRequest, exported: dict, sources: dict) -> tuple[Guideline, dict[str, bytes]]:
    return read(sources[request.param]), exported[request.param]


def extension(action: Json, url: str) -> Json | None:
    return next((each["valueCodeableConcept"] for each in action["extension"] if each["url"] == url), None)


def codes(concept: Json | None) -> list[str]:
    return [each["code"] for each in (concept or {}).get("coding", [])]


def test_every_grade_is_whole(one: tuple[Guideline, dict[str, bytes]]) -> None:
    guideline, files = one
    for each in guideline.recommendations:
        [action] = resource(files, f"PlanDefinition-{guideline.id}-{each.id}")["action"]
        strength, certainty = extension(action, STRENGTH), extension(action, CERTAINTY)
        assert codes(extension(action, DIRECTION)) == [each.grade.direction.value]
        assert strength and strength["text"] == guideline.scheme.kind(each.grade).name.en
        hl7 = [code["code"] for code in strength["coding"] if "terminology.hl7.org" in code["system"]]
        assert hl7 == ([] if each.grade.strength is GOOD else [each.grade.strength.value])
        assert (certainty is None) == (each.grade.strength is GOOD)
        if each.grade.certainty:
            assert codes(certainty)[0] == each.grade.certainty.word.replace(" ", "-")


def test_against_is_not_to_be_performed(one: tuple[Guideline, dict[str, bytes]]) -> None:
    guideline, files = one
    activities = {each["url"]: each["doNotPerform"] for each in all_of(files, "ActivityDefinition")}
    for each in guideline.recommendations:
        [action] = resource(files, f"PlanDefinition-{guideline.id}-{each.id}")["action"]
        urls = [
            row["definitionCanonical"].partition("|")[0]
            for row in (action, *action.get("action", []))
            if "definitionCanonical" in row
        ]
        assert {activities[url] for url in urls} == {each.grade.direction is AGAINST}


def test_only_a_strong_recommendation_is_a_target(one: tuple[Guideline, dict[str, bytes]]) -> None:
    guideline, files = one
    for each in guideline.recommendations:
        measure = resource(files, f"Measure-{guideline.id}-{each.id}")
        strong = each.grade.strength is STRONG
        assert codes(measure["scoring"]) == ["proportion" if strong else "cohort"]
        assert ("improvementNotation" in measure) == strong
        assert any("cpg-computablemetric" in url for url in measure["meta"]["profile"]) == strong
        assert measure["clinicalRecommendationStatement"] == each.says.en


def test_two_guidelines_live_on_one_server(exported: dict) -> None:
    """What both bring is the same, byte for byte: else the second would lay its own over the first one's."""
    lumbar, teaching = (files for _, files in sorted(exported.items()))
    ours = {"package/package.json", "package/.index.json"}
    both = {name for name in lumbar.keys() & teaching.keys() if name.startswith("package/")} - ours
    assert both == {"package/CodeSystem-grades-dha.json"}
    assert [name for name in both if lumbar[name] != teaching[name]] == []


def test_a_population_has_an_id_of_its_own(one: tuple[Guideline, dict[str, bytes]]) -> None:
    """HAPI's Clinical Reasoning counts nothing of a measure where one has none."""
    _, files = one
    for measure in all_of(files, "Measure"):
        ids = [each["id"] for group in measure["group"] for each in (group, *group["population"])]
        assert len(ids) == len(set(ids)) > 1


def test_currency(exported: dict) -> None:
    retired = all_of(exported["lumbar-nerve-root"], "PlanDefinition")
    assert {each["status"] for each in retired} == {"retired"}
    assert retired[0]["effectivePeriod"] == {"start": "2019-02-28", "end": "2023-03-21"}
    assert retired[0]["approvalDate"] == "2019-02-28"
    assert "lastReviewDate" not in retired[0], "nobody has reviewed the encoding yet"
    assert {each["status"] for each in all_of(exported["teaching"], "PlanDefinition")} == {"active"}


def test_a_reviewed_encoding_says_when(sources: dict) -> None:
    guideline = replace(
        read(sources["teaching"]), invented=False, encoding=Encoding("1", date(2026, 12, 1), ("Dr. A",))
    )
    plan = resource(package(guideline, b"", Canonical()), "PlanDefinition-teaching")
    assert (plan["lastReviewDate"], plan["experimental"]) == ("2026-12-01", False)


def test_both_languages(one: tuple[Guideline, dict[str, bytes]]) -> None:
    guideline, files = one
    for each in guideline.recommendations:
        plan = resource(files, f"PlanDefinition-{guideline.id}-{each.id}")
        parts = {part["url"]: part for part in plan["_description"]["extension"][0]["extension"]}
        assert (parts["lang"]["valueCode"], parts["content"]["valueString"]) == ("da", each.says.da)


def test_sources_and_rating_system_are_declared(one: tuple[Guideline, dict[str, bytes]]) -> None:
    guideline, files = one
    plan = resource(files, f"PlanDefinition-{guideline.id}")
    cited = [each["display"] for each in plan["relatedArtifact"] if each["type"] == "citation"]
    assert cited == [each.title for each in guideline.sources]
    assert [each["display"] for each in plan["relatedArtifact"] if each.get("label") == "Rating system"] == [
        guideline.scheme.name.en
    ]


def test_capabilities_are_true(sources: dict, exported: dict) -> None:
    def capabilities(plan: Json) -> list[str]:
        return [each["valueCode"] for each in plan["extension"]]

    guideline = read(sources["teaching"])
    elm = {"Teaching": b"{}", "TeachingAnswers": b"{}"}
    with_elm = package(guideline, b"", Canonical(), elm)
    assert capabilities(resource(exported["teaching"], "PlanDefinition-teaching")) == [
        "shareable",
        "publishable",
        "computable",
    ]
    assert capabilities(resource(with_elm, "PlanDefinition-teaching"))[-1] == "executable"
    assert capabilities(resource(with_elm, "ValueSet-teaching-hum")) == ["shareable", "publishable"]


def test_the_guideline_file_and_its_hash(one: tuple[Guideline, dict[str, bytes]]) -> None:
    guideline, files = one
    content = all_of(files, "Library")[0]["content"][-1]
    data = b64decode(content["data"])
    assert data == Path(guideline.file).read_bytes()
    assert content["hash"] == b64encode(hashlib.sha1(data).digest()).decode()


def test_conditions_and_measures_name_what_the_library_defines(one: tuple[Guideline, dict[str, bytes]]) -> None:
    guideline, files = one
    answers = next(each for each in all_of(files, "Library") if each["name"].endswith("Answers"))
    text = b64decode(answers["content"][0]["data"]).decode()
    named = {each for name, data in files.items() if name.startswith(("package/Plan", "package/Measure"))
             for each in expressions(json.loads(data))}  # fmt: skip
    assert len(named) > len(guideline.recommendations)
    assert [each for each in named if f"define {each}:" not in text] == []


def expressions(node: Any) -> list[str]:
    if isinstance(node, list):
        return [found for each in node for found in expressions(each)]
    if not isinstance(node, dict):
        return []
    own = [node["expression"]] if node.get("language") == "text/cql" else []
    return own + [found for each in node.values() for found in expressions(each)]


def test_canonicals_within_the_package_resolve(one: tuple[Guideline, dict[str, bytes]]) -> None:
    _, files = one
    named = [json.loads(data) for name, data in files.items() if name.startswith("package/") and name[8].isupper()]
    there = {f"{each['url']}|{each['version']}" for each in named}
    assert [
        each for each in canonicals(named) if each.startswith("https://gradeline.example/fhir/") and each not in there
    ] == []


def canonicals(node: Any) -> list[str]:
    if isinstance(node, list):
        return [found for each in node for found in canonicals(each)]
    if isinstance(node, dict):
        return [found for each in node.values() for found in canonicals(each)]
    return [node] if isinstance(node, str) and "|" in node and node.startswith("http") else []


def test_no_rule_of_ours_is_broken(one: tuple[Guideline, dict[str, bytes]]) -> None:
    _, files = one
    named = [json.loads(data) for name, data in files.items() if name.startswith("package/") and name[8].isupper()]
    assert [fault for each in named for fault in broken(each)] == []


def test_the_page_shows_what_is_advised(root: Path, sources: dict) -> None:
    """The table of what fires, in docs/how-to/load-into-a-fhir-server.md."""
    page = (root / "docs" / "how-to" / "load-into-a-fhir-server.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([a-z0-9-]+)` \| ([^|]+) \|$", page, re.M))
    guideline, samples = read(sources["lumbar-nerve-root"]), sources["lumbar-nerve-root"].parent / "samples"
    shown = [name for name in rows if (samples / f"{name}.json").is_file()]
    assert len(shown) == 4
    for name in shown:
        advice = gl.advise(guideline, gl.record(samples / f"{name}.json"), on="2026-11-23")
        fires = [each.recommendation.id for each in advice.recommendations if each.applies.truth is YES]
        assert rows[name] == ", ".join(fires) or (not fires and re.match("none|the warning signs", rows[name]))
