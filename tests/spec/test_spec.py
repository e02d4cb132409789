"""Every case of every spec table has its answer on every engine that can be asked."""

from __future__ import annotations

import pytest

from tests.spec.engines import ENGINES, Engine
from tests.spec.setting import shown
from tests.spec.tables import Case, Table, chapters

RUNS = [
    pytest.param(table, case, engine, id=f"{shown(table.file)}: {case.because} ({name})")
    for chapter in chapters()
    for table in chapter.tables
    for case in table.cases
    for name, engine in ENGINES.items()
    if table.asks not in engine.cannot
]


@pytest.mark.parametrize(("table", "case", "engine"), RUNS)
def test_case(table: Table, case: Case, engine: Engine) -> None:
    """What a table says is what the engine answers."""
    answer = engine.answer(table, case)
    where = f"{shown(table.file)}:{case.line}"
    assert answer == case.answer, f"{where}  {case.because}: {table.asks} is `{case.answer}`, not `{answer}`"
