"""Launches on their way: what must come back is remembered for a few minutes, in memory alone."""

from __future__ import annotations

import base64
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from urllib.parse import urlencode

from gradeline.serve.config import Launcher
from gradeline.serve.smart.discovery import Doors, scopes
from gradeline.serve.wire.outcomes import RefusalError

MINUTES, MOST = 10, 2000


@dataclass(frozen=True)
class Launch:
    """One launch: from where, for which browser, and the secrets that prove that it is ours."""

    launcher: Launcher
    doors: Doors
    browser: str
    redirect: str
    ehr: str = ""
    """What the record system calls the launch; empty where we began it ourselves."""
    state: str = field(default_factory=lambda: token_urlsafe(32))
    verifier: str = field(default_factory=lambda: token_urlsafe(48))

    @property
    def challenge(self) -> str:
        """The hash of the verifier (S256), which is all that the browser sees of it."""
        return base64.urlsafe_b64encode(sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()

    @property
    def address(self) -> str:
        """Where the browser is sent to be let in."""
        asked = {
            "response_type": "code",
            "client_id": self.launcher.client_id,
            "redirect_uri": self.redirect,
            "scope": scopes(bool(self.ehr)),
            "state": self.state,
            "aud": self.launcher.iss,
            "code_challenge": self.challenge,
            "code_challenge_method": "S256",
        } | ({"launch": self.ehr} if self.ehr else {})
        return f"{self.doors.authorize}{'&' if '?' in self.doors.authorize else '?'}{urlencode(asked)}"


class Launches:
    """All launches that have not come back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.waiting: OrderedDict[str, tuple[float, Launch]] = OrderedDict()

    def begin(self, launch: Launch) -> None:
        """Remember a launch; of too many the oldest gives way."""
        self.expire()
        while len(self.waiting) >= MOST:
            self.waiting.popitem(last=False)
        self.waiting[launch.state] = self.clock(), launch

    def end(self, state: str, browser: str) -> Launch:
        """The launch that comes back, once, in the browser that began it; RefusalError otherwise."""
        self.expire()
        found = self.waiting.get(state)
        if found is None or not compare_digest(found[1].browser.encode(), browser.encode()):
            raise RefusalError(400, "this launch was not begun here, or too long ago", "launch it again")
        del self.waiting[state]
        return found[1]

    def expire(self) -> None:
        """Forget what has taken too long."""
        while self.waiting and self.clock() - next(iter(self.waiting.values()))[0] > MINUTES * 60:
            self.waiting.popitem(last=False)
