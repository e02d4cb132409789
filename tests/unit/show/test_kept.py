"""The publisher's words, kept on this machine and shown beside ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gradeline.errors import DocumentError
from gradeline.model.guideline import Guideline
from gradeline.source.published.uses.kept import kept

FILE: dict[str, Any] = {
    "schema": 1,
    "guideline": "teaching",
    "language": "da",
    "source": {"title": "An invented guide", "publisher": "", "file": "guide.txt"},
    "statements": {
        "tickling": {"text": "Ingen kildren før middag.", "where": "page 1, line 3"},
        "no-such-recommendation": {"text": "x", "where": "y"},
    },
}


def written(folder: Path, document: object) -> Path:
    file = folder / "kept.json"
    file.write_text(json.dumps(document), "utf-8")
    return file


def test_words_come_with_their_source_and_language(teaching: Guideline, tmp_path: Path) -> None:
    found = kept(written(tmp_path, FILE), teaching)
    assert set(found) == {"tickling"}, "what we do not encode is left out"
    assert found["tickling"].text == "Ingen kildren før middag."
    assert found["tickling"].source == "An invented guide, page 1, line 3"
    assert found["tickling"].language == "da"


def test_another_guidelines_words_are_refused(lumbar: Guideline, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="another guideline, `teaching`"):
        kept(written(tmp_path, FILE), lumbar)


@pytest.mark.parametrize("document", [[], {}, 3, {**FILE, "language": "fr"}, {**FILE, "statements": {"tickling": {}}}])
def test_another_file_is_refused_with_the_cure(teaching: Guideline, tmp_path: Path, document: object) -> None:
    with pytest.raises(DocumentError, match="no file of kept published words") as raised:
        kept(written(tmp_path, document), teaching)
    assert "--keep-wording" in raised.value.cure


def test_a_file_that_is_not_there_or_no_text_is_refused(teaching: Guideline, tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for name in ("binary", "missing"):
        with pytest.raises(DocumentError):
            kept(tmp_path / name, teaching)
