"""The requirements of CDS Hooks that bind a service, each with the tests that hold it: `make requirements`."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import yaml

TESTS = Path(__file__).parents[1] / "tests" / "doors" / "serve"
BINDING = ("SHALL", "SHALL NOT")


def requirements() -> dict[str, tuple[str, str]]:
    """Each number with how binding it is, and what it asks in our words."""
    found: dict[str, tuple[str, str]] = yaml.safe_load((TESTS / "requirements.yaml").read_text("utf-8"))
    return {id: (level, words) for id, (level, words) in found.items()}


def tested() -> dict[str, list[str]]:
    """The tests that bear each number."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(TESTS.glob("test_*.py")):
        for name, ids in marked(ast.parse(file.read_text("utf-8"))):
            for id in ids:
                found[id].append(f"{file.name}::{name}")
    return found


def marked(tree: ast.AST) -> Iterator[tuple[str, list[str]]]:
    """Every test with the numbers of its mark."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith("requirement"):
                    yield node.name, [ast.literal_eval(argument) for argument in mark.args]


def main() -> int:
    """Print the table; 1 where something that binds us has no test."""
    tests, missing = tested(), []
    for id, (level, words) in requirements().items():
        print(f"{id:<8}{level:<11}{'met' if tests[id] else '-':<5}{words}")
        for test in tests[id]:
            print(f"{'':<24}{test}")
        if level in BINDING and not tests[id]:
            missing.append(id)
    met = sum(bool(tests[id]) for id in requirements())
    print(f"\n{met} of {len(requirements())} are met by tests; of those that bind, without a test: {missing or 'none'}")
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
