"""Renew what pages and notebooks show that the command and Python print: `python -m tools.shown`, part of `make docs`.

A block with `...` in it says what matters of an output, and is left to its author.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path
from textwrap import indent
from typing import Any

from tests.docs.blocks import ROOT, Block, Desk, WrongBlock, alike, blocks
from tests.docs.blocks import run as do
from tests.docs.test_code_blocks import PAGES
from tests.docs.test_notebooks import DISPLAYS, NOTEBOOKS, execute


def renewed(page: Path, desk: Desk) -> str:
    """A page with what its console blocks print now; the blocks before each have been run."""
    lines = page.read_text("utf-8").splitlines(keepends=True)
    for block in reversed(run(page, desk)):
        fence = lines[block.line - 1]
        space = fence[: len(fence) - len(fence.lstrip())]
        old = next(n for n in range(block.line, len(lines)) if lines[n].strip().startswith("```"))
        lines[block.line : old] = [indent(block.text, space)]
    return "".join(lines)


def run(page: Path, desk: Desk) -> list[Block]:
    """Run the blocks of a page in order; those whose output is another now, as they should be."""
    changed = []
    for block in blocks(page):
        if block.language == "console":
            now = Block(block.page, block.line, block.language, block.title, printed(block, desk))
            changed += [now] if now.text != block.text else []
        else:
            do(block, desk)
    return changed


def printed(block: Block, desk: Desk) -> str:
    """A console block with what its commands print now, where that is not what it shows."""
    text = ""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, shown = re.match(r"(.*(?:\n> .*)*)\n?((?:.|\n)*)", part).groups()  # type: ignore[union-attr]
        said = desk.shell(block, command.replace("\n> ", "\n"))
        if not shown.strip() or "..." in shown or alike(shown, said):
            text += f"$ {part}"
        else:
            text += f"$ {command}\n" + "".join(f"{line.rstrip()}\n" for line in said.splitlines())
    return text


def run_notebook(file: Path) -> str:
    """A notebook with what its cells print and show now."""
    notebook = json.loads(file.read_text("utf-8"))
    names: dict[str, Any] = {"__name__": "__main__"}
    for number, cell in enumerate(notebook["cells"], 1):
        if cell["cell_type"] == "code":
            said, value = execute("".join(cell["source"]), names)
            kept = [each["data"] for each in cell["outputs"] if each["output_type"] == "execute_result"]
            cell["outputs"] = outputs(said, value, [kind for data in kept for kind in data] or ["text/plain"], number)
            cell["execution_count"] = number
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def outputs(said: str, value: object, kinds: list[str], number: int) -> list[dict[str, Any]]:
    """What a notebook keeps of a cell: what it printed, and its last value in the kinds that were kept before."""
    found: list[dict[str, Any]] = []
    if said:
        found.append({"output_type": "stream", "name": "stdout", "text": said.splitlines(keepends=True)})
    if value is not None:
        data = {kind: DISPLAYS[kind](value).splitlines(keepends=True) for kind in kinds}
        found.append({"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": data})
    return found


def main() -> None:
    """Every page and notebook, each in a folder of its own."""
    for file in [*PAGES, *NOTEBOOKS]:
        with tempfile.TemporaryDirectory() as folder:
            desk = Desk(Path(folder))
            os.chdir(folder)
            try:
                text = run_notebook(file) if file in NOTEBOOKS else renewed(file, desk)
            except WrongBlock as wrong:
                print(wrong)
                continue
            finally:
                os.chdir(ROOT)
        if text != file.read_text("utf-8"):
            file.write_text(text, "utf-8")
            print(f"renewed {file.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
