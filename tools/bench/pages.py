"""What a patient page costs in a real browser: its first paint and its weight, from a server on this machine."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from tools.bench.measuring import Row

WHAT, GOAL = "patient page in Chromium", "first paint 300 ms, 100 kB"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OFTEN = 9
PAINT = "() => performance.getEntriesByName('first-paint').map(each => each.startTime)[0]"
WEIGHT = """[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .reduce((sum, each) => sum + each.transferSize, 0)"""


def pages() -> Iterator[Row]:
    """The sample patient of week nine, each time in a window that has kept nothing."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        yield WHAT, "not measured: no Playwright", GOAL
        return
    if CHROMIUM is None:
        yield WHAT, "not measured: no Chromium", GOAL
        return
    with serving() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened(browser, address)
        runs = [opened(browser, address) for _ in range(OFTEN)]
        browser.close()
    paints, weight = sorted(run[0] for run in runs), runs[0][1]
    yield WHAT, f"{median(paints):.0f} ms (at most {paints[-1]:.0f}), {weight / 1000:.0f} kB", GOAL


@contextmanager
def serving() -> Iterator[str]:
    """The server as a process of its own, and the address of its sample patient."""
    command = [sys.executable, "-m", "gradeline.cli", "serve", "--demo"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        assert running.stdout
        printed = "".join(iter(running.stdout.readline, "Ctrl-C ends it; nothing is kept.\n"))
        try:
            yield re.findall(r"http://\S+/samples/\S+", printed)[0]
        finally:
            running.terminate()


def opened(browser: Any, address: str) -> tuple[float, int]:
    """Milliseconds to the first paint, and the bytes that came."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        page.wait_for_function(PAINT)
        return float(page.evaluate(PAINT)), int(page.evaluate(WEIGHT))
