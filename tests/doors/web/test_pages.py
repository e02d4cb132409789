"""Every page: WCAG 2.2 AA by axe-core, small phones, forced colours, strict policy, links, two languages, little weight."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import gradeline.web
from gradeline.web.frame import files
from gradeline.web.words import WORDS
from tests.doors.web.asking import ASK, population, press
from tests.doors.web.conftest import DESK, PHONE, Server, Window

WCAG = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
GUIDELINE = "/guidelines/lumbar-nerve-root"
SAMPLES = f"{GUIDELINE}/samples"
NARROW, HEAVIEST = 320, 100_000
PAGES = {
    "library": "/",
    "guideline": GUIDELINE,
    "review": "/guidelines/teaching/review",
    "ask": ASK,
    "patients": "/patients",
    "week nine": f"{SAMPLES}/week-nine",
    "no onset": f"{SAMPLES}/l86-no-onset",
    "warning sign": f"{SAMPLES}/warning-sign",
    "teaching": "/guidelines/teaching",
    "nowhere": "/nowhere",
    "calls": "/calls",
    "card": "/calls/lumbar-nerve-root/order-select",
    "feedback": "/feedback",
}
OPEN = "document.querySelectorAll('details').forEach(each => each.open = true)"


def stopped(page: Any) -> None:
    """A warning sign."""
    press(page, "Yes")


def unread(page: Any) -> None:
    """An answer that cannot be read."""
    population(page)
    page.get_by_label("On which day").evaluate("each => { each.type = 'text'; each.value = 'soon'; }")
    page.locator(".question button.yes").click()
    page.locator(".fault").wait_for()


LOOKED_AT: list[tuple[str, int, str, str, Callable[[Any], None] | None]] = [
    ("library", DESK, "light", "da", None),
    ("library", NARROW, "dark", "en", None),
    ("guideline", NARROW, "dark", "en", None),
    ("review", DESK, "light", "da", None),
    ("ask", NARROW, "light", "en", population),
    ("ask", DESK, "dark", "en", unread),
    ("ask", PHONE, "dark", "en", stopped),
    ("patients", NARROW, "dark", "da", None),
    ("patients", DESK, "light", "en", None),
    ("week nine", DESK, "dark", "en", None),
    ("week nine", NARROW, "light", "da", None),
    ("no onset", DESK, "light", "da", None),
    ("warning sign", PHONE, "dark", "en", None),
    ("nowhere", PHONE, "light", "en", None),
    ("card", NARROW, "dark", "en", None),
    ("calls", NARROW, "light", "da", None),
    ("feedback", DESK, "dark", "da", None),
    ("feedback", NARROW, "light", "en", None),
]
"""Each page by day or by night, on a desk or on a phone, in one language or the other, and the ask page on its way."""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "width", "scheme", "language", "act"), LOOKED_AT)
def test_axe_finds_nothing_with_every_layer_open(
    window: Window, name: str, width: int, scheme: str, language: str, act: Callable[[Any], None] | None
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
    page = window(f"{PAGES[name]}?lang={language}", width=width, color_scheme=scheme)
    if act:
        act(page)
    page.evaluate(OPEN)
    found = axe.Axe().run(page, options={"runOnly": WCAG})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.slow
def test_in_forced_colours_what_is_chosen_can_still_be_told(window: Window) -> None:
    page = window(ASK, forced_colors="active", width=DESK)
    chosen, other = (page.locator(f".roles button[aria-pressed={each}]").first for each in ("true", "false"))
    assert chosen.evaluate("each => getComputedStyle(each, '::before').content").startswith('"✓')
    widths = [each.evaluate("each => getComputedStyle(each).borderTopWidth") for each in (chosen, other)]
    assert widths[0] != widths[1]


@pytest.mark.slow
def test_a_patient_page_weighs_little_and_asks_nobody_else(window: Window, server: Server) -> None:
    page = window("/")
    page.on("request", lambda request: None if request.url.startswith(server.base) else pytest.fail(request.url))
    page.goto(f"{SAMPLES}/week-nine", wait_until="networkidle")
    weight = page.evaluate("performance.getEntriesByType('navigation')[0].transferSize")
    assert 10_000 < weight + sum(len(data) for data in files().values()) < HEAVIEST


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.base) as opened:
        yield opened


@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_or_is_styled_but_our_own_files(client: httpx.Client, name: str) -> None:
    answer = client.get(PAGES[name])
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for header, value in {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}.items():
        assert answer.headers[header] == value
    assert answer.headers["cache-control"] == "no-store"
    text = answer.text.replace(f'href="{client.base_url}', 'href="')
    assert not re.findall(
        r"<style|\sstyle=|<script(?! src=)|\son\w+=|javascript:|(?:src|href|action)=\"https?://", text
    )


@pytest.mark.parametrize("language", ["en", "da"])
def test_every_link_leads_somewhere_in_the_language_of_its_page(client: httpx.Client, language: str) -> None:
    seen: set[str] = set()
    left = [f"/?lang={language}"]
    while left:
        path = left.pop()
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code == 200, path
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        assert f'<html lang="{language}">' in answer.text, path
        links = {each.partition("#")[0] for each in re.findall(r'href="(/[^"]*)', answer.text)}
        other = {each for each in links if each.endswith(f"lang={'da' if language == 'en' else 'en'}")}
        left += sorted(links - other - seen - set(left))
    assert len(seen) > 20


def test_a_guideline_goes_out_on_paper_and_as_markdown(client: httpx.Client) -> None:
    paper = client.get(f"{GUIDELINE}/guide.pdf?lang=da")
    assert paper.content.startswith(b"%PDF-")
    assert paper.headers["content-type"] == "application/pdf"
    markdown = client.get(f"{GUIDELINE}/guide.md?lang=da")
    assert markdown.text.startswith("# Nylig opstået lumbal nerverodspåvirkning")
    assert "attachment" not in markdown.headers["content-disposition"]


def test_files_are_kept_for_good_because_their_names_change(client: httpx.Client) -> None:
    for name, data in files().items():
        answer = client.get(f"/static/{name}")
        assert answer.content == data
        assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/script.js").status_code == 404


def test_our_own_script_is_short() -> None:
    script = Path(gradeline.web.__file__).parent / "static" / "script.js"
    assert len(script.read_text("utf-8").splitlines()) < 100


def test_both_languages_say_the_same_things() -> None:
    assert WORDS["en"].keys() == WORDS["da"].keys()
    for key, text in WORDS["en"].items():
        assert places(text) == places(WORDS["da"][key]), key


def places(text: str) -> set[str | None]:
    """What is filled into a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}


@pytest.mark.parametrize("path", [GUIDELINE, ASK, f"{SAMPLES}/week-nine"])
def test_the_status_is_said_on_every_page_with_what_it_means(client: httpx.Client, path: str) -> None:
    text = client.get(path).text
    assert "NOT IN FORCE since 22 Mar 2023" in text
    assert "more than three years old" in text


@pytest.mark.parametrize(
    "path", ["/guidelines/nobody", "/guidelines/nobody/ask", f"{SAMPLES}/nobody", "/patients/nobody"]
)
def test_what_is_not_there_is_said_on_a_page(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is no such page, or it has been forgotten" in answer.text
