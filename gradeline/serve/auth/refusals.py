"""Refused tokens are counted by the address that they came from: whoever guesses is not listened to for long."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from gradeline.serve.wire.outcomes import RefusalError

Count = Callable[[str], Awaitable[int]]
"""How often a name was counted in this minute, this time with it."""
MOST = 10_000


class Refusals:
    """Of one server; `most` refused tokens a minute from one address."""

    def __init__(self, count: Count, most: int, clock: Callable[[], float]) -> None:
        self.count, self.most, self.clock = count, most, clock
        self.shut: dict[str, int] = {}
        """The minute for which an address is not listened to."""

    def check(self, address: str) -> None:
        """RefusalError (429) where too many tokens from there were refused in this minute."""
        if self.shut.get(address) == int(self.clock() // 60):
            cure = "[limits] refused sets how many there may be"
            raise RefusalError(429, "too many refused tokens in this minute", cure)

    async def note(self, address: str) -> None:
        """A token from there was refused."""
        if await self.count(f"refused {address}") >= self.most:
            if len(self.shut) >= MOST:
                self.shut.clear()
            self.shut[address] = int(self.clock() // 60)
