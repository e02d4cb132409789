"""A table that cannot be meant is an error that names its file, its line and the cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradeline.errors import GuidelineError
from tests.spec.tables import table

GOOD = """\
title: Recorded
says: It is recorded.
criterion: numbness
cases:
  - because: it is there
    facts:
      - numbness 2026-10-12
    answer: yes
"""


def read(folder: Path, text: str) -> None:
    file = folder / "table.yaml"
    file.write_text(text, "utf-8")
    table(file)


def test_what_is_right_is_read(tmp_path: Path) -> None:
    read(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("title: Recorded\n", "", 1, "no `title`"),
        ("says:", "rule:", 2, "unknown key `rule`"),
        ("criterion: numbness", "criterion: dumbness", 0, "called `dumbness`"),
        ("criterion: numbness", "asks: weather", 1, "nobody can ask `weather`"),
        ("answer: yes", "answer: maybe", 5, "`maybe` does not answer population"),
        ("numbness 2026-10-12", "numbness 2026-13-12", 7, "`2026-13-12` is no date"),
        ("cases:\n", "cases:\n  - because: it is there\n    answer: no\n", 5, "stands twice"),
        ("answer: yes", "answer: yes\n    answer: no", 9, "`answer` stands twice"),
    ],
)
def test_what_is_wrong_is_an_error(tmp_path: Path, old: str, new: str, line: int, what: str) -> None:
    assert old in GOOD
    with pytest.raises(GuidelineError) as caught:
        read(tmp_path, GOOD.replace(old, new))
    assert what in str(caught.value)
    assert not line or f"table.yaml:{line} " in str(caught.value)
