"""DuckDB as we use it: it fetches and loads no extension, and what does not fit spills into our folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradeline.errors import UsageError

if TYPE_CHECKING:
    import duckdb

MISSING = "populations need what is not installed: {name}"
CURE = "pip install 'gradeline[population]'"
SPILL = "spill"
MEMORY = "704MB"
"""What DuckDB may hold before it spills; the process needs some more."""
LAYING = "512MB"
"""The same while facts are laid out: no long line is held then, and the writers of many files need room."""


def installed(name: str) -> Any:
    """A library of the extra `population`, imported when it is first needed; UsageError where it is not there."""
    from importlib import import_module

    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise UsageError(MISSING.format(name=name), CURE) from None


def errors() -> type[Exception]:
    """What DuckDB raises."""
    return installed("duckdb").Error  # type: ignore[no-any-return]


def connect(spill: Path | None = None, memory: str = MEMORY, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A database in memory that asks nobody for anything, and spills into the folder that is given."""
    config: dict[str, Any] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "memory_limit": memory,
        "threads": str(threads or cores()),
        "preserve_insertion_order": "false",
        "temp_directory": str(spill) if spill else "",
    }
    connection = installed("duckdb").connect(":memory:", config=config)
    connection.execute("SET enable_progress_bar = false")
    return connection  # type: ignore[no-any-return]


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def text(value: object) -> str:
    """A text as a literal of SQL.

    >>> text("O'Hara")
    "'O''Hara'"
    """
    return "'" + str(value).replace("'", "''") + "'"
