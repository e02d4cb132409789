"""`gradeline serve` as a process: it prints where it is; `--public` faces a network with what needs no record."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from tests.doors.command import gradeline, message
from tests.doors.web.asking import ASK, headings, population
from tests.doors.web.conftest import PHONE

SECOND = "127.0.0.2"
CLOSED = (
    "/patients", "/patients/x", "/guidelines/lumbar-nerve-root/samples/week-nine", "/audits", "/calls", "/feedback",
    "/cds-services", "/fhir/metadata", "/smart/launch", "/openapi.json", "/docs",
)  # fmt: skip

pytestmark = pytest.mark.slow


@contextmanager
def process(*arguments: str) -> Iterator[list[str]]:
    """The command in a process of its own, and the addresses that it prints; told to stop at the end, it does."""
    command = [sys.executable, "-m", "gradeline.cli", "serve", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout and running.stderr
        printed = []
        for line in running.stdout:
            printed += re.findall(r"http://\S+", line)
            if "Ctrl-C" in line:
                break
        try:
            yield printed
        finally:
            running.send_signal(signal.SIGTERM)
            errors = running.stderr.read()
            running.wait(10)
        assert "Traceback" not in errors


def answered(address: str) -> httpx.Response:
    """An answer, as soon as there is one."""
    with httpx.Client(transport=httpx.HTTPTransport(retries=8)) as client:
        return client.get(address)


def test_it_takes_a_free_port_and_every_address_that_it_prints_answers() -> None:
    with process("--demo") as printed:
        assert len(printed) >= 3
        assert not [address for address in printed if answered(address).status_code not in (200, 405)]


def test_a_port_that_is_taken_is_an_error_with_its_cure() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = gradeline("serve", "--port", taken.getsockname()[1])
    assert said.code == 2
    assert "leave out --port" in " ".join(message(said))


@pytest.fixture(scope="module")
def public() -> Iterator[str]:
    """A public server on a second address of this machine: what it answers is what a network would see."""
    with socket.socket() as tried:
        try:
            tried.bind((SECOND, 0))
        except OSError:
            pytest.skip(f"this machine has no second loopback address {SECOND}")
    with process("--public", "--host", SECOND) as printed:
        yield "/".join(printed[0].split("/")[:3])


def test_a_public_server_answers_on_a_phone_and_keeps_nothing(public: str, browser: Any) -> None:
    with browser.new_context(viewport={"width": PHONE, "height": 700}, locale="en-GB") as context:
        page = context.new_page()
        page.goto(f"{public}{ASK}")
        population(page)
        assert len(headings(page)) == 3
        assert context.cookies() == []
        page.get_by_role("link", name="Library").click()
        assert page.get_by_role("link", name="Patient").count() == 0
        page.get_by_role("link", name="Read the guideline").click()
        page.get_by_role("heading", level=1).get_by_text("Recent onset").wait_for()


@pytest.mark.parametrize("path", CLOSED)
def test_a_public_server_has_no_door_for_records_uploads_or_hooks(public: str, path: str) -> None:
    with httpx.Client(base_url=public) as client:
        assert client.get(path).status_code == 404
        assert client.post(path, content=b"{}").status_code in (404, 405)


def test_a_public_server_answers_to_its_own_name_alone(public: str) -> None:
    assert httpx.get(public, headers={"host": "evil.example"}).status_code in (400, 403, 421)
