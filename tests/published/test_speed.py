"""How long reading takes: two pages of text, two of PDF, a hundred of PDF."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gradeline.source.published import read
from tests.published import guide, pdfs


def least(work: Callable[[], object], clock: Callable[[], float], times: int) -> float:
    """The shortest of several runs, in seconds: the others waited for the machine."""
    spans = []
    for _ in range(times):
        begun = clock()
        work()
        spans.append(clock() - begun)
    return min(spans)


def test_the_quick_guide_as_text() -> None:
    assert least(lambda: read(guide.file("en")), time.process_time, 5) < 0.050


def test_the_quick_guide_as_pdf(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    file = tmp_path / "guide.pdf"
    file.write_bytes(pdfs.symbols())
    assert least(lambda: read(file), time.perf_counter, 3) < 1


@pytest.mark.slow
def test_a_hundred_pages_of_pdf(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    typst = pytest.importorskip("typst", reason="typst is not installed, so no PDF can be set")
    page = f'#set page(paper: "a4")\n{guide.as_typst("en", "", False)}\n#for _ in range(99) [#pagebreak() #lorem(380)]'
    file = tmp_path / "report.pdf"
    file.write_bytes(typst.compile(page.encode()))
    begun = time.perf_counter()
    published = read(file)
    assert time.perf_counter() - begun < 10
    assert published.pages >= 100
    assert [each.grade for each in published.statements] == list(guide.GRADES)
