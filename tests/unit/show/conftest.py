"""Guidelines to show: the lumbar one, the teaching one, and one whose every text is hostile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from gradeline.model.guideline import Guideline
from gradeline.model.words import Text
from gradeline.source.shipped import guideline

TEACHING = Path(__file__).parents[2] / "guidelines" / "teaching"


@pytest.fixture(scope="session")
def lumbar() -> Guideline:
    return guideline("lumbar-nerve-root")


@pytest.fixture(scope="session")
def teaching() -> Guideline:
    return guideline(TEACHING)


@pytest.fixture(scope="session")
def reworded(teaching: Guideline) -> Callable[[Callable[[Text], Text]], Guideline]:
    """The teaching guideline with every text that a person reads put through a function."""
    return lambda change: _reworded(teaching, change)


def _reworded(thing: Any, change: Callable[[Text], Text]) -> Any:
    """A copy with each text changed; ids and codes stay."""
    if isinstance(thing, Text):
        return change(thing)
    if isinstance(thing, dict):
        return {key: _reworded(value, change) for key, value in thing.items()}
    if type(thing) is tuple:
        return tuple(_reworded(each, change) for each in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        changed = {each.name: _reworded(getattr(thing, each.name), change) for each in fields(thing) if each.init}
        return replace(thing, **changed)
    return thing
