"""A published quick guide held against an encoding: matched by its words, compared in five points, none left over."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gradeline.model.grade import Grade
from gradeline.model.words import LANGUAGES, Language, Text
from gradeline.source import shipped
from gradeline.source.published import against, as_json, read, report, wordings
from gradeline.source.published.uses.assignment import best
from tests.published import encoded, guide
from tests.published.guide import swapped


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_faithful_encoding_agrees_in_all_ten(language: Language) -> None:
    agreement = against(read(guide.file(language)), encoded.guideline())
    assert [match.recommendation.id for match in agreement.matches] == [row[0] for row in encoded.ROWS]
    assert [point for match in agreement.matches for point in match.points if not point.agrees] == []
    assert agreement.agrees
    assert all(match.because for match in agreement.matches)


@pytest.mark.parametrize("name", encoded.UNFAITHFUL)
def test_an_unfaithful_encoding_is_seen_in_its_point_and_no_other(name: str) -> None:
    id, fields, point = encoded.UNFAITHFUL[name]
    agreement = against(read(guide.file("en")), encoded.changed(id, **fields))
    differing = {match.recommendation.id: {each.what for each in match.points if not each.agrees}
                 for match in agreement.matches if not match.agrees}  # fmt: skip
    assert set(differing) == {id}
    assert point in differing[id]
    assert not agreement.agrees


@pytest.mark.parametrize("id", [row[0] for row in encoded.ROWS])
def test_published_and_not_encoded(id: str) -> None:
    number = [row[0] for row in encoded.ROWS].index(id) + 1
    agreement = against(read(guide.file("en")), encoded.without(id))
    assert [each for each, _ in agreement.not_encoded] == [number]
    assert len(agreement.matches) == 9
    assert agreement.not_published == ()
    assert not agreement.agrees


def test_encoded_and_not_published(tmp_path: Path) -> None:
    text = guide.text()
    first = text.index("√ It is not good practice")
    (tmp_path / "guide.txt").write_text(text[:first] + text[text.index("Pictures of the wrist\n") :], "utf-8")
    agreement = against(read(tmp_path / "guide.txt"), encoded.guideline())
    assert [each.id for each in agreement.not_published] == ["sand-massage"]
    assert agreement.not_encoded == ()
    assert not agreement.agrees


def test_another_action_in_the_same_words_is_not_the_same_statement(tmp_path: Path) -> None:
    text = swapped(guide.text(), ("offer sand massage", "offer hot soup"))
    (tmp_path / "guide.txt").write_text(text, "utf-8")
    agreement = against(read(tmp_path / "guide.txt"), encoded.guideline())
    assert [number for number, _ in agreement.not_encoded] == [7]
    assert [each.id for each in agreement.not_published] == ["sand-massage"]


def test_a_statement_in_doubt_does_not_agree(tmp_path: Path) -> None:
    (tmp_path / "guide.txt").write_text(swapped(guide.text(), ("↓ Pictures", "Pictures")), "utf-8")
    agreement = against(read(tmp_path / "guide.txt"), encoded.guideline())
    assert [match.number for match in agreement.matches if not match.agrees] == [8]
    assert len(agreement.matches) == 10


def test_the_order_of_either_side_does_not_matter() -> None:
    whole = encoded.guideline()
    turned = replace(whole, recommendations=whole.recommendations[::-1])
    assert against(read(guide.file("en")), turned).agrees


def test_another_guideline_matches_nothing_and_says_so() -> None:
    other = replace(encoded.guideline(), title=Text("Recent onset hiccups", "Nyopstået hikke"))
    agreement = against(read(guide.file("en")), other)
    assert agreement.matches == ()
    assert len(agreement.not_encoded) == len(agreement.not_published) == 10
    assert agreement.remark in " ".join(report(read(guide.file("en")), agreement).split())


def test_the_shipped_guideline_is_not_the_invented_one() -> None:
    assert against(read(guide.file("en")), shipped.guideline("lumbar-nerve-root")).matches == ()


def test_json_names_both_sides_and_each_point() -> None:
    published = read(guide.file("en"))
    found = as_json(published, against(published, encoded.changed("plaster", grade=guide.GRADES[0])))
    assert found["agrees"] is False
    assert [each["recommendation"] for each in found["agreement"]] == [row[0] for row in encoded.ROWS]
    plaster = found["agreement"][5]
    assert plaster["statement"] == 6
    assert not plaster["agrees"]
    assert {"what": "direction", "published": "against", "encoded": "for", "agrees": False} in plaster["points"]


def test_the_publisher_s_wording_can_be_kept_with_its_source() -> None:
    published = read(guide.file("en"))
    kept = wordings(published, against(published, encoded.guideline()))
    assert kept["source"]["file"] == "sundial-wrist.en.txt"
    assert kept["statements"]["plaster"]["text"].startswith("Do not use plaster")
    assert "line 21" in kept["statements"]["plaster"]["where"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_fits_80_columns_and_says_what_and_where(language: Language) -> None:
    published = read(guide.file(language))
    text = report(published, against(published, encoded.changed("plaster", grade=guide.GRADES[0])))
    assert max(map(len, text.splitlines())) <= 80
    for statement in published.statements:
        assert " ".join(statement.text.split()) in " ".join(text.split())
    for found in (
        "line 21",
        "characters ",
        "strong against",
        "⊕⊕⊕○",
        "Legend: 9 rows",
        "9 of 10 statements agree",
        "DIFFERS",
    ):
        assert found in text
    assert not any("\ue000" <= letter <= "\uf8ff" for letter in text)


def test_the_report_tells_doubts(tmp_path: Path) -> None:
    (tmp_path / "guide.txt").write_text(swapped(guide.text(), ("↓ Pictures", "Pictures")), "utf-8")
    text = report(read(tmp_path / "guide.txt"))
    assert "strength not graded" in text
    assert "doubt: no sign" in text
    assert "warning: 1 of 10 statements in doubt: 8" in text
    assert "Nothing is in doubt" not in text


scores = some.integers(1, 4).flatmap(
    lambda columns: some.lists(
        some.lists(some.integers(0, 9), min_size=columns, max_size=columns), min_size=1, max_size=4
    )
)


@given(table=scores)
def test_the_assignment_is_the_best_of_all(table: list[list[int]]) -> None:
    rows, columns = len(table), len(table[0])
    pairs = best(table)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs) == min(rows, columns)
    longer, shorter = max(rows, columns), min(rows, columns)
    every = itertools.permutations(range(longer), shorter)
    most = max(
        sum(table[one][other] if rows <= columns else table[other][one] for one, other in enumerate(chosen))
        for chosen in every
    )
    assert sum(table[row][column] for row, column in pairs) == most


def test_grades_are_compared_as_the_model_has_them() -> None:
    assert all(isinstance(each.grade, Grade) for each in read(guide.file("en")).statements)
