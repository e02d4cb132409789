"""The account of an audit: what was read, what could not be, and who was counted by the evaluator that advises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import gradeline
import gradeline as gl
from gradeline.evaluate.audit.account import Account, LeftOut
from gradeline.records.facts import Patient, Record
from gradeline.records.store import write
from gradeline.show.audit.account import DANISH, lines
from gradeline.show.audit.page import report
from gradeline.show.audit.terminal import page
from gradeline.show.terminal.sheet import Sheet
from gradeline.source.facts import line, numbered
from gradeline.source.grammar.kinds import Names
from tests.unit.audit.test_report import BORN, guideline

pytest.importorskip("duckdb", reason="DuckDB is not installed")
pytest.importorskip("altair", reason="altair is not installed")
STEPS = Path(gradeline.__file__).parent / "evaluate" / "sql" / "text" / "steps"


def patient(number: int, refuted: bool) -> Record:
    """Somebody with leg pain, which may be refuted later: that SQL leaves to the evaluator that advises."""
    of = guideline("weak for, low")
    names = Names({"term": dict.fromkeys(of.terms, 0)}, terms=dict(of.terms))
    texts = ["leg-pain 2026-10-01, onset 2026-09-20", *(["leg-pain 2026-12-20, absent"] if refuted else [])]
    facts = numbered([line(text, names) for text in texts])
    return Record(Patient(f"somebody-{number}", BORN, "female", None, "North"), tuple(facts))  # type: ignore[arg-type]


def audit(folder: Path, refuted: int) -> gl.Audit:
    """An audit of forty, of whom some are refuted."""
    facts = write((patient(number, number < refuted) for number in range(40)), folder / "facts")
    return gl.audit(guideline("weak for, low"), facts, "2026-10", assume_captured=True)


def test_whom_sql_hands_over_is_said_with_the_reason(tmp_path: Path) -> None:
    found = audit(tmp_path, 12)
    said = found.to_dict()["account"]["by_the_evaluator_of_one_patient"]
    assert said == {"patients": 12, "why": {"refuted": 12}}
    words = "12 patients, whom SQL cannot decide exactly"
    assert words in " ".join(page(found, "en", Sheet()).split())
    assert words in report(found)
    assert "12 afkræftet" in report(found, "da")


def test_few_of_them_are_hidden(tmp_path: Path) -> None:
    said = audit(tmp_path, 3).to_dict()["account"]["by_the_evaluator_of_one_patient"]
    assert said == {"patients": None, "why": {"refuted": None}}


def test_nobody_handed_over_is_not_spoken_of(tmp_path: Path) -> None:
    found = audit(tmp_path, 0)
    assert found.account.handed == 0
    assert "one by one" not in page(found, "en", Sheet())


def test_what_could_not_be_read_is_told_in_both_languages() -> None:
    account = Account(
        1000,
        (LeftOut("Condition", "entered in error", 12), *(LeftOut(f"Type{n}", "this type is not read", 9) for n in range(7))),
        (LeftOut("Observation", "a value in the unknown unit 'furlong'", 7),),
        (("lines that are no JSON", 20),),
        None,
        (("facts before birth", 8),),
        ("concept",),
    )  # fmt: skip
    english, danish = (dict(lines(account, language)) for language in ("en", "da"))
    assert english["not used"].startswith("12 Condition (entered in error); 9 Type0") and english["not used"].endswith(
        "…"
    )
    assert english["not readable"] == (
        "20 lines that are no JSON; 7 Observation (a value in the unknown unit 'furlong'); * patients left out whole; "
        "each with its place in unread.csv, with the facts"
    )
    assert (english["odd days"], english["no table"]) == ("8 facts before birth", "concept")
    assert danish["ulæseligt"].startswith("20 linjer, der ikke er JSON")
    assert dict(lines(Account(5), "en")) == {"read": "5 lines or rows", "not readable": "nothing"}


def test_each_reason_of_sql_has_its_danish_words() -> None:
    text = "".join(path.read_text("utf-8") for path in sorted(STEPS.glob("*.sql")))
    doubts = "".join(re.findall(r"^-- step doubt.*?(?=^-- |\Z)", text, re.MULTILINE | re.DOTALL))
    reasons = set(re.findall(r"(?:THEN|SELECT (?:DISTINCT )?(?:\w\.)?pid,) '([a-z][^']+)'", doubts))
    assert len(reasons) > 10
    assert reasons <= DANISH.keys()
