"""Markdown: what a renderer makes of it has the guideline's own words, every mark of them a letter."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import markdown as renderer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradeline.model.guideline import Guideline
from gradeline.model.words import LANGUAGES, Language, Text
from gradeline.show import markdown

MARKS = "# *a* _b_ `c` <d> [e](f) ![g](h) | ~ & \\ > i - j + k 1. l $m$ http://n"
Reworded = Callable[[Callable[[Text], Text]], Guideline]


def rendered(text: str) -> str:
    """The text that a reader of rendered Markdown sees."""
    html = renderer.markdown(text, extensions=["tables"])
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_everything(lumbar: Guideline, language: Language) -> None:
    said = rendered(markdown.guide(lumbar, language))
    for each in lumbar.recommendations:
        sign = lumbar.scheme.kind(each.grade)
        assert f"{sign.symbol} {each.says.in_(language)} {sign.name.in_(language)}" in said
        assert each.why.in_(language) in said
    assert all(reading.reading.in_(language) in said for reading in lumbar.interpretations)
    assert lumbar.about.in_(language) in said


def test_no_text_becomes_a_mark(reworded: Reworded) -> None:
    said = rendered(markdown.guide(reworded(lambda text: Text(f"{MARKS} {text.en}")), "en"))
    assert said.count(MARKS) > 50
    assert "alert" not in said


@given(st.text(st.sampled_from("aB1 .-+#*_`<>[]()|~&\\!=:$^{}\n"), max_size=30))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert rendered(markdown.plain(text)) == " ".join(text.split())
