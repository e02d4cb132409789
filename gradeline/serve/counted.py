"""What is counted and kept across calls: the store of feedback, tokens used before, calls a minute."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from sqlalchemy.exc import SQLAlchemyError

from gradeline.errors import UsageError
from gradeline.serve.auth.refusals import Refusals
from gradeline.serve.auth.replay import Memory, Shared
from gradeline.serve.auth.tokens import Tokens
from gradeline.serve.config import Config
from gradeline.serve.store import opening
from gradeline.serve.store.store import Store
from gradeline.serve.wire.outcomes import RefusalError


class Counted:
    """Opened when first needed, closed with the server."""

    def __init__(self, config: Config, clock: Callable[[], float]) -> None:
        self.config, self.clock = config, clock
        self.opened: Store | None = None

    def open(self) -> None:
        """Open and migrate the store at the start, so that what is wrong with it is told then."""
        self.check()
        _ = self.store, self.tokens

    def check(self) -> None:
        """UsageError where the settings would let others in without TLS, or several processes count apart."""
        config = self.config
        if not config.loopback and not config.secured:
            cure = "name a `certificate`, or the `address` of the proxy that speaks TLS for it; or use --public"
            raise UsageError("beyond this machine patient data need TLS", cure)
        if not config.loopback and not config.tokens:
            cure = "write a long random text into a file, and name it in `tokens`"
            raise UsageError("beyond this machine audits, feedback, metrics and /fhir need a credential", cure)
        if config.store.shared and not config.store.url:
            raise UsageError("[store] shared needs a database that all processes reach", "name it in [store] url")
        if config.store.shared and config.store.url.startswith("sqlite"):
            raise UsageError("[store] shared cannot use SQLite", "name a PostgreSQL in [store] url")
        if config.guarded and not config.clients:
            cure = 'name the record systems in [clients.NAME], or set authentication = "off" if a proxy checks them'
            raise UsageError("beyond this machine the hooks need clients, and none is named", cure)

    @cached_property
    def store(self) -> Store:
        """The store of feedback."""
        engine = opening.engine(opening.url(self.config))
        try:
            opening.migrate(engine)
        except SQLAlchemyError as fault:
            cure = "check [store] url, and that the database runs and lets us in"
            raise UsageError(f"the store cannot be opened: {type(fault).__name__}", cure) from None
        self.opened = Store(engine, opening.secret(self.config))
        if not self.config.store.shared:
            self.opened.remember(self.clock() - self.config.store.repeat_hours * 3600)
        return self.opened

    @cached_property
    def replay(self) -> Memory | Shared:
        """Tokens used before, and calls a minute."""
        return Shared(self.store, self.clock) if self.config.store.shared else Memory(self.clock)

    @cached_property
    def tokens(self) -> Tokens:
        """The tokens of the record systems."""
        return Tokens(self.config, self.clock, self.replay.seen)

    @cached_property
    def refusals(self) -> Refusals:
        """Tokens that were refused."""
        return Refusals(self.replay.count, self.config.limits.refused, self.clock)

    async def count(self, name: str) -> None:
        """RefusalError (429) where a client or an address calls too often in a minute."""
        if await self.replay.count(name) > self.config.limits.calls:
            raise RefusalError(429, "too many calls in this minute", "[limits] calls sets how many there may be")

    def close(self) -> None:
        """Write what waits, and let go of the store."""
        if self.opened:
            self.opened.close()
