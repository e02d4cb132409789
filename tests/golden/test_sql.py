"""The SQL of the teaching guideline as a file, so that a review sees what a change does to it.

`GRADELINE_GOLDEN=write make test ARGS=tests/golden` writes it anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from gradeline.codes import OWN
from gradeline.dates import Interval, day
from gradeline.evaluate.audit.engines import Leg
from gradeline.evaluate.audit.rows import Scope
from gradeline.evaluate.sql.text.spelling import DUCKDB, SPARK, Spelling
from gradeline.evaluate.sql.written import written
from gradeline.plan.capture import UNDECLARED
from gradeline.plan.plan import compile
from gradeline.source.shipped import guideline

HERE = Path(__file__).parent
TEACHING = guideline(str(HERE.parent / "guidelines" / "teaching" / "guideline.yaml"))
LEG = Leg(compile(TEACHING, UNDECLARED), Scope(Interval(day("2026-01-01"), day("2026-12-31")), day("2026-12-31")))


def sql(spelling: Spelling) -> str:
    """The whole text, over a source that codes each term by our own code."""
    answers = {"system": [(OWN, term) for term in sorted(TEACHING.terms)]}
    return written([LEG], lambda query: answers["system"] if "system" in query else [], spelling)


def test_the_sql_is_as_kept() -> None:
    kept, now = HERE / "teaching.sql", sql(DUCKDB)
    if os.environ.get("GRADELINE_GOLDEN") == "write":
        kept.write_text(now, "utf-8")
    assert now == kept.read_text("utf-8"), "GRADELINE_GOLDEN=write writes it anew"


def test_databases_differ_in_few_words() -> None:
    ours, theirs = (re.split(r"(?<=\n)", sql(spelling)) for spelling in (DUCKDB, SPARK))
    assert len(ours) == len(theirs)
    different = [line for line, other in zip(ours, theirs, strict=True) if line != other]
    assert 0 < len(different) < len(ours) / 20
    assert all(re.search(r"unnest|list_has_any|list_sort|len\(|VARCHAR", line) for line in different)
