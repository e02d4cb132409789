"""The pages hang together: what is made is up to date, every page is in the navigation, every link leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.blocks import FENCE, ROOT, closing
from tools.docs import pages

DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
MADE = pages()


@pytest.mark.parametrize("file", MADE, ids=lambda file: file.name)
def test_a_page_that_is_made_is_up_to_date(file: Path) -> None:
    assert file.read_text("utf-8") == MADE[file], "run `make docs`, and commit what it writes"


def test_the_layout_names_every_folder_and_file_of_the_package_and_of_the_tests() -> None:
    """It is what a newcomer looks things up in."""
    layout = (DOCS / "reference" / "layout.md").read_text("utf-8")
    package = [each for each in (ROOT / "gradeline").iterdir() if each.is_dir() or each.suffix == ".py"]
    names = [f"{each.name}/" if each.is_dir() else each.name for each in package if not each.name.startswith("__")]
    tests = [each.name for each in (ROOT / "tests").iterdir() if each.is_dir() and any(each.rglob("*.py"))]
    assert not [name for name in (*names, *tests) if f"`{name}`" not in layout]


def test_every_page_is_in_the_navigation_once() -> None:
    named = sorted(leaves(yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]))
    there = sorted(str(page.relative_to(DOCS)) for page in DOCS.rglob("*") if page.suffix in (".md", ".ipynb"))
    assert [name for name in named if name.endswith((".md", ".ipynb"))] == there


def leaves(nav: Any) -> Iterator[str]:
    """The files that a navigation names."""
    match nav:
        case str():
            yield nav
        case dict() | list():
            for each in nav.values() if isinstance(nav, dict) else nav:
                yield from leaves(each)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", prose(page.read_text("utf-8")))
    lost = [target for target in targets if not leads(page, target)]
    assert not lost


def leads(page: Path, target: str) -> bool:
    """Whether a link's file, and the heading in it, are there; other sites are not asked."""
    if re.match(r"[a-z]+:", target):
        return True
    name, _, heading = target.partition("#")
    file = page.parent / name if name else page
    return file.exists() and (not heading or heading in headings(file))


def headings(file: Path) -> set[str]:
    """The anchors of a page."""
    found = re.findall(r"^#+ (.+)$", prose(file.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).strip().replace(" ", "-") for each in found}


def prose(text: str) -> str:
    """A page without its code blocks."""
    lines, kept, number = text.splitlines(), [], 0
    while number < len(lines):
        opening = FENCE.match(lines[number])
        number = closing(lines, number + 1, opening["fence"]) if opening else number
        kept.append("" if opening else lines[number])
        number += 1
    return "\n".join(kept)
