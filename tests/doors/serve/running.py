"""The server on a free port of this machine, as `gradeline serve` runs it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import uvicorn

from gradeline.serve.config import Config, Limits
from gradeline.serve.process import address, bound, settings


@contextmanager
def running(config: Config, limits: Limits | None = None) -> Iterator[str]:
    """Answer in a thread until the block ends; gives the address."""
    config = replace(config, limits=limits or config.limits)
    listening = bound(config)
    server = uvicorn.Server(settings(config))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield address(config, listening.getsockname()[1])
    finally:
        server.should_exit = server.force_exit = True
        thread.join(20)
        listening.close()
