"""Packs pages and files for the way; never an answer that holds a secret, for its length could then tell of it."""

from __future__ import annotations

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

OPEN = ("/static/", "/guidelines/")
"""What is the same for everybody who says the same: no session, no token, no record but invented ones."""
SMALLEST, LEVEL = 1000, 5


class Packed:
    """Packs the answers of some doors, for browsers that take them so."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.packing = app, GZipMiddleware(app, SMALLEST, LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        open = scope["type"] == "http" and (scope["path"] == "/" or scope["path"].startswith(OPEN))
        await (self.packing if open else self.app)(scope, receive, send)
