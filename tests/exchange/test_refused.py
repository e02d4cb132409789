"""What is asked of an export, and what it refuses: one message, and nothing half-written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gradeline.codes import Pattern
from gradeline.errors import UsageError
from gradeline.exchange.canonical import Canonical
from gradeline.exchange.package import package
from gradeline.model.guideline import Guideline
from gradeline.source.reader import read
from tests.doors.command import gradeline, message


def test_base_and_version_are_ours_to_give(tmp_path: Path) -> None:
    said = gradeline(
        "export",
        "lumbar-nerve-root",
        "--as",
        "fhir",
        "--out",
        tmp_path,
        "--canonical",
        "https://health.example/cpg/",
        "--version",
        "2.1.0",
    )
    assert said.code == 0
    plan = json.loads((tmp_path / "package" / "PlanDefinition-lumbar-nerve-root-mri.json").read_bytes())
    assert (plan["url"], plan["version"]) == (
        "https://health.example/cpg/PlanDefinition/lumbar-nerve-root-mri",
        "2.1.0",
    )
    assert json.loads((tmp_path / "package" / "package.json").read_bytes())["version"] == "2.1.0"


BAD_OPTIONS = {
    "base": ((("--canonical", "health.example/cpg")), "is no base for addresses"),
    "version": ((("--version", "2|1")), "is no version"),
    "elm": ((("--elm", "nowhere")), "cannot be read"),
}


@pytest.mark.parametrize("name", BAD_OPTIONS)
def test_bad_options_write_nothing(name: str, tmp_path: Path) -> None:
    options, words = BAD_OPTIONS[name]
    said = gradeline("export", "lumbar-nerve-root", "--as", "fhir", "--out", tmp_path / "out", *options)
    assert said.code == 2
    assert words in message(said)[0]
    assert not (tmp_path / "out").exists()


def test_a_guideline_with_gaps_is_not_exported(tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text("id: x\ntitle:\n  en: X\n", "utf-8")
    said = gradeline("export", draft, "--as", "fhir", "--out", tmp_path / "out")
    assert said.code == 3
    assert not (tmp_path / "out").exists()


def test_a_folder_of_another_export_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "old.json").write_text("{}", "utf-8")
    said = gradeline("export", "lumbar-nerve-root", "--as", "fhir", "--out", tmp_path)
    assert said.code == 2
    assert "holds files of another export: old.json" in said.err
    assert [each.name for each in tmp_path.rglob("*.*")] == ["old.json"]


def changed(guideline: Guideline, **parts: Any) -> Guideline:
    return replace(guideline, **parts)


def test_names_that_fhir_does_not_take(sources: dict) -> None:
    guideline = read(sources["teaching"])
    first, second, *rest = guideline.recommendations
    term = guideline.terms["hum"]
    wrong = {
        "is no id that FHIR accepts": changed(guideline, id="x" * 65),
        "gives no name that FHIR accepts": changed(guideline, id="7-days"),
        "would both be the PlanDefinition": changed(
            guideline, recommendations=(replace(first, id="a-1"), replace(second, id="a1"), *rest)
        ),
        "has no address that FHIR knows": changed(
            guideline, terms={**guideline.terms, "hum": replace(term, codes=(Pattern("polkacodes", "7"),))}
        ),
    }
    for words, one in wrong.items():
        with pytest.raises(UsageError, match=words):
            package(one, b"", Canonical())


def test_translations_of_another_version_are_refused(tmp_path: Path) -> None:
    for name in ("LumbarNerveRoot", "LumbarNerveRootAnswers"):
        (tmp_path / f"{name}.json").write_text(json.dumps({"library": {"identifier": {"id": name, "version": "0"}}}))
    said = gradeline("export", "lumbar-nerve-root", "--as", "fhir", "--out", tmp_path / "out", "--elm", tmp_path)
    assert "another library or version" in said.err
    (tmp_path / "LumbarNerveRoot.json").write_text("[]")
    said = gradeline("export", "lumbar-nerve-root", "--as", "fhir", "--out", tmp_path / "out", "--elm", tmp_path)
    assert "is no ELM" in said.err
