"""What an audit says in its first second: what there is to read, how long that may take, where facts are kept."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gradeline.model.words import Language, Text
from gradeline.records.bulk.files import under
from gradeline.records.store.engine import cores

MEGABYTE = 1_000_000
RATE, SIEVED = 40 * MEGABYTE, 250 * MEGABYTE
"""Bytes that a processor reads in a second, about, and those in which it looks for a share of the patients."""
SHARE = 0.03
"""What the facts take of the bytes that they are read from, about."""
PACKED = 8
"""How much smaller a gzipped file is, about."""
MEMORY = "1 GB"
STARTING = 2
"""Seconds that counting takes at the least."""

State = Literal["ready", "read", "new", "database"]
"""The data are facts; there are facts of an earlier run; nothing was read yet; nobody knows the size."""
SAYS: dict[State, Text] = {
    "new": Text(
        "{files}, {size}: about {seconds} to read and count, {disk} of disk for the facts, about {memory} of "
        "memory. Facts are kept in {folder}, for their owner alone.",
        "{files}, {size}: omkring {seconds} at læse og tælle, {disk} disk til fakta, omkring {memory} "
        "hukommelse. Fakta gemmes i {folder}, kun for ejeren.",
    ),
    "read": Text(
        "{files}, {size}. The facts of an earlier run, in {folder}, are used where nothing has changed; else "
        "it takes about {seconds}, {disk} of disk, about {memory} of memory.",
        "{files}, {size}. Fakta fra en tidligere kørsel, i {folder}, bruges, hvor intet er ændret; ellers tager "
        "det omkring {seconds}, {disk} disk, omkring {memory} hukommelse.",
    ),
    "ready": Text(
        "Facts in {folder}, {size}: seconds, and about {memory} of memory.",
        "Fakta i {folder}, {size}: sekunder, og omkring {memory} hukommelse.",
    ),
    "database": Text(
        "A database, whose size is not known before it is read: its tables are copied in batches, with about {memory} "
        "of memory. Facts are kept in {folder}, for their owner alone.",
        "En database, hvis størrelse ikke kendes, før den er læst: dens tabeller kopieres i portioner, med omkring "
        "{memory} hukommelse. Fakta gemmes i {folder}, kun for ejeren.",
    ),
}
FILES: dict[Language, tuple[str, str]] = {"en": ("file", "files"), "da": ("fil", "filer")}
UNITS: dict[Language, tuple[str, str]] = {"en": ("second", "minute"), "da": ("sekund", "minut")}
MANY: dict[Language, tuple[str, str]] = {"en": ("seconds", "minutes"), "da": ("sekunder", "minutter")}


@dataclass(frozen=True)
class Sizes:
    """How many files there are, and how many bytes in them when unpacked."""

    files: int
    bytes: int

    @classmethod
    def of(cls, data: Path) -> Sizes:
        """The sizes of a file or of everything in a folder."""
        found = under(data)
        sizes = [each.stat().st_size * (PACKED if each.suffix == ".gz" else 1) for each in found]
        return cls(len(found), sum(sizes))


def opening(sizes: Sizes | None, folder: Path, state: State, language: Language, sample: float | None = None) -> str:
    """The first lines of an audit: what is there, and what it takes."""
    count = sizes or Sizes(0, 0)
    part = 1.0 if sample is None else sample
    seconds = count.bytes * part / RATE + (count.bytes / SIEVED if sample else 0)
    said = (
        SAYS[state]
        .in_(language)
        .format(
            files=counted(count.files, language),
            size=size(count.bytes),
            seconds=lasting(STARTING + seconds / cores(), language),
            disk=size(count.bytes * part * SHARE),
            memory=MEMORY,
            folder=folder,
        )
    )
    return textwrap.fill(said, 80, break_on_hyphens=False, break_long_words=False) + "\n\n"


def counted(files: int, language: Language) -> str:
    """A number of files as people say it."""
    one, many = FILES[language]
    return f"{files} {one if files == 1 else many}"


def size(count: float) -> str:
    """Bytes as people write them."""
    megabytes = count / MEGABYTE
    return f"{megabytes / 1000:.1f} GB" if megabytes >= 1000 else f"{max(megabytes, 1):.0f} MB"


def lasting(seconds: float, language: Language) -> str:
    """A time as people say it.

    >>> lasting(0.2, "en"), lasting(200, "en")
    ('1 second', '3 minutes')
    """
    number, place = (round(seconds / 60), 1) if seconds >= 90 else (max(round(seconds), 1), 0)
    return f"{number} {(UNITS if number == 1 else MANY)[language][place]}"
