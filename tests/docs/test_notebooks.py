"""Every notebook of the docs runs from top to bottom, and shows what it says that it shows."""

from __future__ import annotations

import ast
import contextlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.docs.blocks import ROOT, Desk, alike

NOTEBOOKS = sorted((ROOT / "docs").rglob("*.ipynb"))


def shown(cell: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """What the file says that a cell prints, and what it displays, by kind."""
    printed = "".join("".join(each["text"]) for each in cell["outputs"] if each["output_type"] == "stream")
    data = [each["data"] for each in cell["outputs"] if each["output_type"] == "execute_result"]
    return printed, {kind: "".join(text) for kind, text in (data[-1] if data else {}).items()}


def execute(source: str, names: dict[str, Any]) -> tuple[str, object]:
    """Run a cell: what it prints, and the value of its last line if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(tree, "cell", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None
    return printed.getvalue(), value


DISPLAYS: dict[str, Callable[[Any], str]] = {"text/plain": repr, "text/html": lambda value: value._repr_html_()}


def run_notebook(file: Path) -> None:
    """Run the code cells in order and compare with the outputs that the file keeps."""
    notebook = json.loads(file.read_text("utf-8"))
    assert notebook["nbformat"] == 4
    names: dict[str, Any] = {"__name__": "__main__"}
    for number, cell in enumerate(notebook["cells"], 1):
        if cell["cell_type"] == "code":
            printed, value = execute("".join(cell["source"]), names)
            text, data = shown(cell)
            assert alike(text, printed), f"cell {number} prints\n{printed}"
            for kind, expected in data.items():
                assert alike(expected, DISPLAYS[kind](value)), f"cell {number} shows another {kind}"


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.name)
def test_notebook(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Desk(tmp_path)
    monkeypatch.chdir(tmp_path)
    run_notebook(file)


def notebook(folder: Path, value: str) -> Path:
    """A notebook of two cells, whose second one keeps a value."""
    result = {"output_type": "execute_result", "data": {"text/plain": [value]}}
    cells = [
        {"cell_type": "markdown", "source": ["Words."]},
        {"cell_type": "code", "source": ["x = 2\n", "print('two')"], "outputs": [
            {"output_type": "stream", "name": "stdout", "text": ["two\n"]}]},
        {"cell_type": "code", "source": ["x + 1"], "outputs": [result]},
    ]  # fmt: skip
    (folder / "a.ipynb").write_text(json.dumps({"nbformat": 4, "cells": cells}), "utf-8")
    return folder / "a.ipynb"


def test_a_notebook_that_says_the_truth_passes(tmp_path: Path) -> None:
    run_notebook(notebook(tmp_path, "3"))


def test_a_notebook_that_shows_an_old_answer_is_found(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="cell 3 shows another text/plain"):
        run_notebook(notebook(tmp_path, "4"))
