"""The ask page as a clinician uses it."""

from __future__ import annotations

from typing import Any

ASK = "/guidelines/lumbar-nerve-root/ask"


def question(page: Any) -> str:
    """The question that is asked now."""
    return str(page.locator("#question").inner_text())


def press(page: Any, *labels: str) -> None:
    """Answer by the buttons, one question after the other."""
    for label in labels:
        asked = question(page)
        page.locator(".question .choices button").get_by_text(label, exact=True).click()
        page.wait_for_function("asked => document.querySelector('#question').innerText !== asked", arg=asked)


def no_signs(page: Any) -> None:
    """Say at once that there is no warning sign."""
    page.locator(".all summary").click()
    page.locator(".all button").click()
    page.locator(".answers").wait_for(state="attached")


def population(page: Any) -> None:
    """Every answer that tells whether the guideline is about the patient."""
    no_signs(page)
    press(page, "Yes", "Yes", "3 weeks ago")


def headings(page: Any) -> list[str]:
    """The headings of the advice."""
    return [each.strip() for each in page.locator(".outcome .group h3").all_inner_texts()]


def names(page: Any) -> list[str]:
    """The recommendations in the order in which they stand."""
    return [str(each) for each in page.locator(".outcome .item .name strong").all_inner_texts()]


def text(page: Any, key: str) -> str:
    """What can be copied."""
    return str(page.locator(f".text:has(summary:text-is('{key}')) pre").text_content())
