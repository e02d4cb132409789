"""The report of an invented audit: an indicator with its funnel, a pattern without limits, few who are not told of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import gradeline as gl
from gradeline.dates import day
from gradeline.evaluate.audit.results import Audit
from gradeline.model.guideline import Guideline
from gradeline.records.facts import Patient, Record
from gradeline.records.store import write
from gradeline.show.audit.page import report
from gradeline.show.audit.terminal import page
from gradeline.show.terminal.sheet import Sheet
from gradeline.source.facts import line, numbered
from gradeline.source.grammar.kinds import Names
from tests.spec.setting import laid_over

pytest.importorskip("duckdb", reason="DuckDB is not installed")
pytest.importorskip("altair", reason="altair is not installed")

BORN = (day("1980-02-03"), day("1980-02-03"))


def guideline(grade: str) -> Guideline:
    """The shared setting with one recommendation of a grade."""
    return laid_over("recommendation", {"form": "do", "action": "exercise", "grade": grade}, "leg-pain")


def patient(number: int, of: Guideline) -> Record:
    """One of many, in one of four units: each third one exercised."""
    names = Names({"term": dict.fromkeys(of.terms, 0)}, terms=dict(of.terms))
    texts = ["leg-pain 2026-10-01, onset 2026-09-20", *(["exercise 2026-10-20"] if number % 3 == 0 else [])]
    facts = numbered([line(text, names) for text in texts])
    region = ("North", "South")[number % 2]
    who = Patient(f"somebody-{number}", BORN, "female", None, region)  # type: ignore[arg-type]
    return Record(who, tuple(fact._replace(unit=f"unit-{number % 4}") for fact in facts))


def audit(folder: Path, grade: str, patients: int) -> Audit:
    """An audit of so many."""
    of = guideline(grade)
    facts = write((patient(number, of) for number in range(patients)), folder / "facts")
    return gl.audit(of, facts, "2026-10", assume_captured=True)


@pytest.fixture(scope="module")
def strong(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    return audit(tmp_path_factory.mktemp("strong"), "strong for, high", 90)


def test_the_counts_are_those_of_the_records(strong: Audit, tmp_path: Path) -> None:
    told = strong.to_dict()["recommendations"][0]
    assert told["applies"] == {"yes": 90, "no": 0, "unknown": 0}
    assert (told["practice"]["followed"], told["practice"]["incomplete"]) == (30, 60), "the data end before the horizon"
    assert (told["lowest"], told["highest"]) == (0.3333, 1.0)
    assert told["by"]["region"].keys() == {"North", "South"}


def test_only_a_strong_recommendation_has_an_indicator_with_a_funnel(strong: Audit, tmp_path: Path) -> None:
    weak = audit(tmp_path, "weak for, low", 90)
    said = {name: page(of, "en", Sheet()) for name, of in (("strong", strong), ("weak", weak))}
    assert "INDICATORS" in said["strong"] and "PATTERNS OF PRACTICE" not in said["strong"]
    assert "PATTERNS OF PRACTICE" in said["weak"] and "INDICATORS" not in said["weak"]
    assert "Funnel plot by organisation" in report(strong)
    assert "Funnel" not in report(weak)


def test_a_notebook_and_tables_show_it(strong: Audit) -> None:
    assert strong._repr_html_().startswith("<pre>")
    assert strong.tables["recommendations"].num_rows == 2
    assert strong.tables["strata"].column("stratum").to_pylist().count("North") == 2


def test_a_page_fetches_nothing_and_names_nobody(strong: Audit) -> None:
    for language in ("en", "da"):
        html = report(strong, language)  # type: ignore[arg-type]
        assert not re.search(r'(src|href)="(?!#)', html)
        assert "somebody-" not in html
        assert f'<html lang="{language}">' in html


def test_of_fewer_than_five_nothing_is_told(tmp_path: Path) -> None:
    few = audit(tmp_path, "weak for, low", 4)
    data = few.to_dict()
    assert data["episodes"] is None and data["patients_with_an_episode"] is None
    told = data["recommendations"][0]
    assert set(told["applies"].values()) == {None}
    assert told["lowest"] is None
    assert "Fewer than five episodes" in page(few, "en", Sheet())
    assert "Fewer than five episodes" in report(few)
