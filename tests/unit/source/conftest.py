"""A whole guideline, invented, that uses every key, criterion, form and grade; and ways to break it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gradeline.errors import Fault, GuidelineError
from gradeline.model.guideline import Guideline
from gradeline.source.reader import Manuscript, manuscript, read
from gradeline.source.yaml import Block, Items, Node, tree

WHOLE = Path(__file__).with_name("whole.yaml")
Break = Callable[[str, str], tuple[str, int]]


@pytest.fixture(scope="session")
def text() -> str:
    return WHOLE.read_text("utf-8")


@pytest.fixture(scope="session")
def whole(text: str) -> Guideline:
    return read(text, "whole.yaml")


@pytest.fixture(scope="session")
def written(text: str) -> Manuscript:
    return manuscript(text, "whole.yaml")


@pytest.fixture(scope="session")
def broken(text: str) -> Break:
    """The whole file with one passage written otherwise, and the line on which that passage begins."""

    def change(old: str, new: str) -> tuple[str, int]:
        assert text.count(old) == 1, f"{text.count(old)} times in whole.yaml: {old!r}"
        return text.replace(old, new), text[: text.index(old)].count("\n") + 1

    return change


@pytest.fixture(scope="session")
def faults() -> Callable[[str], tuple[Fault, ...]]:
    """What is wrong with a guideline's text."""

    def found(text: str) -> tuple[Fault, ...]:
        try:
            read(text, "g.yaml")
        except GuidelineError as error:
            return error.faults
        return ()

    return found


def plain(node: Node) -> Any:
    """What a file holds, as the data of JSON."""
    if isinstance(node, Block):
        return {key: plain(value) for key, value in node.keys.items()}
    return [plain(item) for item in node.of] if isinstance(node, Items) else node.text


@pytest.fixture(scope="session")
def data() -> Callable[[str], Any]:
    """A YAML text as the data of JSON."""

    def parsed(text: str) -> Any:
        node = tree(text, "g.yaml").node
        assert node is not None
        return plain(node)

    return parsed
