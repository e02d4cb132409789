"""A draft: a guideline file that the reader reads, whose only faults are the gaps that it names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gradeline.errors import GuidelineError
from gradeline.model.words import LANGUAGES, Language
from gradeline.source import reader
from gradeline.source.published import draft, gaps, read
from gradeline.source.published.uses.gaps import GAPS
from tests.published import guide
from tests.published.guide import swapped


def faults(text: str) -> list[str]:
    """What the reader finds wrong with a guideline file."""
    with pytest.raises(GuidelineError) as error:
        reader.read(text, "draft.yaml")
    return [fault.what for fault in error.value.faults]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reader_finds_the_gaps_and_nothing_else(language: Language) -> None:
    published = read(guide.file(language))
    found = faults(draft(published))
    assert all(re.search(r"has no `[a-z ]+`$", each) for each in found), found
    assert len(found) == len(gaps(published))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_gap_is_listed_and_explained_where_it_stands(language: Language) -> None:
    published = read(guide.file(language))
    text = draft(published)
    word = {"en": "gap", "da": "hul"}[language]
    head, _, body = text.partition("\nid: ")
    for number, name in enumerate(gaps(published), 1):
        assert f"#  {number:4}  {name}\n" in f"{head}\n"
        comment = re.search(rf"^ *# {word} {number}, {re.escape(name)}:(?:\n? *#.*)*", body, re.MULTILINE)
        assert comment, name
    answers = {"en": "answers:", "da": "svar:"}[language]
    example = {"en": "example:", "da": "eksempel:"}[language]
    assert body.count(answers) == body.count(example) == len(gaps(published))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_document_says_is_all_there(language: Language) -> None:
    published = read(guide.file(language))
    plain = " ".join(re.sub(r"#.*", "", draft(published)).split())
    for statement, given in zip(published.statements, guide.GRADES, strict=True):
        assert statement.text in plain
        assert f"grade: {given}" in plain
        assert f"{statement.place.span[0]}-{statement.place.span[1]}" in plain
    for section in published.sections:
        assert section in plain
    assert published.title in plain
    assert published.publisher in plain


def test_block_style_without_braces() -> None:
    assert not re.search(r"[{}]|: \[", draft(read(guide.file("en"))))


def test_a_doubtful_grade_is_a_gap_with_what_was_found(tmp_path: Path) -> None:
    (tmp_path / "guide.txt").write_text(swapped(guide.text(), ("↓ Pictures", "Pictures")), "utf-8")
    published = read(tmp_path / "guide.txt")
    text = draft(published)
    assert "recommendations pictures-wrist grade" in gaps(published)
    assert text.count("\n    grade: ") == 9
    assert "# found: very low" in text
    assert "# in doubt: no sign or label" in text
    assert len(faults(text)) == len(gaps(published))


def test_without_a_publisher_and_a_legend_these_are_gaps(tmp_path: Path) -> None:
    text = guide.text()
    (tmp_path / "guide.txt").write_text(text[: text.index(" About the quick")], "utf-8")
    published = read(tmp_path / "guide.txt")
    assert {"publisher", "scheme", "scope", "about"} <= set(gaps(published))
    assert len(faults(draft(published))) == len(gaps(published))


@pytest.mark.parametrize(
    "words", ['say "yes": no', "# not a comment", "- one: [two]", "a\\b & *c", "{braces}", "yes", "Ωμέγα 服用 😀"]
)
def test_awkward_words_survive(words: str, tmp_path: Path) -> None:
    text = swapped(
        guide.text(),
        ("Do not use plaster for", f"Do not use {words} for"),
        ("Passive treatments", f"The {words} thing"),
    )
    (tmp_path / "guide.txt").write_text(text, "utf-8")
    published = read(tmp_path / "guide.txt")
    assert len(faults(draft(published))) == len(gaps(published))


def test_filled_gaps_make_a_guideline(tmp_path: Path) -> None:
    """Every gap filled as its example shows gives a file that can be read."""
    text = guide.text()
    one = text[: text.index("Active treatments")] + text[text.index(" About the quick") :]
    (tmp_path / "guide.txt").write_text(one, "utf-8")
    body = draft(read(tmp_path / "guide.txt")).partition("\nid: ")[2]
    terms = GAPS["terms"].example + "\n  leg-pain:\n    en: leg pain\n    kind: finding"
    body = body.replace(_commented(GAPS["terms"].example), _commented(terms))
    guideline = reader.read("id: " + re.sub(r"(?m)^( *)#   (.*)$", r"\1\2", body), "draft.yaml")
    assert [str(each.grade) for each in guideline.recommendations] == ["strong for, high", "weak for, low"]
    assert guideline.recommendations[1].comparator


def _commented(text: str) -> str:
    return "\n".join(f"#   {line}" for line in text.splitlines())
