"""The store: what was shown is written soon, feedback before it is acknowledged."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from hashlib import blake2b
from threading import RLock
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, delete, func, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql.schema import Table

from gradeline.serve.store.lately import Lately
from gradeline.serve.store.tables import CALLS, FEEDBACK, SEEN, SHOWN

MOST_WAITING = 100_000
"""So many cards wait for a database that is away; then the oldest give way."""
SOON = 0.2
REST = 2.0
"""After a failure we do not ask again for so long what we can do without."""
Row = Mapping[str, Any]
DECIDED = select(SHOWN.c.repeat, FEEDBACK.c.received).join_from(SHOWN, FEEDBACK, SHOWN.c.card == FEEDBACK.c.card)
"""By what a repetition is known, and when feedback of it came."""


class AwayError(Exception):
    """The database cannot be reached: nothing was kept."""


class Store:
    """Cards shown and feedback, in one database."""

    def __init__(self, engine: Engine, key: bytes) -> None:
        self.engine, self.key = engine, key
        self.waiting: deque[Row] = deque(maxlen=MOST_WAITING)
        self.turn: AbstractContextManager[object] = RLock() if isinstance(engine.pool, StaticPool) else nullcontext()
        self.lost, self.away_until = 0, 0.0
        self.lately: Lately | None = None
        """Where no other process writes: which cards were decided not long ago."""
        self.wake, self.ended, self.writing = threading.Event(), False, threading.Lock()
        self.thread = threading.Thread(target=self.write_on, name="store", daemon=True)
        self.thread.start()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """One transaction; in memory there is one connection, and one at a time has it."""
        with self.turn, self.engine.begin() as connection:
            yield connection

    def hashed(self, *parts: str) -> str:
        """A keyed hash of some texts: nobody without the key can tell whose it is."""
        return blake2b("\0".join(parts).encode(), key=self.key[:64], digest_size=32).hexdigest()

    # What was shown

    def show(self, rows: Iterable[Row]) -> None:
        """Note cards; they are written soon."""
        for row in rows:
            self.lost += len(self.waiting) == MOST_WAITING
            self.waiting.append(row)
        self.wake.set()

    def write_on(self) -> None:
        """Write what waits, until the end; while the database is away it waits on."""
        while not self.ended:
            self.wake.wait()
            self.wake.clear()
            if not self.flush() and not self.ended:
                threading.Event().wait(REST)
                self.wake.set()
            threading.Event().wait(SOON)

    def flush(self) -> bool:
        """Write everything that waits; whether that was possible."""
        with self.writing:
            rows = list(self.waiting)[:1000]
            while rows:
                try:
                    with self.connection() as connection:
                        connection.execute(self.once(SHOWN), rows)
                except SQLAlchemyError:
                    self.away_until = monotonic() + REST
                    return False
                for _ in rows:
                    self.waiting.popleft()
                rows = list(self.waiting)[:1000]
        return True

    def once(self, table: Table) -> Any:
        """An insert that passes over what is there already."""
        made = insert_postgresql if self.engine.dialect.name == "postgresql" else insert_sqlite
        return made(table).on_conflict_do_nothing()

    # Feedback

    def keep(self, rows: Sequence[Row]) -> None:
        """Keep outcomes, each once; AwayError where none is kept."""
        self.flush()
        cards = [row["card"] for row in rows]
        try:
            with self.connection() as connection:
                connection.execute(self.once(FEEDBACK), list(rows))
                found = connection.execute(DECIDED.where(SHOWN.c.card.in_(cards))).all() if self.lately else ()
        except SQLAlchemyError:
            raise AwayError from None
        if self.lately:
            self.lately.heard((repeat, received) for repeat, received in found)

    def remember(self, since: float) -> None:
        """From now on know in memory what was decided; for a process that nobody shares the store with."""
        with self.connection() as connection:
            found = connection.execute(DECIDED.where(FEEDBACK.c.received > since)).all()
        self.lately = Lately((repeat, received) for repeat, received in found)

    def decided(self, repeats: Sequence[str], since: float) -> set[str]:
        """Which of some cards were accepted or overridden since a moment; none where the database is away."""
        if not repeats or monotonic() < self.away_until:
            return set()
        asked = DECIDED.where(SHOWN.c.repeat.in_(list(repeats)), FEEDBACK.c.received > since)
        try:
            with self.connection() as connection:
                return set(connection.scalars(asked))
        except SQLAlchemyError:
            self.away_until = monotonic() + REST
            return set()

    def known(self, cards: Iterable[str]) -> set[str]:
        """Which of some cards are ours."""
        asked = select(SHOWN.c.card).where(SHOWN.c.card.in_(list(cards)))
        with self.connection() as connection:
            return set(connection.scalars(asked))

    # What several processes share

    def seen(self, token: str, until: float, now: float) -> bool:
        """Whether a token was used before; it counts as used from now on."""
        try:
            with self.connection() as connection:
                connection.execute(delete(SEEN).where(SEEN.c.until < now))
                fresh = self.once(SEEN).returning(SEEN.c.token)
                return connection.execute(fresh, {"token": token, "until": until}).first() is None
        except SQLAlchemyError:
            raise AwayError from None

    def count(self, client: str, minute: int) -> int:
        """How many calls a client has made in this minute, this one with them."""
        key = {"client": client[:64], "minute": minute}
        if monotonic() < self.away_until:
            raise AwayError
        try:
            with self.connection() as connection:
                connection.execute(self.once(CALLS), {**key, "calls": 0})
                mine = (CALLS.c.client == key["client"], CALLS.c.minute == minute)
                connection.execute(CALLS.update().where(*mine).values(calls=CALLS.c.calls + 1))
                counted = int(connection.scalar(select(CALLS.c.calls).where(*mine)) or 0)
                if counted == 1:  # Once a minute: what is past is not needed again.
                    connection.execute(delete(CALLS).where(CALLS.c.minute < minute - 1))
                return counted
        except SQLAlchemyError:
            self.away_until = monotonic() + REST
            raise AwayError from None

    def ready(self) -> bool:
        """Whether the database answers."""
        try:
            with self.connection() as connection:
                connection.execute(select(func.count()).select_from(SEEN))
        except SQLAlchemyError:
            return False
        return True

    def close(self) -> None:
        """Write what waits, and let go."""
        self.ended = True
        self.wake.set()
        self.flush()
        self.engine.dispose()
