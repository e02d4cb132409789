"""The process: one port, the addresses that it prints, and an orderly end."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import uvicorn

from gradeline.errors import UsageError
from gradeline.serve.app import create
from gradeline.serve.config import Config


def serve(config: Config, write: Callable[[str], None]) -> None:
    """Answer until told to stop."""
    listening = bound(config)
    app = create(config)
    base = address(config.host, listening.getsockname()[1])
    write("".join(f"{line}\n" for line in greeting(config, base)))
    settings = uvicorn.Config(app, log_level="warning", server_header=False, access_log=False, timeout_keep_alive=15)
    uvicorn.Server(settings).run(sockets=[listening])


def bound(config: Config) -> socket.socket:
    """A socket on the address that is asked for; UsageError where it is taken or is not ours."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((config.host, config.port))
    except OSError as fault:
        listening.close()
        where = f"{config.host} port {config.port}"
        raise UsageError(f"cannot listen on {where}: {fault.strerror}", "leave out --port to take a free one") from None
    return listening


def address(host: str, port: int) -> str:
    """The address of the server as a browser writes it."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def greeting(config: Config, base: str) -> Iterator[str]:
    """The addresses that a person tries first."""
    yield f"  library          {base}/"
    yield f"  ask              {base}/guidelines/lumbar-nerve-root/ask"
    if not config.public:
        yield f"  a sample patient {base}/guidelines/lumbar-nerve-root/samples/week-nine"
    yield "Ctrl-C ends it; nothing is kept."
