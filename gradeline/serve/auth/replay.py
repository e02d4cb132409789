"""What is counted across calls: tokens used before, and calls a minute; in memory, or shared by several processes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from gradeline.serve.store.store import AwayError, Store

MOST = 1_000_000
"""So many tokens are remembered; with more that still hold, nobody can tell which were used."""


class Memory:
    """For one process."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.tokens: dict[str, float] = {}
        self.calls: dict[str, int] = {}
        self.minute = self.purged = -1

    async def seen(self, token: str, until: float, now: float) -> bool:
        """Whether a token was used before; it counts as used from now on."""
        minute = int(now // 60)
        if minute != self.purged or len(self.tokens) >= MOST:
            self.tokens = {each: then for each, then in self.tokens.items() if then >= now}
            self.purged = minute
        if len(self.tokens) >= MOST:
            raise AwayError
        if token in self.tokens:
            return True
        self.tokens[token] = until
        return False

    async def count(self, client: str) -> int:
        """How many calls a client has made in this minute."""
        minute = int(self.clock() // 60)
        if minute != self.minute or len(self.calls) >= MOST:
            self.calls, self.minute = {}, minute
        self.calls[client] = self.calls.get(client, 0) + 1
        return self.calls[client]


class Shared:
    """For several processes: in the database."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self.store, self.clock = store, clock

    async def seen(self, token: str, until: float, now: float) -> bool:
        """Whether a token was used before, at any of the processes."""
        return await asyncio.to_thread(self.store.seen, token, until, now)

    async def count(self, client: str) -> int:
        """How many calls a client has made in this minute at any of the processes; 0 where nobody can tell."""
        try:
            return await asyncio.to_thread(self.store.count, client, int(self.clock() // 60))
        except AwayError:
            return 0
