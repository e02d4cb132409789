"""A FHIR package comes in: our own gives back its guideline file, any other its graded recommendations as statements.

archive -> resources -> the guideline file, statements -> the same reports and drafts as from a quick guide
"""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from gradeline.errors import DocumentError
from gradeline.source.packages.archive import Package, opened
from gradeline.source.packages.ours import guideline_file
from gradeline.source.packages.statements import statements
from gradeline.source.packages.walk import Shelf, shown
from gradeline.source.published.found import Legend, Published
from gradeline.source.published.uses.report import PACKAGE

ENDINGS = (".tgz", ".tar.gz")
GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Brought:
    """What a package says, and, where it is our own, the guideline file that it was made from."""

    published: Published
    guideline: bytes | None = None


def is_package(path: str | PathLike[str]) -> bool:
    """Whether a file is meant as a package: by its name, or because it is a compressed archive."""
    place = Path(path)
    if place.name.lower().endswith(ENDINGS):
        return True
    try:
        with place.open("rb") as file:
            return file.read(2) == GZIP
    except OSError:
        return False


def read(path: str | PathLike[str]) -> Brought:
    """Read a package; DocumentError where it is none, is not safe, or holds no graded recommendation."""
    return of(opened(Path(path)))


def of(package: Package) -> Brought:
    """A package as what it says."""
    shelf = Shelf(package)
    found = tuple(statements(shelf))
    if not found:
        raise DocumentError(
            "no graded recommendation in it: no PlanDefinition states a strength, a direction or a quality of evidence",
            "give a package of CPG-on-FHIR whose recommendations are graded",
            package.name,
        )
    head = shelf.head()
    doubtful = [str(number) for number, each in enumerate(found, 1) if each.doubts]
    listed = f"{len(doubtful)} of {len(found)} statements in doubt: {', '.join(doubtful)}"
    published = Published(
        title=shown(head.get("title") or head.get("name") or package.card.get("title") or package.name),
        topic="",
        publisher=shown(head.get("publisher") or package.card.get("author") or ""),
        language="da" if str(head.get("language", "")).startswith("da") else "en",
        statements=found,
        legend=Legend(),
        about=shown(head.get("description") or package.card.get("description") or ""),
        links=(),
        warnings=(*shelf.warnings(), *([listed] if doubtful else [])),
        file=package.name,
        form=PACKAGE,
    )
    return Brought(published, guideline_file(package))


__all__ = ["Brought", "is_package", "of", "read"]
