"""Who may read audits, feedback, metrics and FHIR where not only this machine can call: whoever has a token we know."""

from __future__ import annotations

import base64
import binascii
from hmac import compare_digest
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from gradeline.errors import UsageError
from gradeline.serve.auth.refusals import Refusals
from gradeline.serve.config import Config
from gradeline.serve.wire.guards import caller
from gradeline.serve.wire.outcomes import refused

SHORTEST = 20
DOORS = ("/audits", "/feedback", "/metrics", "/fhir")
CURE = "send as bearer, or as the password in a browser, the content of a file that the setting `tokens` names"


class Readers:
    """Lets only those with a credential through these doors, beyond this machine."""

    def __init__(self, app: ASGIApp, config: Config, refusals: Refusals) -> None:
        self.app, self.open, self.refusals = app, config.loopback, refusals
        self.known = [] if config.loopback else [token(file) for file in config.tokens]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or ask for the credential."""
        if self.open or scope["type"] != "http" or not behind(scope["path"]):
            await self.app(scope, receive, send)
            return
        self.refusals.check(caller(scope))
        given = Headers(scope=scope).get("authorization", "")
        if self.believes(given):
            await self.app(scope, receive, send)
            return
        if given:
            await self.refusals.note(caller(scope))
        answer = refused(401, "a credential is needed here", CURE)
        answer.headers["www-authenticate"] = 'Basic realm="Gradeline", Bearer'
        await answer(scope, receive, send)

    def believes(self, authorization: str) -> bool:
        """Whether a header carries a token that we know."""
        given = shown(authorization)
        return sum(compare_digest(each, given) for each in self.known) > 0


def behind(path: str) -> bool:
    """Whether a path lies behind one of the doors."""
    return any(path == door or path.startswith((f"{door}/", f"{door}.")) for door in DOORS)


def shown(authorization: str) -> bytes:
    """The token that a header carries: as a bearer's, or as a browser's password."""
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return given.encode("utf-8", "replace")
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(given, validate=True).partition(b":")[2]
        except (binascii.Error, ValueError):
            return b""
    return b""


def token(file: str) -> bytes:
    """The token of a file."""
    try:
        found = Path(file).read_bytes().strip()
    except OSError as fault:
        raise UsageError(f"`tokens`: cannot read {file}: {fault.strerror}", "check the name and your rights") from None
    if len(found) < SHORTEST:
        raise UsageError(f"`tokens`: {file} is too short", f"write at least {SHORTEST} random characters into it")
    return found
