"""The publisher's own quick guide and its damaged copies, where the folder beside the checkout has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradeline.model.grade import Grade, grade
from gradeline.source import shipped
from gradeline.source.published import against, draft, gaps, read

SAME = ["lumbar-nerve-root.en", "variants/v02_white_circle_25CB", "variants/v05_circled_dash_229D",
        "variants/v09_crlf_nbsp", "variants/v11_unwrapped"]  # fmt: skip
TEN: list[tuple[str, Grade, tuple[int, int]]] = [
    ("Information about physical activity", grade("weak for, low"), (3, 4)),
    ("Active treatments", grade("weak for, low"), (8, 9)),
    ("Active treatments", grade("weak for, very low"), (11, 13)),
    ("Active treatments", grade("good practice for"), (15, 17)),
    ("Passive treatments", grade("weak for, low"), (21, 22)),
    ("Passive treatments", grade("good practice against"), (24, 25)),
    ("Active vs. passive treatments", grade("weak for, very low"), (29, 31)),
    ("MRI", grade("weak against, very low"), (35, 36)),
    ("Extraforaminal glucocorticoid injection", grade("weak against, very low"), (39, 41)),
    ("Back surgery assessment", grade("good practice for"), (45, 47)),
]
GRADES = [row[1] for row in TEN]


@pytest.fixture(scope="module")
def guides(shared: Path) -> Path:
    """The folder of published quick guides."""
    folder = shared / "quickguides"
    if not folder.is_dir():
        pytest.skip("the folder ../shared/quickguides is not there")
    return folder


def test_the_published_guide_gives_ten_statements_in_seven_sections(guides: Path) -> None:
    published = read(guides / "lumbar-nerve-root.en.txt")
    found = [(each.section, each.grade, each.place.lines) for each in published.statements]
    assert found == TEN
    assert len(published.sections) == 7
    assert not published.doubtful
    assert published.publisher == "Danish Health Authority"
    assert published.links == ("sundhedsstyrelsen.dk",)
    source = (guides / "lumbar-nerve-root.en.txt").read_text("utf-8")
    for statement in published.statements:
        first, last = statement.place.span
        assert source[first:last].startswith(statement.symbol)
        assert source[first:last].endswith(".")


@pytest.mark.parametrize("name", SAME)
def test_the_same_ten_however_they_are_written(name: str, guides: Path) -> None:
    published = read(guides / f"{name}.txt")
    plain = read(guides / "lumbar-nerve-root.en.txt")
    assert [each.grade for each in published.statements] == GRADES
    assert [each.text for each in published.statements] == [each.text for each in plain.statements]
    assert not published.doubtful


def test_a_lost_arrow_is_not_graded_and_never_for(guides: Path) -> None:
    published = read(guides / "variants" / "f03_arrow_lost_on_R8.txt")
    lost = published.statements[7]
    assert (lost.section, lost.strength, lost.direction) == ("MRI", None, None)
    assert lost.doubts
    assert [each.grade for each in published.statements] == [*GRADES[:7], None, *GRADES[8:]]
    assert published.doubtful


def test_five_circles_are_malformed_and_the_rest_as_before(guides: Path) -> None:
    published = read(guides / "variants" / "f08_five_circles.txt")
    assert published.statements[0].certainty is None
    assert "malformed" in published.statements[0].doubts[0]
    assert [each.grade for each in published.statements] == [None, *GRADES[1:]]
    assert published.doubtful


@pytest.mark.parametrize("name", SAME)
def test_the_encoding_agrees_on_ten_of_ten(name: str, guides: Path) -> None:
    agreement = against(read(guides / f"{name}.txt"), shipped.guideline("lumbar-nerve-root"))
    assert [(match.number, match.recommendation.aliases["quick-guide"]) for match in agreement.matches] == [
        (number, f"statement {number}") for number in range(1, 11)
    ]
    assert agreement.agrees


def test_a_damaged_guide_does_not_agree(guides: Path) -> None:
    for name, number in (("f03_arrow_lost_on_R8", 8), ("f08_five_circles", 1)):
        agreement = against(read(guides / "variants" / f"{name}.txt"), shipped.guideline("lumbar-nerve-root"))
        assert [match.number for match in agreement.matches if not match.agrees] == [number]
        assert not agreement.agrees


def test_a_draft_names_its_gaps(guides: Path) -> None:
    published = read(guides / "lumbar-nerve-root.en.txt")
    assert draft(published).startswith("# Drafted from lumbar-nerve-root.en.txt.")
    assert not [name for name in gaps(published) if name.endswith("grade")]
