"""What a notebook shows is the page, and nothing of a guideline's text is markup."""

from __future__ import annotations

from dataclasses import replace

import gradeline as gl
from gradeline.model.words import Text

SAMPLE = "gradeline/guidelines/lumbar-nerve-root/samples/week-nine.json"


def test_advice_shows_itself(root) -> None:
    advice = gl.advise(gl.guideline("lumbar-nerve-root"), gl.record(root / SAMPLE), on="2026-11-23")
    assert "NOT IN FORCE since 22 Mar 2023" in advice._repr_html_()
    assert advice.to_dict()["on"] == "2026-11-23"


def test_a_guideline_shows_itself_escaped() -> None:
    guideline = replace(gl.guideline("lumbar-nerve-root"), title=Text("<script>alert(1)</script>"))
    assert "<script>" not in guideline._repr_html_()
    assert guideline.to_dict("da")["currency"]["status"] == "not in force"
