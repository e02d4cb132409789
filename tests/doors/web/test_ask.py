"""The ask page in a real browser: an answer within a minute, with and without script, and nothing kept."""

from __future__ import annotations

import io
import re
from typing import Any

import pdfplumber
import pytest

from tests.doors.web.asking import ASK, headings, names, no_signs, population, press, question, text
from tests.doors.web.conftest import DESK, Window

pytestmark = pytest.mark.slow

SUGGESTS, ROUTINE = "The guideline suggests, where not in place yet", "Not as a routine: only for a reason"


def test_six_taps_on_a_phone_lead_to_an_answer(window: Window) -> None:
    """Two for the warning signs, three for whether it is about the patient, one for what decides most."""
    page = window(ASK)
    assert "If so:" in page.locator(".population").inner_text()
    population(page)
    assert "It is about this patient" in page.locator(".population").inner_text()
    assert "Warning signs asked about: none" in page.locator(".gate").inner_text()
    assert headings(page) == [SUGGESTS, ROUTINE, "Under a further condition"]
    press(page, "Ordered")
    assert "In place" in headings(page)


def test_each_answer_changes_the_advice_at_once(window: Window) -> None:
    page = window(ASK)
    seen = [page.locator(".outcome").inner_text()]
    no_signs(page)
    seen.append(page.locator(".outcome").inner_text())
    for label in ("Yes", "Yes", "3 weeks ago", "Yes"):
        press(page, label)
        seen.append(page.locator(".outcome").inner_text())
    assert len(set(seen)) == len(seen)


def test_without_script_it_says_the_same(window: Window) -> None:
    """Every answer is a page of its own then."""
    said = []
    for script in (True, False):
        page = window(ASK, java_script_enabled=script)
        page.locator(".all summary").click()
        page.locator(".all button").click()
        for label in ("Yes", "Yes", "3 weeks ago", "Yes", "Don't know"):
            asked = question(page)
            page.locator(".question .choices button").get_by_text(label, exact=True).click()
            page.locator("#question").get_by_text(asked, exact=True).wait_for(state="detached")
        said.append([*headings(page), *names(page), question(page)])
    assert said[0] == said[1]


def test_the_warning_signs_come_first_and_stop_everything(window: Window) -> None:
    page = window(ASK)
    assert page.locator(".step").first.inner_text() == "Warning signs, 1 of 6"
    press(page, "No", "Yes")
    assert page.locator(".stop").inner_text().count("Severe weakness in the leg") == 1
    assert "acute" in page.locator(".stop").inner_text()
    assert names(page) == []
    assert page.locator(".question").count() == 0


def test_who_never_knows_comes_to_an_end_and_is_asked_nothing_twice(window: Window) -> None:
    page = window(ASK)
    asked: list[str] = []
    while page.locator(".question").count():
        assert question(page) not in asked
        asked.append(question(page))
        press(page, "Don't know")
        assert len(asked) < 40
    assert len(asked) > 9
    assert "If so:" in page.locator(".population").inner_text()
    assert len(names(page)) == 10


def test_an_answer_can_be_changed_and_taken_back(window: Window) -> None:
    page = window(ASK)
    population(page)
    page.locator(".answers summary").click()
    page.get_by_role("button", name=re.compile("Change.*at least one sign")).click()
    page.locator("#question").get_by_text("at least one sign of the nerve root").wait_for()
    press(page, "No")
    assert "not about this patient" in page.locator(".population").inner_text()


def test_the_browser_s_way_back_leads_to_the_question_before(window: Window) -> None:
    page = window(ASK)
    first = question(page)
    press(page, "No", "No")
    third = question(page)
    for asked, go in ((first, page.go_back), (third, page.go_forward)):
        go()
        go()
        page.locator("#question").get_by_text(asked, exact=True).wait_for()
    page.go_back()
    press(page, "Yes")
    assert page.locator(".stop").count() == 1


def test_about_three_weeks_ago_is_an_answer_and_what_cannot_be_read_is_said(window: Window) -> None:
    page = window(ASK)
    no_signs(page)
    press(page, "Yes", "Yes")
    page.get_by_label("Or write when").fill("when the swallows came")
    page.keyboard.press("Enter")
    assert "“when the swallows came” could not be read" in page.locator(".fault").inner_text()
    assert page.locator("#text").get_attribute("aria-invalid") == "true"
    page.get_by_label("Or write when").fill("about three weeks ago")
    page.keyboard.press("Enter")
    page.locator(".population.yes").wait_for()
    assert "between 30 Oct and 5 Nov" in page.locator(".population").inner_text()


def test_a_role_changes_the_order_and_hides_nothing(window: Window) -> None:
    page = window(ASK)
    population(page)
    before = names(page)
    page.get_by_role("button", name="Chiropractor").click()
    page.locator("button[value=chiropractor][aria-pressed=true]").wait_for()
    assert names(page)[0] == "Manual joint mobilisation"
    assert names(page) != before
    assert sorted(names(page)) == sorted(before)
    press(page, "No")
    assert page.locator("button[value=chiropractor]").get_attribute("aria-pressed") == "true"


def test_a_note_a_referral_and_a_summary_can_be_taken_along(window: Window) -> None:
    page = window(ASK)
    population(page)
    page.get_by_label("On which day").fill("2026-11-05")
    press(page, "Yes")
    note = text(page, "Note for the record").splitlines()
    assert len(note) <= 8
    assert all(note)
    assert any("MRI of the lumbar spine" in line for line in note)
    referral = text(page, "Text for a referral")
    for line in (
        "Duration: since between 30 Oct and 5 Nov 2026 (18–24 days)",
        "- supervised exercise therapy: yes, 5 Nov",
    ):
        assert line in referral
    assert re.search(r"not known: .*positive nerve stretch test ____", referral)
    assert "Normal activity, not bed rest (weak recommendation for; certainty" in text(page, "Summary for the patient")


def test_a_link_holds_yes_no_and_weeks_and_opens_with_them(window: Window) -> None:
    page = window(ASK)
    population(page)
    page.get_by_label("On which day").fill("2026-11-05")
    press(page, "Yes")
    while "How bad is the pain" not in question(page):
        press(page, "Don't know")
    press(page, "8")
    link = page.locator("a.link").get_attribute("href")
    path, _, kept = link.partition("#")
    assert path == ASK
    assert kept.startswith("cauda-equina=no&")
    assert kept.endswith("root-sign=yes&adult=yes&onset=3w&supervised-exercise=yes")
    assert all(re.fullmatch(r"[a-z-]+=(yes|no|\d+w)", pair) for pair in kept.split("&"))
    asked: list[str] = []
    other = window("/")
    other.on("request", lambda request: asked.append(request.url))
    other.goto(link)
    other.locator(".population.yes").wait_for()
    assert other.locator(".answers summary").inner_text() == "Your answers (10)"
    assert "#" not in other.url
    assert not [url for url in asked if "root-sign" in url]


def test_nothing_that_is_answered_is_in_an_address_a_cookie_or_a_store(window: Window) -> None:
    page = window("/")
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    page.goto(ASK)
    population(page)
    assert [method for method, _ in asked].count("POST") == 4
    assert not [url for _, url in asked if "?" in url]
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_keyboard_alone_is_enough(window: Window) -> None:
    """The focus goes to each question; one step further is its first button, Yes, and then No."""
    page = window(ASK, width=DESK)
    page.locator(".question button").nth(1).focus()
    for _ in range(6):
        asked = question(page)
        page.keyboard.press("Enter")
        page.wait_for_function("asked => document.querySelector('#question').innerText !== asked", arg=asked)
        assert page.evaluate("document.activeElement.id") == "question"
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
    assert "Warning signs asked about: none" in page.locator(".gate").inner_text()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.locator("#question").get_by_text("18 years").wait_for()


def test_the_result_prints_without_the_conversation(window: Window) -> None:
    page = window(ASK, width=DESK)
    population(page)
    with pdfplumber.open(io.BytesIO(page.pdf())) as paper:
        printed = " ".join(each.extract_text() for each in paper.pages)
    for said in ("Normal activity, not bed rest", "NOT IN FORCE", "not a medical device", "Is the patient at least 18"):
        assert said in printed, said
    for said in ("Don't know", "Physiotherapist", "On which day"):
        assert said not in printed, said


@pytest.mark.parametrize(("path", "locale"), [(ASK, "da-DK"), (f"{ASK}?lang=da", "en-GB")])
def test_danish_by_the_browser_or_by_the_address(window: Window, path: str, locale: str) -> None:
    page = window(path, locale=locale)
    assert page.locator("html").get_attribute("lang") == "da"
    assert "blære eller tarm" in question(page)
    page.locator(".all summary").click()
    page.locator(".all button").click()
    page.locator(".answers").wait_for(state="attached")
    assert "Der er spurgt til faresignaler: ingen" in page.locator(".gate").inner_text()
    assert page.locator("html").get_attribute("lang") == "da"


def test_a_guideline_that_asks_otherwise_is_asked_so(window: Window) -> None:
    """Two limits of age are asked as a number; a value in a unit as a number too."""
    page: Any = window("/guidelines/teaching/ask")
    while "old" not in question(page) and "born" not in question(page):
        press(page, "Don't know")
    page.get_by_label("Age in years").fill("41")
    page.keyboard.press("Enter")
    page.locator(".answers", has_text="41").wait_for(state="attached")
