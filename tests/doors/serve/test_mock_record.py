"""A small record system in a real browser: an order is drafted, a card comes, a reason is chosen, the order is signed."""

from __future__ import annotations

import functools
import json
import re
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from gradeline.serve.config import Config, Launcher
from tests.doors.serve.calling import SAMPLES, bundle
from tests.doors.serve.letting_in import LettingIn
from tests.doors.serve.record_system import RecordSystem, serving
from tests.doors.serve.running import running

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = pytest.mark.slow


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def mock() -> Iterator[str]:
    """The record system's own address, which is another origin than ours."""
    handler = functools.partial(Quiet, directory=str(Path(__file__).parent))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(browser: Any, mock: str) -> Iterator[Any]:
    sample = json.loads((SAMPLES.parent / "calls" / "order-select.json").read_text("utf-8"))
    with running(Config(demo=True, origins=(mock,))) as base:
        opened = browser.new_page()
        opened.goto(f"{mock}/mock_record.html?base={base}#{quote(json.dumps(sample))}")
        opened.base = base
        yield opened
        opened.close()


def said(page: Any, text: str) -> None:
    playwright.expect(page.get_by_role("status")).to_have_text(text)


def test_a_reason_is_chosen_and_the_order_is_signed_without_another_card(page: Any) -> None:
    page.get_by_role("button", name="Order an MRI").click()
    said(page, "order-select: 1 cards")
    assert (
        page.locator("h3").inner_text()
        == "If signed: MRI of the lumbar spine – weak recommendation against; no reason is named yet"
    )
    page.get_by_role("button", name="Name a reason: severe and disabling pain that persists").click()
    said(page, "feedback: 200")
    assert page.locator("li").all_inner_texts() == [
        "MRI of the lumbar spine because severe and disabling pain that persists, as the clinician judges [order]"
    ]
    page.get_by_role("button", name="Sign", exact=True).click()
    said(page, "order-sign: 0 cards")
    assert "mri,lumbar-nerve-root-orders,1,1,0,0" in httpx.get(f"{page.base}/feedback.csv").text


def test_the_order_gives_way_to_a_proposal(page: Any) -> None:
    page.get_by_role("button", name="Order an MRI").click()
    page.get_by_role("button", name="Instead: supervised exercise therapy").click()
    said(page, "feedback: 200")
    assert page.locator("li").all_inner_texts() == ["supervised exercise therapy [proposal]"]


def test_both_launches_in_a_browser(browser: Any) -> None:
    with serving(RecordSystem(bundle("week-nine"))) as system:
        LettingIn(system, "week-nine")
        launcher = Launcher(iss=system.base, client_id="gradeline")
        with running(Config(demo=True, launchers={"test": launcher})) as base:
            for query in (f"iss={quote(system.base)}&launch=opaque", f"iss={quote(system.base)}"):
                opened = browser.new_context().new_page()
                opened.goto(f"{base}/smart/launch?{query}")
                assert "/patients/" in opened.url
                playwright.expect(opened.get_by_role("heading", level=1)).to_have_text(re.compile("Woman, aged"))
                playwright.expect(opened.get_by_text("Adopted here by gradeline serve --demo").first).to_be_visible()
                opened.context.close()


@pytest.mark.parametrize("path", ["/calls", "/calls/lumbar-nerve-root/order-sign", "/feedback"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_integrators_pages_are_accessible(browser: Any, path: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
    with running(Config(demo=True)) as base:
        httpx.get(f"{base}/calls/lumbar-nerve-root/patient-view")
        opened = browser.new_page(viewport={"width": width, "height": 800}, bypass_csp=True)
        opened.goto(base + path)
        found = axe.Axe().run(opened, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        assert not found.response["violations"], found.generate_report()
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
        opened.close()
