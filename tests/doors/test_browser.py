"""Our pages in a real browser: WCAG 2.2 AA by axe-core, 320 pixels, the keyboard alone, print."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from gradeline.model.published import PublishedWords
from gradeline.model.words import LANGUAGES, Language
from gradeline.show import page, review
from gradeline.source.cases import cases
from gradeline.source.shipped import guideline

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")

WCAG = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
NARROW, PHONE, DESK = 320, 360, 1280
KEPT = {"mri": PublishedWords("Invented words of a publisher, for the page's sake.", "an invented document, page 1")}
FEW = 12

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pages() -> dict[tuple[str, Language], str]:
    """Every page, in every language."""
    made: dict[tuple[str, Language], str] = {}
    for language in LANGUAGES:
        for name in ("lumbar-nerve-root", str(Path(__file__).parents[1] / "guidelines" / "teaching")):
            asked = guideline(name)
            some = cases(Path(asked.file).parent / "cases.yaml", asked)[:FEW]
            made[f"guide of {asked.id}", language] = page.guide(asked, language, {"": 5})
            made[f"review of {asked.id}", language] = review.html(asked, language, KEPT, some)
    return made


NAMES = [f"{kind} of {id}" for kind in ("guide", "review") for id in ("lumbar-nerve-root", "teaching")]


LOOKED_AT: list[tuple[str, Language, int, str]] = [
    ("guide of lumbar-nerve-root", "en", DESK, "light"),
    ("guide of lumbar-nerve-root", "en", NARROW, "dark"),
    ("guide of lumbar-nerve-root", "da", NARROW, "light"),
    ("guide of lumbar-nerve-root", "da", DESK, "dark"),
    ("guide of teaching", "en", NARROW, "dark"),
    ("guide of teaching", "da", DESK, "light"),
    ("review of lumbar-nerve-root", "en", DESK, "dark"),
    ("review of teaching", "en", NARROW, "light"),
    ("review of teaching", "da", DESK, "dark"),
]
"""Each page in each language, on a desk and on a phone, by day and by night."""


@pytest.mark.parametrize(("name", "language", "width", "scheme"), LOOKED_AT)
def test_axe_finds_nothing(
    browser: Any, pages: dict[tuple[str, Language], str], name: str, language: Language, width: int, scheme: str
) -> None:
    """Closed as it comes, then with every layer open."""
    shown = opened(browser, pages[name, language], width, scheme)
    for script in ("", "document.querySelectorAll('details').forEach(each => each.open = true)"):
        shown.evaluate(script)
        found = axe.Axe().run(shown, options={"runOnly": WCAG})
        assert found.violations_count == 0, found.generate_report()
        if not shown.locator("details").count():
            break
    shown.close()


def test_axe_would_find_something(browser: Any, pages: dict[tuple[str, Language], str]) -> None:
    """The check is no ornament: a page without its language, with pale words, does not pass."""
    html = pages["guide of teaching", "en"].replace(' lang="en"', "").replace("--soft: #525c64", "--soft: #c0c0c0")
    found = axe.Axe().run(opened(browser, html, DESK), options={"runOnly": WCAG})
    assert {each["id"] for each in found.response["violations"]} == {"html-has-lang", "color-contrast"}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wider_than_a_small_phone(browser: Any, pages: dict[tuple[str, Language], str], name: str) -> None:
    for language in LANGUAGES:
        shown = opened(browser, pages[name, language], NARROW)
        shown.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert shown.evaluate("document.documentElement.scrollWidth") == NARROW
        shown.close()


def test_the_layers_open_by_the_keyboard_alone(browser: Any, pages: dict[tuple[str, Language], str]) -> None:
    shown = opened(browser, pages["guide of lumbar-nerve-root", "en"], PHONE)
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.className") == "skip"
    shown.keyboard.press("Enter")
    inner = shown.locator("#stay-active details details")
    assert not inner.is_visible()
    for _ in range(2):
        shown.keyboard.press("Tab")
        assert shown.evaluate("document.activeElement.tagName") == "SUMMARY"
        shown.keyboard.press("Enter")
    assert inner.get_by_text("281090004").is_visible(), "a code of the action, two layers down"
    shown.close()


def test_the_banner_stays_in_sight_and_hides_nothing_that_has_the_focus(
    browser: Any, pages: dict[tuple[str, Language], str]
) -> None:
    shown = opened(browser, pages["guide of lumbar-nerve-root", "en"], PHONE)
    shown.locator("nav a").nth(7).click()
    banner = shown.locator(".status").bounding_box()
    target = shown.locator("#mri").bounding_box()
    assert banner["y"] == 0
    assert target["y"] >= banner["height"]
    shown.close()


@pytest.mark.parametrize("name", ["guide of lumbar-nerve-root", "review of lumbar-nerve-root"])
def test_print_has_the_banner_on_every_page_and_the_first_layer_open(
    browser: Any, pages: dict[tuple[str, Language], str], name: str
) -> None:
    shown = opened(browser, pages[name, "en"], DESK)
    with pdfplumber.open(io.BytesIO(shown.pdf(prefer_css_page_size=True))) as paper:
        printed = [each.extract_text() for each in paper.pages]
    assert len(printed) > 2
    for number, text in enumerate(printed, 1):
        assert text.splitlines()[0] == "NOT IN FORCE since 22 Mar 2023"
        assert text.splitlines()[-1] == f"{number} / {len(printed)}"
    assert "Two randomised trials of advice to stay active" in " ".join(" ".join(printed).split())
    shown.close()


def test_a_screen_reader_hears_landmarks_headings_and_no_symbols(
    browser: Any, pages: dict[tuple[str, Language], str]
) -> None:
    shown = opened(browser, pages["guide of lumbar-nerve-root", "en"], DESK)
    heard = shown.locator("body").aria_snapshot()
    for line in ("- banner:", "- navigation", "- main:", 'heading "MRI of the lumbar spine" [level=3]'):
        assert line in heard
    spoken = heard.partition("What the signs mean")[0]
    assert not [sign for sign in "↑↓√⊕○" if sign in spoken]
    assert "Offer MRI in recent lumbar nerve root compression" in spoken
    assert "weak recommendation against" in spoken.lower()
    shown.close()


def opened(browser: Any, html: str, width: int, scheme: str = "light") -> Any:
    """A page of a browser without any network, showing this."""
    shown = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True).new_page()
    shown.set_content(html)
    return shown
