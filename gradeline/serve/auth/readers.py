"""Who may read audits, feedback, metrics and FHIR where not only this machine can call: bearers of a token we know."""

from __future__ import annotations

from functools import lru_cache
from hmac import compare_digest
from pathlib import Path

from starlette.requests import Request

from gradeline.errors import UsageError
from gradeline.serve.outcomes import RefusalError
from gradeline.serve.state import State

SHORTEST = 20


def check_reader(request: Request, state: State) -> None:
    """RefusalError (401) where a credential is needed and none of ours is given."""
    if state.config.loopback:
        return
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    known = [token(file) for file in state.config.tokens]
    if scheme.lower() != "bearer" or not any(compare_digest(each, given.encode()) for each in known):
        cure = "send `Authorization: Bearer` and the content of a file that the setting `tokens` names"
        raise RefusalError(401, "a credential is needed here", cure)


@lru_cache
def token(file: str) -> bytes:
    """The token of a file."""
    try:
        found = Path(file).read_bytes().strip()
    except OSError as fault:
        raise UsageError(f"`tokens`: cannot read {file}: {fault.strerror}", "check the name and your rights") from None
    if len(found) < SHORTEST:
        raise UsageError(f"`tokens`: {file} is too short", f"write at least {SHORTEST} random characters into it")
    return found
