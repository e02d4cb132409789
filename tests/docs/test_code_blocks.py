"""Every code block of the README and of the docs does what its page says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT, Desk, WrongBlock, blocks, run

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_page(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path)
    for block in blocks(page):
        run(block, desk)


def written(folder: Path, text: str) -> None:
    """Run the blocks of a page of our own."""
    (folder / "page.md").write_text(text, "utf-8")
    desk = Desk(folder)
    for block in blocks(folder / "page.md"):
        run(block, desk)


def test_what_is_right_passes(tmp_path: Path) -> None:
    written(
        tmp_path,
        '```json title="a.json"\n{"a": 1}\n```\n\n'
        "1. In a list\n\n    ```console\n    $ cat a.json\n    {...}\n    ```\n\n"
        "```console\n$ echo one \\\n> two\none two\n```\n\n"
        '```sh title="exits with 3"\nexit 3\n```\n\n'
        "```python\nx = 2\n```\n\n```pycon\n>>> x + 1\n3\n```\n\n```sh\nmake test\n```\n\n```text\n-->\n```\n",
    )


WRONG = {
    "no language": ("```\nls\n```", "unknown language ''"),
    "unknown language": ("```cobol\nls\n```", "unknown language 'cobol'"),
    "other output": ("```console\n$ echo a\nb\n```", "prints"),
    "output and no command": ("```console\na\n```", "begins with"),
    "exit code": ("```sh\nfalse\n```", "exit code 1, not 0"),
    "exit code that was meant": ('```sh title="exits with 1"\ntrue\n```', "exit code 0, not 1"),
    "unknown target": ("```sh\nmake gold\n```", "exit code 2"),
    "wrong answer": ("```pycon\n>>> 1 + 1\n3\n```", "Expected:"),
    "no dialogue": ("```pycon\n1 + 1\n```", "begins with"),
}


@pytest.mark.parametrize(("text", "why"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_found(text: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(WrongBlock, match=why):
        written(tmp_path, text)


def test_an_error_in_python_names_the_line_of_the_page(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        written(tmp_path, "A page.\n\n```python\n1 / 0\n```\n")
    assert caught.traceback[-1].lineno == 4 - 1


def test_a_block_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.docs.blocks.SECONDS", 0.2)
    with pytest.raises(subprocess.TimeoutExpired):
        written(tmp_path, "```sh\nsleep 5\n```")
