"""The publisher's words, kept on this machine and shown beside ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gradeline.errors import DocumentError
from gradeline.model.guideline import Guideline
from gradeline.show import review
from gradeline.source.kept import file, keep, kept

WORDS: dict[str, Any] = {
    "schema": 1,
    "guideline": "teaching",
    "language": "da",
    "source": {"title": "An invented guide", "publisher": "The Invented Board", "file": "guide.txt"},
    "statements": {"tickling": {"text": "Ingen kildren før middag.", "where": "page 1, line 3"}},
}


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADELINE_DATA", str(tmp_path))


def test_what_is_kept_stands_in_the_review_with_its_source(teaching: Guideline) -> None:
    keep(WORDS)
    html = review.html(teaching, "da", kept("teaching", "da"))
    assert "Ingen kildren før middag." in html
    assert "The Invented Board, An invented guide, page 1, line 3" in html


def test_what_nobody_read_is_not_there(teaching: Guideline) -> None:
    assert kept("teaching", "en") == {}
    assert "were not read" in review.html(teaching, "en", kept("teaching", "en"))


@pytest.mark.parametrize("document", [[], {}, 3, {**WORDS, "statements": {"tickling": {}}}])
def test_a_broken_file_is_an_error_with_its_cure(document: object) -> None:
    place = file("teaching", "da")
    place.parent.mkdir()
    place.write_text(json.dumps(document), "utf-8")
    with pytest.raises(DocumentError, match="cannot be read") as raised:
        kept("teaching", "da")
    assert "read the document again" in raised.value.cure
