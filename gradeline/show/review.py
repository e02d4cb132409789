"""The review as a page, on paper and on the terminal; all three take the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from gradeline.model.guideline import Guideline
from gradeline.model.published import Kept
from gradeline.model.words import Language
from gradeline.show import page, paper
from gradeline.show.content.review.cases import Case
from gradeline.show.content.review.review import review


def html(
    guideline: Guideline, language: Language = "en", published: Kept | None = None, cases: Sequence[Case] = ()
) -> str:
    """The review as a page."""
    content = review(guideline, language, published, cases)
    return page.filled("review.html", review=content, guide=content.guide)


def pdf(
    guideline: Guideline, language: Language = "en", published: Kept | None = None, cases: Sequence[Case] = ()
) -> bytes:
    """The review as PDF."""
    content = asdict(review(guideline, language, published, cases))
    return paper.printed("review.typ", {**content["guide"], "review": content})
