"""What every request passes first: the name of the host, the origin of a browser's script, and how long it took."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import perf_counter

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gradeline.serve.config import Config
from gradeline.serve.wire.outcomes import refused

LOCAL = ("localhost", "127.0.0.1", "[::1]")
ALLOWED = "authorization, content-type, accept, accept-language"
UNCOUNTED = ("/static/", "/healthz", "/readyz", "/cds-services")
"""Doors that cost nothing, and the hooks, whose callers are counted by name once their tokens are read."""
Timed = Callable[[Scope, int, float], None]
Counting = Callable[[str], Awaitable[None]]


class Hosts:
    """Answers only to the names that the settings allow: a foreign page cannot reach us under a name of its own."""

    def __init__(self, app: ASGIApp, config: Config) -> None:
        self.app, self.names = app, allowed(config)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and name(Headers(scope=scope).get("host", "")) not in self.names:
            what, cure = "this server does not answer to that host", "name it in the setting `hosts`"
            await refused(421, what, cure)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def allowed(config: Config) -> frozenset[str]:
    """The names under which we answer: our own address, those of the settings, and on this machine its names."""
    host = f"[{config.host}]" if ":" in config.host else config.host
    own = name(config.address.partition("://")[2].partition("/")[0]) if config.address else ""
    named = {each.lower() for each in config.hosts}
    return frozenset({host.lower(), own, *named, *LOCAL} - {""})


def name(host: str) -> str:
    """A host without its port."""
    head, colon, port = host.rpartition(":")
    return (head if colon and (port.isdecimal() or not port) else host).lower()


class Rates:
    """Lets nobody call without measure: each address is counted, and told to wait."""

    def __init__(self, app: ASGIApp, count: Counting) -> None:
        self.app, self.count = app, count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count a request, and pass it on."""
        if scope["type"] == "http" and not scope["path"].startswith(UNCOUNTED):
            await self.count(caller(scope))
        await self.app(scope, receive, send)


def caller(scope: Scope) -> str:
    """The address that a request comes from."""
    return str(scope["client"][0]) if scope.get("client") else "nobody"


class Origins:
    """CORS for browser-based record systems: the origins that the settings list, and no other; for the hooks alone."""

    def __init__(self, app: ASGIApp, config: Config) -> None:
        self.app, self.origins = app, frozenset(config.origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a preflight, or pass the request on and let its answer be read."""
        headers = Headers(scope=scope) if scope["type"] == "http" else None
        origin = headers.get("origin", "") if headers else ""
        if not headers or origin not in self.origins or not scope["path"].startswith("/cds-services"):
            await self.app(scope, receive, send)
        elif scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await send({"type": "http.response.start", "status": 204, "headers": preflight(origin)})
            await send({"type": "http.response.body", "body": b""})
        else:
            await self.app(scope, receive, opened(send, origin))


def preflight(origin: str) -> list[tuple[bytes, bytes]]:
    """What a browser is told before it calls."""
    said = {
        "access-control-allow-origin": origin,
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": ALLOWED,
        "access-control-max-age": "600",
        "vary": "origin",
    }
    return [(key.encode(), value.encode()) for key, value in said.items()]


def opened(send: Send, origin: str) -> Send:
    """An answer that the script of an origin may read."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["access-control-allow-origin"] = origin
            headers["cross-origin-resource-policy"] = "cross-origin"
            headers.append("vary", "origin")
        await send(message)

    return sending


class Timing:
    """Tells of each request which it was, its status, and how long it took."""

    def __init__(self, app: ASGIApp, told: Timed) -> None:
        self.app, self.told = app, told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and tell of it when it is answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            self.told(scope, status, perf_counter() - started)
