"""Who may read audits, feedback, metrics and FHIR where not only this machine can call: whoever has a token we know."""

from __future__ import annotations

import base64
import binascii
from hmac import compare_digest
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from gradeline.errors import UsageError
from gradeline.serve.config import Config
from gradeline.serve.outcomes import RefusalError, refused
from gradeline.serve.state import State

SHORTEST = 20
DOORS = ("/audits", "/feedback", "/metrics", "/fhir")
CURE = "send as bearer, or as the password in a browser, the content of a file that the setting `tokens` names"


class Readers:
    """Lets only those with a credential through these doors, beyond this machine."""

    def __init__(self, app: ASGIApp, config: Config) -> None:
        self.app, self.open = app, config.loopback
        self.known = [] if config.loopback else [token(file) for file in config.tokens]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or ask for the credential."""
        guarded = scope["type"] == "http" and not self.open and behind(scope["path"])
        if guarded and not self.believes(Headers(scope=scope).get("authorization", "")):
            answer = refused(401, "a credential is needed here", CURE)
            answer.headers["www-authenticate"] = 'Basic realm="Gradeline", Bearer'
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def believes(self, authorization: str) -> bool:
        """Whether a header carries a token that we know."""
        given = shown(authorization)
        return sum(compare_digest(each, given) for each in self.known) > 0


def check_reader(request: Request, state: State) -> None:
    """RefusalError (401) where a credential is needed and none of ours is given: for a door that is not on the list."""
    known = [] if state.config.loopback else [token(file) for file in state.config.tokens]
    given = shown(request.headers.get("authorization", ""))
    if not state.config.loopback and not sum(compare_digest(each, given) for each in known):
        raise RefusalError(401, "a credential is needed here", CURE)


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
