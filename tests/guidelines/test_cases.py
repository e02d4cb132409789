"""Every guideline's cases come out as expected, and reach every leaf, decision and outcome of its logic."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradeline.check.cases import run
from gradeline.check.coverage import unreached
from gradeline.plan.plan import compile
from gradeline.source.cases import cases
from gradeline.source.reader import read
from gradeline.source.shipped import find

FILES = {"lumbar-nerve-root": find("lumbar-nerve-root"), "teaching": Path(__file__).parent / "teaching/guideline.yaml"}


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_cases_come_out_as_expected_and_reach_everything(file: Path) -> None:
    guideline = read(file)
    plan = compile(guideline)
    came = run(plan, cases(file.with_name("cases.yaml"), guideline))
    assert came.cases >= 80
    assert [f"{miss.case.name}: {miss.answer} {miss.got}, expected {miss.expected}" for miss in came.misses] == []
    assert unreached(plan, came) == []


def test_a_case_that_misses_is_told() -> None:
    """The runner can fail: a case that expects the opposite does."""
    file = FILES["lumbar-nerve-root"]
    guideline = read(file)
    text = """
- case: The opposite
  why: to see it miss
  on: 2026-11-23
  patient: woman, born 1980-02-03
  facts:
    - lumbar-nerve-root-compression 2026-10-01, onset 2026-09-20
  expect:
    population: no
"""
    (miss,) = run(compile(guideline), cases(text, guideline)).misses
    assert (miss.answer, miss.got, miss.expected) == ("population", "yes", "no")
