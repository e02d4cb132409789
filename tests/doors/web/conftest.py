"""A server of our pages on a free port, and a browser; every test opens windows of its own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra `web` is not installed")
import uvicorn

from gradeline.serve.app import create
from gradeline.serve.config import Config

PHONE, DESK = 360, 1280
ON = date(2026, 11, 23).toordinal()
TEACHING = Path(__file__).parents[2] / "guidelines" / "teaching"


@dataclass(frozen=True)
class Server:
    """A running server: where it is, and the application behind it."""

    base: str
    app: Any


@contextmanager
def serving(config: Config) -> Iterator[Server]:
    """A server on a free port of this machine, which answers as on one and the same day."""
    with closing(socket.socket()) as listening:
        listening.bind((config.host, 0))
        app = create(config, lambda: ON)
        running = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not running.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield Server(f"http://{config.host}:{listening.getsockname()[1]}", app)
        running.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(Config(demo=True, guidelines=(str(TEACHING),))) as running:
        yield running


Window = Callable[..., Any]


@pytest.fixture
def window(browser: Any, server: Server) -> Iterator[Window]:
    """Opens a window: of a phone unless told, in English; what its console complains of fails the test."""
    contexts, complaints = [], []

    def opened(path: str = "/", width: int = PHONE, **more: Any) -> Any:
        size = {"width": width, "height": 800}
        context = browser.new_context(viewport=size, base_url=server.base, **{"locale": "en-GB", **more})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not [each for each in complaints if "status of 4" not in each]
