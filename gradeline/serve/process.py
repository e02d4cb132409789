"""The process: one port, the addresses that it prints, and an orderly end."""

from __future__ import annotations

import gc
import socket
import sys
from collections.abc import Callable, Iterator

import uvicorn

from gradeline.errors import UsageError
from gradeline.serve.app import create
from gradeline.serve.config import Config
from gradeline.serve.wire.patience import patient

YOUNG = 50_000
"""Objects made before Python looks for circles among them: a call with a large record makes fewer, and no circle."""

TURN = 0.0005
"""Seconds after which a thread that waits gets its turn. SQLite gives its turn away with every row: with Python's own
5 ms a busy server would write two hundred cards a second, and those that wait would grow ever more."""


def serve(config: Config, write: Callable[[str], None]) -> None:
    """Answer until told to stop."""
    listening = bound(config)
    made = settings(config)
    base = address(config, listening.getsockname()[1])
    settled()
    write("".join(f"{line}\n" for line in greeting(config, base)))
    uvicorn.Server(made).run(sockets=[listening])


def settled() -> None:
    """Python need not look through what is there now again and again while it answers; threads wait shortly."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 50)
    sys.setswitchinterval(TURN)


def settings(config: Config) -> uvicorn.Config:
    """How the application is run."""
    return uvicorn.Config(
        create(config),
        http=patient(config.limits.seconds),
        ws="none",
        log_level="warning",
        server_header=False,
        access_log=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=10,
        ssl_certfile=config.certificate or None,
        ssl_keyfile=config.certificate_key or None,
    )


def bound(config: Config) -> socket.socket:
    """A socket on the address that is asked for; UsageError where it is taken or is not ours."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    # With its protocol named, so that answers are not held back for 40 ms (asyncio then sets TCP_NODELAY).
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((config.host, config.port))
    except OSError as fault:
        listening.close()
        where = f"{config.host} port {config.port}"
        raise UsageError(f"cannot listen on {where}: {fault.strerror}", "leave out --port to take a free one") from None
    return listening


def address(config: Config, port: int) -> str:
    """The address of the server as a browser writes it."""
    host = f"[{config.host}]" if ":" in config.host else config.host
    return f"{'https' if config.certificate else 'http'}://{host}:{port}"


def greeting(config: Config, base: str) -> Iterator[str]:
    """The addresses that a person tries first."""
    yield f"  ask              {base}/guidelines/lumbar-nerve-root/ask"
    if not config.public:
        yield f"  a sample patient {base}/guidelines/lumbar-nerve-root/samples/week-nine"
    if config.demo and config.loopback:
        yield f"  a first card     {base}/calls/lumbar-nerve-root/patient-view"
    yield "Ctrl-C ends it; nothing is kept." if config.demo or config.public else "Ctrl-C ends it."
