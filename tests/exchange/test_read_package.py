"""A package read in again: ours whole, any other as statements with what it leaves open."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradeline.errors import DocumentError
from gradeline.exchange.canonical import Canonical
from gradeline.exchange.package import archive, package
from gradeline.model.grade import AGAINST, FOR, GOOD, KINDS, STRONG, WEAK, Certainty, Grade
from gradeline.model.guideline import Guideline
from gradeline.model.words import Text
from gradeline.source import packages
from gradeline.source.packages.archive import Entry, Package
from gradeline.source.packages.walk import shown
from gradeline.source.reader import read
from tests.agree.strategies_guideline import TOPICS
from tests.doors.command import gradeline as run

Json = dict[str, Any]
STRENGTH = "http://hl7.org/fhir/StructureDefinition/cqf-strengthOfRecommendation"
QUALITY = "http://hl7.org/fhir/StructureDefinition/cqf-qualityOfEvidence"
DIRECTION = "http://hl7.org/fhir/uv/cpg/StructureDefinition/cpg-directionOfRecommendation"
HL7 = "http://terminology.hl7.org/CodeSystem"
CARD = {"name": "some.guide", "version": "1.0.0", "fhirVersions": ["4.0.1"], "title": "A guide"}


def kept(folder: Path, files: dict[str, bytes]) -> Path:
    place = folder / "package.tgz"
    place.write_bytes(files["package.tgz"])
    return place


def tgz(folder: Path, *resources: Json, card: Json = CARD) -> Path:
    files = {f"package/{each['resourceType']}-{each['id']}.json": json.dumps(each).encode() for each in resources}
    place = folder / "other.tgz"
    place.write_bytes(archive({"package/package.json": json.dumps(card).encode(), **files}))
    return place


def graded(strength: str | None = "strong", direction: str | None = "for", quality: str | None = "high") -> list[Json]:
    rows = [
        (STRENGTH, f"{HL7}/recommendation-strength", strength),
        (DIRECTION, "http://hl7.org/fhir/uv/cpg/CodeSystem/cpg-recommendation-direction", direction),
        (QUALITY, f"{HL7}/evidence-quality", quality),
    ]
    return [
        {"url": url, "valueCodeableConcept": {"coding": [{"system": system, "code": code}]}}
        for url, system, code in rows
        if code
    ]


def plan(id: str, *actions: Json, **more: Any) -> Json:
    return {"resourceType": "PlanDefinition", "id": id, "url": f"http://x.example/PlanDefinition/{id}",
            "title": f"Plan {id}", "action": list(actions), **more}  # fmt: skip


def refers(id: str, **more: Any) -> Json:
    return {"title": f"to {id}", "definitionCanonical": f"http://x.example/PlanDefinition/{id}|1", **more}


@pytest.mark.parametrize("name", ["lumbar-nerve-root", "teaching"])
def test_our_own_gives_back_its_file_and_its_grades(name: str, exported: dict, sources: dict, tmp_path: Path) -> None:
    brought = packages.read(kept(tmp_path, exported[name]))
    guideline = read(sources[name])
    assert brought.guideline == sources[name].read_bytes()
    found = [(each.text, each.grade) for each in brought.published.statements]
    assert found == [(each.says.en, each.grade) for each in _in_sections(guideline)]
    assert not brought.published.doubtful


def _in_sections(guideline: Guideline) -> list[Any]:
    return [each for section in guideline.sections for each in guideline.recommendations if each.section == section.id]


GRADES = st.builds(
    lambda kind, level: Grade(*kind, None if kind[0] is GOOD else level),
    st.sampled_from(KINDS),
    st.sampled_from(Certainty),
)
SAYS = st.text(st.sampled_from("aæ⊕<&>\"'\\{} \n:"), max_size=20).map(lambda text: Text(f"Say {text}.", text))


@settings(max_examples=settings.default.max_examples // 3)
@given(
    TOPICS["everything"].guideline, st.lists(GRADES, min_size=3), st.lists(SAYS, min_size=3), st.binary(max_size=300)
)
def test_round_trip_of_whatever_guideline_and_file(
    drawn: Guideline, grades: list[Grade], says: list[Text], file: bytes
) -> None:
    """The file comes back to the byte; and every statement and grade is read from the artifacts alone."""
    rows = zip(drawn.recommendations, grades, says, strict=False)
    recommendations = tuple(replace(each, grade=grade, says=words) for each, grade, words in rows)
    guideline = replace(drawn, recommendations=recommendations)
    files = package(guideline, file, Canonical())
    entries = tuple(
        Entry(path[8:], data, json.loads(data))
        for path, data in files.items()
        if path.startswith("package/") and path[8].isupper()
    )
    brought = packages.of(Package("x.tgz", {}, entries))
    assert brought.guideline == file
    found = [(each.text, each.grade) for each in brought.published.statements]
    assert found == [(shown(each.says.en), each.grade) for each in recommendations]


def test_another_package_gives_statements_and_gaps(tmp_path: Path) -> None:
    whole = plan("guide", {"title": "Section one", "action": [refers("a"), refers("b")]}, refers("c"), refers("gone"))
    a = plan("a", {"description": "Offer it.", "extension": graded()})
    b = plan("b", {"title": "Think of it", "extension": graded("weak", None, "very-low"),
                   "definitionCanonical": "http://x.example/ActivityDefinition/not|1"})  # fmt: skip
    c = plan("c", {"description": "Odd.", "extension": graded("conditional", None, None)})
    leave = {"resourceType": "ActivityDefinition", "id": "not", "url": "http://x.example/ActivityDefinition/not",
             "doNotPerform": True}  # fmt: skip
    found = packages.read(tgz(tmp_path, whole, a, b, c, leave)).published
    first, second, third = found.statements
    assert (first.section, first.text, first.grade) == ("Section one", "Offer it.", first.grade)
    assert (first.strength, first.direction, first.certainty) == (STRONG, FOR, Certainty.HIGH)
    assert (second.text, second.strength, second.direction, second.certainty) == (
        "Think of it", WEAK, AGAINST, Certainty.VERY_LOW)  # fmt: skip
    assert (third.strength, third.direction, third.certainty) == (None, None, None)
    assert len(third.doubts) == 3
    assert found.warnings[0] == "1 plans that are referred to are not in the package: gone"


def test_good_practice_is_never_squeezed_into_weak(exported: dict, tmp_path: Path) -> None:
    found = packages.read(kept(tmp_path, exported["lumbar-nerve-root"])).published.statements
    assert [each.strength for each in found].count(GOOD) == 3


def test_the_command(exported: dict, sources: dict, tmp_path: Path) -> None:
    place = kept(tmp_path, exported["teaching"])
    done = run("read", str(place), "--draft", str(tmp_path / "back.yaml"))
    assert done.code == 0
    assert "FHIR package; 10 statements in 2 sections" in done.out
    assert (tmp_path / "back.yaml").read_bytes() == sources["teaching"].read_bytes()
    data = json.loads(run("read", str(place), "--json").out)
    assert data["statements"][0]["file"] == "PlanDefinition-teaching-slow-sips.json"


def test_a_draft_that_is_there_is_never_written_over(exported: dict, tmp_path: Path) -> None:
    draft = tmp_path / "back.yaml"
    draft.write_text("hours of work", "utf-8")
    done = run("read", str(kept(tmp_path, exported["teaching"])), "--draft", str(draft))
    assert done.code == 2 and "may hold work of yours" in done.err
    assert draft.read_text("utf-8") == "hours of work"


def _cut(files: dict[str, bytes]) -> bytes:
    return files["package.tgz"][:-200]


BAD: dict[str, tuple[Callable[[dict[str, bytes]], bytes], str]] = {
    "no tgz": (lambda files: b"no archive at all", "no readable .tgz archive"),
    "cut off": (_cut, "no readable .tgz archive"),
    "no card": (lambda files: archive({"package/x.json": b"{}"}), "no package/package.json"),
    "out of the archive": (lambda files: archive({"package/../../evil.json": b"{}"}), "leads out of the archive"),
    "absolute": (lambda files: archive({"/etc/evil.json": b"{}"}), "leads out of the archive"),
    "broken JSON": (
        lambda files: archive({"package/package.json": json.dumps(CARD).encode(), "package/A.json": b'{"a":\n'}),
        "package/A.json is no valid JSON",
    ),
    "no object": (
        lambda files: archive({"package/package.json": json.dumps(CARD).encode(), "package/A.json": b"[1]"}),
        "package/A.json is no resource",
    ),
    "nothing graded": (
        lambda files: archive({"package/package.json": json.dumps(CARD).encode()}),
        "no graded recommendation in it",
    ),
    "another version of FHIR": (
        lambda files: archive({"package/package.json": json.dumps({**CARD, "fhirVersions": ["5.0.0"]}).encode()}),
        "it is for FHIR 5.0.0, and only R4",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_package(name: str, exported: dict, tmp_path: Path) -> None:
    seed, words = BAD[name]
    place = tmp_path / "bad.tgz"
    place.write_bytes(seed(exported["teaching"]))
    done = run("read", str(place), "--draft", str(tmp_path / "out.yaml"))
    assert done.code == 5
    assert words in done.err
    assert len(done.err.splitlines()) <= 2
    assert not (tmp_path / "out.yaml").exists()


def test_too_big(exported: dict, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = kept(tmp_path, exported["teaching"])
    for limit in ("LARGEST", "UNPACKED", "LONGEST"):
        with monkeypatch.context() as patched:
            patched.setattr(f"gradeline.source.packages.archive.{limit}", 1000)
            with pytest.raises(DocumentError, match="larger than"):
                packages.read(place)
    monkeypatch.setattr("gradeline.source.packages.archive.MOST", 3)
    with pytest.raises(DocumentError, match="its list of files is longer than 3"):
        packages.read(place)


def test_a_circle_is_named(tmp_path: Path) -> None:
    place = tgz(tmp_path, plan("a", refers("b")), plan("b", refers("c")), plan("c", refers("b")))
    with pytest.raises(DocumentError, match="in a circle: b -> c -> b"):
        packages.read(place)


@pytest.mark.parametrize(
    "resource",
    [plan("a", action="x"), plan("a", action=[1]), plan("a", {"extension": {}}), plan("a", {"description": 7})],
    ids=str,
)
def test_what_is_not_shaped_as_fhir_is_said(resource: Json, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="not shaped as FHIR R4 has it"):
        packages.read(tgz(tmp_path, resource))


def test_endless_nesting_is_said(tmp_path: Path) -> None:
    action: Json = {"title": "x"}
    for _ in range(200):
        action = {"action": [action]}
    with pytest.raises(DocumentError, match="nested deeper"):
        packages.read(tgz(tmp_path, plan("a", action)))


def test_a_changed_guideline_file_is_refused(exported: dict, tmp_path: Path) -> None:
    files = {path: data for path, data in exported["teaching"].items() if path.startswith("package/")}
    library = json.loads(files["package/Library-Teaching.json"])
    library["content"][-1]["data"] = "aWQ6IGV2aWw="
    files["package/Library-Teaching.json"] = json.dumps(library).encode()
    place = tmp_path / "changed.tgz"
    place.write_bytes(archive(files))
    with pytest.raises(DocumentError, match="its hash is another"):
        packages.read(place)


def test_words_cannot_steer_a_terminal(tmp_path: Path) -> None:
    text = "Offer\x1b[2J it.\r\nNow."
    found = packages.read(tgz(tmp_path, plan("a", {"description": text, "extension": graded()}))).published
    assert found.statements[0].text == "Offer [2J it. Now."
