"""Opening the store: SQLite in your state folder by default, PostgreSQL by its URL, migrated at every start."""

from __future__ import annotations

import os
import secrets
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from gradeline.errors import UsageError
from gradeline.serve.config import Config
from gradeline.serve.store.tables import METADATA

MIGRATIONS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = threading.Lock()
SECONDS = 2
"""How long a database may keep us waiting."""


def folder() -> Path:
    """Where this user keeps state."""
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "gradeline"


def url(config: Config) -> str:
    """The database of the settings; a demo keeps nothing."""
    if config.store.url or config.demo or config.public:
        return config.store.url or "sqlite://"
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    return f"sqlite:///{folder() / 'feedback.sqlite3'}"


def engine(address: str) -> Engine:
    """The engine of a database; UsageError where the URL is none."""
    try:
        kind = make_url(address).get_backend_name()
        if kind == "sqlite":
            return sqlite(address)
        options = {"connect_timeout": SECONDS, "options": f"-c statement_timeout={SECONDS * 1000}"}
        return create_engine(address, pool_pre_ping=True, pool_timeout=SECONDS, connect_args=options)
    except (ArgumentError, ImportError, SQLAlchemyError) as fault:
        cure = "write `sqlite:///file` or `postgresql+psycopg://user@host/name`, and install gradeline[postgres]"
        raise UsageError(f"[store] url cannot be used: {type(fault).__name__}", cure) from None


def sqlite(address: str) -> Engine:
    """SQLite that survives whatever ends the process, and whose memory is one for all threads."""
    shared: dict[str, Any] = {"poolclass": StaticPool} if address == "sqlite://" else {}
    made = create_engine(address, connect_args={"check_same_thread": False, "timeout": SECONDS}, **shared)

    @event.listens_for(made, "connect")
    def careful(connection: Any, _: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    return made


def migrate(made: Engine) -> None:
    """Bring the tables to the newest version; several processes may start at once. In memory they are simply made."""
    if str(made.url) == "sqlite://":
        METADATA.create_all(made)
        return
    from alembic import command  # slow to import, and not needed in memory
    from alembic.config import Config as Alembic

    settings = Alembic()
    settings.set_main_option("script_location", str(MIGRATIONS))
    with ONE_AT_A_TIME, made.begin() as connection:
        if made.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7263401)")
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def secret(config: Config) -> bytes:
    """The key of the hash: a file's, else one that is made beside the SQLite file, else this process's own."""
    address = url(config)
    if config.store.key:
        return told(Path(config.store.key))
    if address == "sqlite://":
        return secrets.token_bytes(32)
    if not address.startswith("sqlite"):
        cure = "write a file of at least 32 random bytes, and name it in [store] key"
        raise UsageError("[store] key is missing: several machines must hash alike", cure)
    return beside(Path(make_url(address).database or "").with_suffix(".key"))


def told(file: Path) -> bytes:
    """The secret of a file."""
    try:
        found = file.read_bytes().strip()
    except OSError as fault:
        raise UsageError(
            f"[store] key: cannot read {file}: {fault.strerror}", "check the name and your rights"
        ) from None
    if len(found) < 32:
        raise UsageError(f"[store] key: {file} is too short", "write at least 32 random bytes into it")
    return found


def beside(file: Path) -> bytes:
    """The secret beside the database, made when it is first needed; nobody else may read it."""
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
            made.write(secrets.token_hex(32).encode())
    except FileExistsError:
        pass
    return told(file)
