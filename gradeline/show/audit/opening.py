"""What an audit says in its first second: what there is to read, how long that may take, where facts are kept."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path

from gradeline.model.words import Language

MEGABYTE = 1_000_000
RATE = 150 * MEGABYTE
"""Bytes that are read in a second, about."""
SHARE = 0.06
"""What the facts take of the bytes that they are read from, about."""
PACKED = 8
"""How much smaller a gzipped file is, about."""
MEMORY = "1 GB"

SAYS: dict[Language, str] = {
    "en": "{files} files, {size}: about {seconds} to read, {disk} of disk for the facts, at most {memory} of memory. "
    "Facts are kept in {folder}, for their owner alone.",
    "da": "{files} filer, {size}: omkring {seconds} at læse, {disk} disk til fakta, højst {memory} hukommelse. "
    "Fakta gemmes i {folder}, kun for ejeren.",
}
READY: dict[Language, str] = {"en": "Facts in {folder}, {size}.", "da": "Fakta i {folder}, {size}."}
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
        found = [each for each in data.rglob("*") if each.is_file()] if data.is_dir() else [data]
        sizes = [each.stat().st_size * (PACKED if each.suffix == ".gz" else 1) for each in found]
        return cls(len(found), sum(sizes))


def opening(sizes: Sizes, folder: Path, ready: bool, language: Language) -> str:
    """The first lines of an audit; of facts that are there already there is little to say."""
    said = (READY if ready else SAYS)[language].format(
        files=sizes.files,
        size=size(sizes.bytes),
        seconds=lasting(sizes.bytes / RATE, language),
        disk=size(sizes.bytes * SHARE),
        memory=MEMORY,
        folder=folder,
    )
    return textwrap.fill(said, 80, break_on_hyphens=False, break_long_words=False) + "\n\n"


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
