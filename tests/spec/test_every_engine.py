"""Each criterion and form is held equal on every engine: the guideline that they all run has it, and they do run it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gradeline.model.criteria import NODES
from gradeline.model.forms import FORMS
from gradeline.source.shipped import guideline

TESTS = Path(__file__).parents[1]
TEACHING = TESTS / "guidelines" / "teaching" / "guideline.yaml"
RUNS = {
    "the evaluator of one patient": ("guidelines/test_cases.py", "teaching"),
    "SQL in DuckDB": ("agree/test_sql_tables.py", "test_the_teaching_guideline"),
    "DuckDB = Spark": ("agree/test_spark.py", "TEACHING"),
    "fhir = bulk": ("agree/test_bulk_cases.py", "TEACHING"),
    "CQL": ("agree/test_engines.py", "test_the_cases_of_a_guideline"),
    "every page in SQL": ("agree/test_sql_tables.py", "test_the_spec_tables"),
    "drawn cases, oracle and evaluator": ("agree/test_patient.py", "test_advice_is_what_the_oracle_reads"),
    "drawn cases, SQL and evaluator": ("agree/test_sql.py", "test_duckdb_gives_the_rows_of_the_evaluator"),
}
"""What holds engines equal: the test's file, and the word in its code that it runs them by."""


def inside(thing: Any) -> Iterator[type]:
    """The types of everything that a guideline is made of."""
    yield type(thing)
    if is_dataclass(thing):
        for each in fields(thing):
            yield from inside(getattr(thing, each.name))
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from inside(value)
    elif isinstance(thing, list | tuple):
        for value in thing:
            yield from inside(value)


@cache
def taught() -> frozenset[type]:
    """What the teaching guideline is made of."""
    return frozenset(inside(guideline(str(TEACHING))))


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.__name__)
def test_the_teaching_guideline_has_each_criterion(node: type) -> None:
    assert node in taught(), "write a statement of the teaching guideline with it, and its cases"


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.__name__)
def test_the_teaching_guideline_has_each_form(kind: type) -> None:
    assert kind in taught(), "write a statement of the teaching guideline in it, and its cases"


@pytest.mark.parametrize("what", RUNS)
def test_each_engine_is_held_equal(what: str) -> None:
    file, word = RUNS[what]
    code = ast.parse((TESTS / file).read_text("utf-8"))
    called = {each.name for each in ast.walk(code) if isinstance(each, ast.FunctionDef)}
    used = {each.id for each in ast.walk(code) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}
    texts = {each.value for each in ast.walk(code) if isinstance(each, ast.Constant)}
    assert word in called | used | texts, f"{file} no longer runs it"
    assert any(name.startswith("test_") for name in called)
