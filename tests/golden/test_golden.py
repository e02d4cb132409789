"""Whole pages as files, so that a review sees what a change does to them.

`GRADELINE_GOLDEN=write make test ARGS=tests/golden` writes them anew.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from gradeline.exchange.canonical import Canonical
from gradeline.exchange.cql import library
from gradeline.model.guideline import Guideline
from gradeline.model.published import PublishedWords
from gradeline.model.words import LANGUAGES, Language
from gradeline.show import markdown, page, paper, review
from gradeline.show.content.review.cases import counted
from gradeline.show.plain import plain_guideline
from gradeline.show.terminal.guide import guide as terminal
from gradeline.show.terminal.review import review as terminal_review
from gradeline.show.terminal.sheet import Sheet
from gradeline.source.cases import Case, cases
from gradeline.source.shipped import guideline

HERE = Path(__file__).parent
TEACHING = HERE.parent / "guidelines" / "teaching"
KEPT = {
    "slow-sips": PublishedWords("Offer the hiccuping dancer slow sips of water (⊕⊕⊕⊕).", "an invented document, page 1")
}
FEW = 6

Shown = Callable[[Guideline, Language, Sequence[Case]], str]


def printed(pdf: bytes) -> str:
    """The text of a PDF, page by page."""
    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        return "\f\n".join(each.extract_text() + "\n" for each in paper.pages)


def data(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Shown] = {
    "guide.html": lambda asked, language, cases: page.guide(asked, language, counted(cases)),
    "guide.md": lambda asked, language, cases: markdown.guide(asked, language),
    "guide.txt": lambda asked, language, cases: terminal(asked, language, Sheet(), readings=True),
    "guide.pdf.txt": lambda asked, language, cases: printed(paper.guide(asked, language)),
    "guide.json": lambda asked, language, cases: data(plain_guideline(asked, language)),
    "review.html": lambda asked, language, cases: review.html(asked, language, KEPT, cases),
    "review.txt": lambda asked, language, cases: terminal_review(asked, language, Sheet(), KEPT, cases),
    "review.pdf.txt": lambda asked, language, cases: printed(review.pdf(asked, language, KEPT, cases)),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FORMATS)
def test_the_teaching_guideline_comes_out_as_it_did(name: str, language: Language) -> None:
    asked = guideline(TEACHING)
    shown = FORMATS[name](asked, language, cases(TEACHING / "cases.yaml", asked)[:FEW])
    file = HERE / f"teaching.{language}.{name}"
    if os.environ.get("GRADELINE_GOLDEN") == "write":
        file.write_text(shown, "utf-8")
    assert shown == file.read_text("utf-8"), "if it is meant: GRADELINE_GOLDEN=write make test ARGS=tests/golden"


def test_the_library_of_the_lumbar_guideline_comes_out_as_it_did() -> None:
    shown = library(guideline("lumbar-nerve-root"), Canonical())
    file = HERE / "lumbar-nerve-root.cql"
    if os.environ.get("GRADELINE_GOLDEN") == "write":
        file.write_text(shown, "utf-8")
    assert shown == file.read_text("utf-8"), "if it is meant: GRADELINE_GOLDEN=write make test ARGS=tests/golden"
