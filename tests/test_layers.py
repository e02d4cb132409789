"""Imports go one way, as the data does: a folder reads those that its line names, and no module is in a circle."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "gradeline"
BASE = ("errors", "logic", "dates", "quantity", "codes")
RESULTS = "base model plan records evaluate"
MAY_READ = {
    "base": "",
    "model": "base",
    "records": "base",
    "guidelines": "base model source",
    "source": "base model records",
    "plan": "base model",
    "cohort": "base model records",
    "evaluate": "base model plan records",
    "exchange": RESULTS,
    "check": RESULTS + " source",
    "show": RESULTS + " source",
    "web": RESULTS + " show",
    "api": RESULTS + " source guidelines cohort show exchange",
    "serve": RESULTS + " source guidelines cohort show exchange web api",
    "verbs": RESULTS + " source guidelines cohort check show exchange web api serve",
    "cli": "base verbs api",
}


def name(file: Path) -> str:
    """The dotted name of a module's file."""
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name(file): file for file in PACKAGE.rglob("*.py")}


def layer(module: str) -> str:
    """Where a module belongs: its folder, or what a file of the package's top is."""
    top = [*module.split("."), "api"][1]
    return "base" if top in BASE else top


def imported(node: ast.AST, module: str) -> list[str]:
    """The names that one statement imports; a name taken from a folder may be a module of its own."""
    match node:
        case ast.Import(names):
            return [each.name for each in names]
        case ast.ImportFrom(source, names, 0) if source:
            return [f"{source}.{each.name}" if f"{source}.{each.name}" in MODULES else source for each in names]
        case ast.ImportFrom():
            raise AssertionError(f"{module}:{node.lineno}  a relative import hides which folder is read: write it out")
    return []


class Running(ast.NodeTransformer):
    """Leaves out what stands under `if TYPE_CHECKING`: it is read for types and never run."""

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        return node.orelse if ast.unparse(node.test) == "TYPE_CHECKING" else self.generic_visit(node)


def reads(module: str, running: bool = False) -> set[str]:
    """The modules of ours that a module imports, wherever in the file; perhaps only those that it needs to run."""
    tree: ast.AST = ast.parse(MODULES[module].read_text("utf-8"))
    tree = Running().visit(tree) if running else tree
    found = {name for node in ast.walk(tree) for name in imported(node, module)}
    return {each for each in found if each in MODULES} - {module}


def trespasses(module: str, others: set[str]) -> list[str]:
    """What a module imports and may not."""
    allowed = {layer(module), *MAY_READ[layer(module)].split()}
    return [f"{module} reads {other}" for other in sorted(others) if layer(other) not in allowed]


def test_the_table_itself_goes_one_way() -> None:
    assert tuple(TopologicalSorter({each: below.split() for each, below in MAY_READ.items()}).static_order())


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_reads_only_what_lies_below(module: str) -> None:
    assert layer(module) in MAY_READ, f"{module} has no layer: name it in {Path(__file__).name}"
    assert not trespasses(module, reads(module))


def test_no_module_is_in_a_circle() -> None:
    """CycleError names the modules of the circle."""
    TopologicalSorter({module: reads(module, running=True) for module in MODULES}).prepare()


def test_a_trespass_is_seen() -> None:
    assert trespasses("gradeline.model.grade", {"gradeline.records.facts", "gradeline.logic"}) == [
        "gradeline.model.grade reads gradeline.records.facts"
    ]
