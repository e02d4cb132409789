"""Every fault of a guideline file: its line, what it is, and its cure. One passage is broken, and one fault is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from gradeline.errors import Fault

Break = Callable[[str, str], tuple[str, int]]
Faults = Callable[[str], tuple[Fault, ...]]
FAULTS = yaml.safe_load(Path(__file__).with_name("faults.yaml").read_text("utf-8"))


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row["fault"])
def test_one_fault_is_told_once(row: dict[str, Any], broken: Break, faults: Faults) -> None:
    text, line = broken(row["passage"], row["becomes"])
    (fault,) = faults(text)
    assert row["says"] in fault.what
    assert row["cure"] in fault.cure
    assert fault.where == f"g.yaml:{line + row['below']}"


def test_the_whole_file_has_none(text: str, faults: Faults) -> None:
    assert faults(text) == ()
