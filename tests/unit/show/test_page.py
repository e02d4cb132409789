"""The page: whole, closed in itself, and deaf to what a text tries to be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from gradeline.model.grade import DHA
from gradeline.model.guideline import Guideline
from gradeline.model.words import LANGUAGES, Language, Text
from gradeline.show import page, review

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} & 'x'"
Reworded = Callable[[Callable[[Text], Text]], Guideline]


class Seen(HTMLParser):
    """The elements of a page, its text, and whether every element is closed where it should be."""

    VOID = frozenset(["meta", "br", "img", "link", "input", "hr"])

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_everything(lumbar: Guideline, language: Language) -> None:
    said = " ".join(Seen(page.guide(lumbar, language)).text.split())
    for each in lumbar.recommendations:
        for text in (each.says, each.why, each.caveat, each.comparator, each.population, each.evidence, each.name):
            assert text is None or text.in_(language) in said
        assert lumbar.scheme.kind(each.grade).name.in_(language) in said
        assert lumbar.scheme.circles(each.grade) in said
    for wording in [*DHA.kinds.values(), *DHA.certainties.values()]:
        assert wording.meaning.in_(language) in said
    for reading in lumbar.interpretations:
        for text in (reading.question, reading.reading, reading.reason, *(one.says for one in reading.alternatives)):
            assert text.in_(language) in said
    for timing in lumbar.timings:
        assert timing.says.in_(language) in said
    assert all(source.title in said for source in lumbar.sources)
    assert lumbar.about.in_(language) in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", [page.guide, review.html])
def test_no_text_becomes_markup(
    reworded: Reworded, shown: Callable[[Guideline, Language], str], language: Language
) -> None:
    seen = Seen(shown(reworded(lambda text: Text(HOSTILE + text.en, HOSTILE + text.da)), language))
    assert not {"script", "img"} & {tag for tag, _ in seen.elements}
    assert not [name for _, given in seen.elements for name in given if name.startswith("on")]
    assert HOSTILE in seen.text


@pytest.mark.parametrize("shown", [page.guide, review.html])
def test_it_is_one_file(lumbar: Guideline, shown: Callable[[Guideline], str]) -> None:
    html = shown(lumbar)
    seen = Seen(html)
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in seen.elements}
    assert "url(" not in html
    assert "@import" not in html
    assert all(given["href"].startswith("#") for tag, given in seen.elements if tag == "a" and given.get("href"))


@pytest.mark.parametrize("shown", [page.guide, review.html])
def test_every_link_has_its_end_and_every_id_is_one(lumbar: Guideline, shown: Callable[[Guideline], str]) -> None:
    seen = Seen(shown(lumbar))
    ids = [given["id"] for _, given in seen.elements if "id" in given]
    pointed = [str(given["href"])[1:] for tag, given in seen.elements if tag == "a"]
    labelled = [given["aria-labelledby"] for _, given in seen.elements if "aria-labelledby" in given]
    assert len(ids) == len(set(ids))
    assert {*pointed, *labelled} <= set(ids)


def test_a_text_that_nobody_translated_is_marked_as_english(teaching: Guideline) -> None:
    half = replace(teaching, scope=Text("Only in English."))
    assert '<span lang="en">Only in English.</span>' in page.guide(half, "da")
    assert '<html lang="da">' in page.guide(half, "da")
    assert f'lang="da">{teaching.title.da}</p>' in page.guide(half, "en"), "its name in the other language"


def test_a_guideline_out_of_force_says_so_on_top(lumbar: Guideline) -> None:
    html = page.guide(lumbar, "da")
    assert "IKKE GÆLDENDE siden 22. mar. 2023" in html
    assert html.index("IKKE GÆLDENDE") < html.index("<h1>")
    assert lumbar.currency.meaning is not None
    assert lumbar.currency.meaning.da in html


def test_one_in_force_has_no_banner(teaching: Guideline) -> None:
    assert 'class="status"' not in page.guide(replace(teaching, invented=False), "en")
    assert "INVENTED" in page.guide(teaching, "en")


def test_a_symbol_is_never_without_its_words(lumbar: Guideline) -> None:
    """A screen reader hears the words, and the symbol not at all."""
    html = page.guide(lumbar)
    hidden = re.findall(r'<span class="(?:sign|circles)" aria-hidden="true">([^<]+)</span>', html)
    outside = re.sub(r"<style>.*?</style>|<table.*?</table>", "", html, flags=re.DOTALL)
    assert len(hidden) == 10 + 10 + sum(each.grade.certainty is not None for each in lumbar.recommendations)
    assert len(re.findall(r"[↑↓√]+|[⊕○]+", outside)) == len(hidden)


def test_it_says_how_many_cases_test_a_statement(lumbar: Guideline) -> None:
    html = page.guide(lumbar, "en", {"": 20, "mri": 3, "acupuncture": 1})
    assert "3 of the guideline&#39;s 20 cases test this statement." in html
    assert "One of the guideline&#39;s 20 cases tests this statement." in html
    assert "None of the guideline&#39;s cases tests this statement." in html
