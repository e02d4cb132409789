"""Sessions: in memory alone, under random ids, forgotten after a while; each sees the records that it brought."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from hmac import new as hmac
from secrets import token_bytes, token_urlsafe
from threading import Lock
from time import monotonic

from gradeline.dates import Day
from gradeline.model.words import Text
from gradeline.plan.plan import Plan
from gradeline.records.facts import Record

MOST_RECORDS = 20
"""How many records one session holds; the oldest gives way."""


@dataclass(frozen=True)
class Opened:
    """A record that a session brought, with the guideline and the day that it is asked on."""

    record: Record
    guideline: str
    on: Day
    source: str = "uploaded"
    """Where it came from: `uploaded` or `launched`; never a patient's name."""
    plan: Plan | None = None
    """How absence is to be read, where not all of the record could be read."""
    said: tuple[Text, ...] = ()
    """What stands above the advice: whose record it is, where that must be shown; what was not read; who adopted."""


@dataclass
class Session:
    """One browser: its records under random ids."""

    id: str = field(default_factory=lambda: token_urlsafe(32))
    opened: OrderedDict[str, Opened] = field(default_factory=OrderedDict)
    seen: float = 0.0

    def open(self, opened: Opened) -> str:
        """Keep a record, and say under which id."""
        while len(self.opened) >= MOST_RECORDS:
            self.opened.popitem(last=False)
        id = token_urlsafe(16)
        self.opened[id] = opened
        return id


class Sessions:
    """All sessions of the process."""

    def __init__(self, minutes: int, most: int, clock: Callable[[], float] = monotonic) -> None:
        self.seconds, self.most, self.clock = minutes * 60, most, clock
        self.known: OrderedDict[str, Session] = OrderedDict()
        self.lock, self.key = Lock(), token_bytes(32)

    def find(self, id: str) -> Session | None:
        """The session with this id, unless it has expired."""
        with self.lock:
            self._expire()
            session = self.known.get(id)
            if session:
                session.seen = self.clock()
                self.known.move_to_end(session.id)
            return session

    def begin(self) -> Session:
        """A new session; the one that was silent longest gives way where there are too many."""
        session = Session(seen=self.clock())
        with self.lock:
            self._expire()
            while len(self.known) >= self.most:
                self.known.popitem(last=False)
            self.known[session.id] = session
        return session

    def end(self, id: str) -> None:
        """Forget a session and its records."""
        with self.lock:
            self.known.pop(id, None)

    def token(self, id: str) -> str:
        """What a form carries to show that the page before it was ours: only this process can make it."""
        return hmac(self.key, id.encode(), sha256).hexdigest()

    def holds(self, id: str, token: str) -> bool:
        """Whether a form carries the token of its browser."""
        return bool(id) and compare_digest(self.token(id).encode(), token.encode())

    def _expire(self) -> None:
        """Forget those that have been silent too long; they stand first."""
        while self.known and self.clock() - next(iter(self.known.values())).seen > self.seconds:
            self.known.popitem(last=False)
