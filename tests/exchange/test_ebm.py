"""The experimental export: R5's models accept it, every resource says what it is, and grades keep their meaning."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gradeline.exchange.canonical import Canonical
from gradeline.exchange.ebm import files
from gradeline.exchange.ebm.assessments import RJCS
from gradeline.exchange.fhir import Edition
from gradeline.model.grade import GOOD
from gradeline.model.guideline import Guideline
from gradeline.source.reader import read

Json = dict[str, Any]


@pytest.fixture(params=["lumbar-nerve-root", "teaching"])
def one(request: pytest.FixtureRequest, sources: dict) -> tuple[Guideline, list[Json]]:
    guideline = read(sources[request.param])
    bundle = json.loads(files(Edition(guideline, Canonical(), b""))["ebm.json"])
    return guideline, [each["resource"] for each in bundle["entry"]]


def test_r5_accepts_it_and_sees_a_fault(one: tuple[Guideline, list[Json]]) -> None:
    models = pytest.importorskip("fhir.resources")
    from pydantic import ValidationError

    _, resources = one
    for each in resources:
        models.get_fhir_model_class(each["resourceType"]).model_validate(each)
    assessment = next(each for each in resources if each["resourceType"] == "ArtifactAssessment")
    with pytest.raises(ValidationError):
        models.get_fhir_model_class("ArtifactAssessment").model_validate({**assessment, "relatesTo": []})


def test_every_resource_is_labelled(one: tuple[Guideline, list[Json]]) -> None:
    for each in one[1]:
        assert each["meta"]["tag"][0]["code"] == "experimental"
        assert "Experimental." in each["text"]["div"]


def test_what_is_there_for_each_recommendation(one: tuple[Guideline, list[Json]]) -> None:
    guideline, resources = one
    there = {(each["resourceType"], each["id"]) for each in resources}
    assert ("Composition", guideline.id) in there
    for each in guideline.recommendations:
        id = f"{guideline.id}-{each.id}"
        wanted = {("Composition", id), ("Group", f"{id}-population"), ("ArtifactAssessment", f"{id}-rating"),
                  ("ArtifactAssessment", f"{id}-justification")}  # fmt: skip
        assert wanted <= there
    assert sum(type == "Citation" for type, _ in there) == len(guideline.sources)


def test_references_resolve(one: tuple[Guideline, list[Json]]) -> None:
    there = {f"{each['resourceType']}/{each['id']}" for each in one[1]}
    assert [each for each in references(one[1]) if each not in there] == []


def references(node: Any) -> list[str]:
    if isinstance(node, list):
        return [found for each in node for found in references(each)]
    if isinstance(node, dict):
        own = [node["reference"]] if "reference" in node else []
        return own + [found for each in node.values() for found in references(each)]
    return []


def test_good_practice_has_a_code_of_ours_and_no_certainty(one: tuple[Guideline, list[Json]]) -> None:
    guideline, resources = one
    for each in guideline.recommendations:
        rating = next(one for one in resources if one["id"] == f"{guideline.id}-{each.id}-rating")
        content = {row["type"]["coding"][0]["code"]: row["classifier"][0]["coding"][0] for row in rating["content"]}
        good = each.grade.strength is GOOD
        assert (content["strength-of-recommendation"]["system"] == RJCS) is not good
        assert ("certainty-of-evidence" in content) is not good
