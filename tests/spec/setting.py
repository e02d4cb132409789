"""The one setting of all spec tables, and what a table lays over it: a guideline, read as any other is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml as plain_yaml

from gradeline.errors import Fault, GuidelineError
from gradeline.model.guideline import Guideline
from gradeline.source import yaml
from gradeline.source.reader import load, read
from gradeline.source.yaml import Block, Items, Node

FOLDER = Path(__file__).parent
SETTING = FOLDER / "setting.yaml"
MERGED = ("parameters", "criteria", "terms", "episode")
"""The keys of a guideline to which a fragment adds; it takes the place of any other."""
IT = ("id", "name", "section", "grade", "says", "why")
"""What a recommendation is given where its table says only what matters."""


def laid_over(subject: str, said: Any, name: str) -> Guideline:
    """The setting with a fragment laid over it."""
    whole = plain(tree(SETTING))
    usual = {key: whole["recommendations"][0][key] for key in IT}
    if subject == "criterion":
        said = {"population": said}
    elif subject == "recommendation":
        said = {"recommendations": [said]}
    if "recommendations" in said:
        said = {**said, "recommendations": [{**usual, **each} for each in said["recommendations"]]}
    whole |= {key: {**whole[key], **value} if key in MERGED else value for key, value in said.items()}
    return read(plain_yaml.safe_dump(whole, sort_keys=False), name)


def tree(file: Path) -> Block:
    """The keys of a file; GuidelineError with every fault of its spelling."""
    spelt = yaml.tree(load(file), shown(file))
    if spelt.faults or not isinstance(spelt.node, Block):
        raise GuidelineError(spelt.faults or [Fault(f"{shown(file)}:1", "no keys", "begin with `title:`")])
    return spelt.node


def plain(node: Node) -> Any:
    """A node without its lines."""
    if isinstance(node, Block):
        return {key: plain(value) for key, value in node.keys.items()}
    return [plain(each) for each in node.of] if isinstance(node, Items) else node.text


def shown(file: Path) -> str:
    """A file by its name and its folder's."""
    return f"{file.parent.name}/{file.name}"
