"""Every word that files, JSON or tables carry is in the glossary."""

from __future__ import annotations

import re
from typing import get_args

from gradeline.model.forms import FORMS
from gradeline.model.grade import Certainty, Direction, Strength
from gradeline.model.guideline import Status as Standing
from gradeline.model.guideline import Subject
from gradeline.records.facts import Kind, Status, Sureness
from tests.docs.blocks import ROOT

GLOSSARY = (ROOT / "GLOSSARY.md").read_text("utf-8")
WORDS = {
    *(form.words for form in FORMS),
    *(each.value for each in (*Strength, *Direction)),
    *(level.word for level in Certainty),
    *(word for choice in (Standing, Subject, Kind, Status, Sureness) for word in get_args(choice)),
}


def test_each_word_is_in_the_glossary() -> None:
    assert not {word for word in WORDS if not re.search(rf"\b{re.escape(word)}\b", GLOSSARY)}


def test_each_word_is_explained_once() -> None:
    explained = re.findall(r"^\| ([^|]+) \|", GLOSSARY, re.MULTILINE)
    words = [word.strip(" `") for entry in explained for word in entry.split(",") if entry not in ("word", "---")]
    assert len(words) == len(set(words))
