"""The review: everything that decides an answer, in words, in each of its three forms."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pdfplumber
import pytest

from gradeline.logic import UNKNOWN
from gradeline.model.criteria import AtLeast, Not, Recorded
from gradeline.model.guideline import Guideline, children
from gradeline.model.published import Kept, PublishedWords
from gradeline.model.words import LANGUAGES, Language
from gradeline.show import review
from gradeline.show.content.review.review import review as content
from gradeline.show.terminal.review import review as terminal
from gradeline.show.terminal.sheet import Sheet
from gradeline.source.cases import Case, cases

TEACHING = Path(__file__).parents[2] / "guidelines" / "teaching"
KEPT = {"tickling": PublishedWords("Do not tickle before noon.", "an invented page, line 3")}
Shown = Callable[[Guideline, Language, Kept | None, tuple[Case, ...]], str]


def page(asked: Guideline, language: Language, kept: Kept | None, cases: tuple[Case, ...]) -> str:
    html = review.html(asked, language, kept, cases)
    return unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL))


def paper(asked: Guideline, language: Language, kept: Kept | None, cases: tuple[Case, ...]) -> str:
    with pdfplumber.open(io.BytesIO(review.pdf(asked, language, kept, cases))) as pdf:
        return " ".join(each.extract_text(x_tolerance=2) for each in pdf.pages)


def screen(asked: Guideline, language: Language, kept: Kept | None, cases: tuple[Case, ...]) -> str:
    return terminal(asked, language, Sheet(width=10_000), kept, cases)


EVERY = pytest.mark.parametrize("shown", [page, paper, screen], ids=lambda shown: shown.__name__)


def told(text: str) -> str:
    return "".join(text.split())


@EVERY
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_the_words_the_logic_the_codes_and_what_is_open(
    teaching: Guideline, shown: Shown, language: Language
) -> None:
    said = told(shown(teaching, language, None, ()))
    for each in teaching.recommendations:
        assert told(each.name.in_(language)) in said
    for reading in teaching.interpretations:
        assert told(reading.question.in_(language)) in said
    for term in teaching.terms.values():
        assert all(told(code.code) in said for code in (*term.codes, *term.wider, *term.nearest, *term.without))
    assert teaching.gate is not None
    assert all(told(group.ask.in_(language)) in said for group in teaching.gate.groups)


@EVERY
def test_the_published_words_stand_beside_ours(teaching: Guideline, shown: Shown) -> None:
    said = told(shown(teaching, "en", KEPT, ()))
    assert told("Do not tickle before noon.") in said
    assert told("an invented page, line 3") in said
    assert said.count(told("Not read.")) == len(teaching.recommendations) - 1


@EVERY
def test_where_they_were_not_read_it_says_so_once(teaching: Guideline, shown: Shown) -> None:
    said = told(shown(teaching, "en", None, ()))
    assert said.count(told("The published words were not read.")) == 1
    assert told("--keep-wording") in said


@EVERY
def test_there_is_a_line_to_sign(teaching: Guideline, shown: Shown) -> None:
    said = told(shown(teaching, "da", None, ()))
    for word in ("Navn:", "Rolle:", "Dato:", "Underskrift:", "Jegerenigikodningen", "ingenendnu"):
        assert word in said


@EVERY
def test_cases_stand_with_their_facts_and_answers(teaching: Guideline, shown: Shown) -> None:
    some = cases(TEACHING / "cases.yaml", teaching)[:3]
    said = shown(teaching, "en", None, some)
    whole = content(teaching, "en", None, some)
    for case in whole.cases:
        words = set(re.findall(r"\w+", " ".join([case.name, case.why, case.day, *case.facts, *case.answers])))
        assert words <= set(re.findall(r"\w+", said))


def test_a_code_stands_with_how_surely_it_says_its_term(lumbar: Guideline) -> None:
    index = content(lumbar, "en", None, ()).whom.index
    found = {(row.sureness, row.system): row.codes for row in index.codes}
    assert "DM511*" in found["sure", "SKS"]
    assert found["wider, only possible", "ICPC-2"] == ("L86",)
    assert "DM511H" in found["excluded", "SKS"]
    assert "M51.1" in found["sure", "ICD-10"], "as people write it"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_of_every_case_is_said(lumbar: Guideline, teaching: Guideline, language: Language) -> None:
    folder = Path(lumbar.file).parent
    for asked, file in ((lumbar, folder / "cases.yaml"), (teaching, TEACHING / "cases.yaml")):
        for read, case in zip(
            cases(file, asked), content(asked, language, None, cases(file, asked)).cases, strict=True
        ):
            stated = [fact for fact in read.record.facts if fact.kind != "reason"]
            assert len(case.facts) == len(stated)
            assert len(case.answers) == len(read.expect)


def test_an_absence_that_the_guideline_declares_is_said(teaching: Guideline) -> None:
    asked = replace(teaching, population=Recorded("danced-polka", absence=UNKNOWN))
    assert "(if nothing is recorded: unknown)" in content(asked, "en", None, ()).whom.population.says


def test_what_is_made_of_others_is_a_list(teaching: Guideline) -> None:
    leaves = children(teaching.population)
    asked = replace(teaching, population=Not(AtLeast(2, leaves)))
    outline = content(asked, "en", None, ()).whom.population
    assert outline.says == "not so"
    assert outline.of[0].says == "at least 2 of these"
    assert len(outline.of[0].of) == len(leaves)
