"""The fenced code blocks of a page, and how each language is run: an unknown language, or none, is an error.

A block may carry a title, which the site shows above it:

- `title="patient.json"`, a file name: the block is written under that name, for the blocks that follow;
- `title="part of ID"` on yaml: laid over the shipped guideline ID, the whole is checked;
- `title="cases of ID"` on yaml: checked as the cases of the shipped guideline ID;
- `title="exits with 3"` on sh and console: the exit code that is meant;
- `title="on a server"` on text: a console that needs a FHIR server; tests/agree/test_server.py types it there.

The blocks of one page share a folder and, in Python, their names. There a page finds what a reader in the checkout
finds: `gradeline/`, `.venv/`. A `make` is only asked whether it knows its target.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "gradeline" / "guidelines"
FENCE = re.compile(r"^(?P<indent> *)(?P<fence>`{3,}|~{3,})(?P<info>.*)$")
INFO = re.compile(r"(?P<language>\w*)(?: +title=\"(?P<title>[^\"]+)\")?")
FILE = re.compile(r"[\w-]+(\.[\w-]+)+")
EXITS = re.compile(r"exits with (\d+)")
LAID_OVER = re.compile(r"(part|cases) of ([\w-]+)")
SECONDS = 60


class WrongBlock(AssertionError):
    """A block that does not do what its page says."""


@dataclass(frozen=True)
class Block:
    """One fenced block: where it stands, what it says it is, its text."""

    page: str
    line: int
    language: str
    title: str
    text: str

    def wrong(self, why: str) -> WrongBlock:
        """The error that names the page and the line."""
        return WrongBlock(f"{self.page}:{self.line}  {why}")

    @property
    def exit_code(self) -> int:
        """The exit code that its commands are meant to have."""
        meant = EXITS.fullmatch(self.title)
        return int(meant[1]) if meant else 0


def blocks(page: Path) -> list[Block]:
    """All fenced blocks of a page, in order."""
    lines = page.read_text("utf-8").splitlines()
    found, number = [], 0
    while number < len(lines):
        opening = FENCE.match(lines[number])
        if opening:
            end = closing(lines, number + 1, opening["fence"])
            found.append(block(page, number + 1, opening["info"].strip(), lines[number + 1 : end]))
            number = end
        number += 1
    return found


def closing(lines: list[str], start: int, fence: str) -> int:
    """The line that closes a fence; the end of the page where none does."""
    return next((n for n in range(start, len(lines)) if lines[n].strip().startswith(fence)), len(lines))


def block(page: Path, line: int, info: str, text: list[str]) -> Block:
    """A block from its first line and its body."""
    said = INFO.fullmatch(info)
    if not said:
        raise WrongBlock(f'{page}:{line}  {info!r}: write the language, then perhaps title="..."')
    body = textwrap.dedent("\n".join(text)) + "\n"
    return Block(str(page), line, said["language"], said["title"] or "", body)


@dataclass
class Desk:
    """Where the blocks of one page are run: a folder of its own, and the names that Python has so far."""

    folder: Path
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})

    def __post_init__(self) -> None:
        (self.folder / "gradeline").symlink_to(ROOT / "gradeline")
        (self.folder / ".venv").symlink_to(sys.prefix)
        shim = self.folder / ".bin" / "make"
        shim.parent.mkdir()
        shim.write_text(f'#!/bin/sh\nexec "{shutil.which("make")}" -C "{ROOT}" --dry-run "$@"\n', "utf-8")
        shim.chmod(0o755)

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment of a reader in an English terminal of 80 columns, without colour."""
        path = os.pathsep.join([str(self.folder / ".bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
        kept = {name: os.environ[name] for name in ("TMPDIR", "SSL_CERT_FILE") if name in os.environ}
        plain = {"LANG": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "80", "TERM": "dumb", "PYTHONWARNINGS": "error"}
        return {**kept, **plain, "PATH": path, "HOME": str(self.folder)}

    def shell(self, block: Block, command: str) -> str:
        """Run a command and give what it prints, on both streams; it must exit as the block says."""
        done = subprocess.run(
            ["sh", "-e", "-c", command],
            cwd=self.folder, env=self.surroundings, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS, check=False,
        )  # fmt: skip
        printed = done.stdout.decode("utf-8", "replace")
        if done.returncode != block.exit_code:
            raise block.wrong(f"exit code {done.returncode}, not {block.exit_code}, of: {command}\n{printed}")
        return printed


def run(block: Block, desk: Desk) -> None:
    """Do what a block says; WrongBlock, or the block's own error, where it cannot be done."""
    if block.language not in RUNNERS:
        raise block.wrong(f"unknown language {block.language!r}: one of {', '.join(RUNNERS)}")
    if FILE.fullmatch(block.title):
        (desk.folder / block.title).write_text(block.text, "utf-8")
    RUNNERS[block.language](block, desk)


def run_shell(block: Block, desk: Desk) -> None:
    """The whole block is one script."""
    desk.shell(block, block.text)


def run_console(block: Block, desk: Desk) -> None:
    """Lines after `$ ` are commands, `> ` continues one; what stands below is what it prints, `...` is anything."""
    commands = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    if commands[0].strip() or len(commands) == 1:
        raise block.wrong("a console block begins with `$ `")
    for part in commands[1:]:
        command, shown = re.match(r"(.*(?:\n> .*)*)\n?((?:.|\n)*)", part).groups()  # type: ignore[union-attr]
        printed = desk.shell(block, command.replace("\n> ", "\n"))
        if shown.strip() and not alike(shown, printed):
            raise block.wrong(f"`{command}` prints\n{printed}\nnot\n{shown}")


def alike(shown: str, printed: str) -> bool:
    """Whether what is printed is what is shown; `...` stands for anything, spaces at the end of a line for nothing.

    >>> alike("a ... c\\n...", "a b c\\nand more\\n"), alike("a", "b")
    (True, False)
    """
    shown, printed = ("\n".join(line.rstrip() for line in text.strip().splitlines()) for text in (shown, printed))
    return bool(re.fullmatch(".*".join(map(re.escape, shown.split("..."))), printed, re.DOTALL))


def run_python(block: Block, desk: Desk) -> None:
    """Statements, with the names of the blocks before; an error names the page and its line."""
    exec(compile("\n" * block.line + block.text, block.page, "exec"), desk.names)


def run_dialogue(block: Block, desk: Desk) -> None:
    """A Python prompt, what is typed and what is answered."""
    test = doctest.DocTestParser().get_doctest(block.text, desk.names, block.page, block.page, block.line)
    said: list[str] = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    if not test.examples or runner.run(test, out=said.append, clear_globs=False).failed:
        raise block.wrong("".join(said) or "a pycon block begins with `>>> `")
    desk.names.update(test.globs)


def run_yaml(block: Block, desk: Desk) -> None:
    """A whole guideline, unless its title says what else it is: `gradeline check` reads it."""
    said = LAID_OVER.fullmatch(block.title)
    if FILE.fullmatch(block.title):
        yaml.compose(block.text)
        return
    folder = desk.folder / f"line-{block.line}"
    folder.mkdir()
    guideline = folder / "guideline.yaml"
    if said:
        shipped = (SHIPPED / said[2] / "guideline.yaml").read_text("utf-8")
        guideline.write_text(lay_over(shipped, block.text) if said[1] == "part" else shipped, "utf-8")
    else:
        guideline.write_text(block.text, "utf-8")
    if said and said[1] == "cases":
        (folder / "cases.yaml").write_text(block.text, "utf-8")
    desk.shell(block, f'gradeline check "{guideline}"')


def lay_over(shipped: str, part: str) -> str:
    """A guideline's text with a part of another put in: maps by key, lists by the id of their items.

    >>> lay_over("a: {b: 1, c: 2}\\nd: [{id: x, e: 1}]", "a: {c: no}\\nd: [{id: x, e: 2}, {id: y}]").split()
    ['a:', 'b:', "'1'", 'c:', "'no'", 'd:', '-', 'id:', 'x', 'e:', "'2'", '-', 'id:', 'y']
    """
    whole = merged(*(yaml.load(text, Loader=yaml.BaseLoader) for text in (shipped, part)))
    return yaml.safe_dump(whole, sort_keys=False, allow_unicode=True)


def merged(old: Any, new: Any) -> Any:
    """The new laid over the old."""
    match old, new:
        case dict(), dict():
            return old | {key: merged(old.get(key), value) for key, value in new.items()}
        case [{"id": _}, *_], list():
            keyed = merged({each["id"]: each for each in old}, {each["id"]: each for each in new})
            return list(keyed.values())
    return new


def run_json(block: Block, desk: Desk) -> None:
    """Whole JSON."""
    json.loads(block.text)


def run_toml(block: Block, desk: Desk) -> None:
    """Whole TOML."""
    tomllib.loads(block.text)


def only_shown(block: Block, desk: Desk) -> None:
    """A drawing: nothing to run."""


RUNNERS: dict[str, Callable[[Block, Desk], None]] = {
    "sh": run_shell,
    "console": run_console,
    "python": run_python,
    "pycon": run_dialogue,
    "yaml": run_yaml,
    "json": run_json,
    "toml": run_toml,
    "text": only_shown,
}
