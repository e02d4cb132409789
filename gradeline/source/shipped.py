"""Where guidelines are found: those that we ship, files and folders, and what other packages bring."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from gradeline.errors import UsageError
from gradeline.model.guideline import Guideline
from gradeline.source.reader import read

FILE = "guideline.yaml"
GROUP = "gradeline.guidelines"
"""The entry point group by which a package brings guidelines: an id, and the package whose folder holds the file."""
HERE = Path(__file__).parents[1] / "guidelines"


def shipped() -> list[str]:
    """The ids of the guidelines that are part of Gradeline."""
    return sorted(path.parent.name for path in HERE.glob(f"*/{FILE}"))


def guideline(name_or_path: str | Path) -> Guideline:
    """A guideline by its id, or by the path of its file or of its folder."""
    return read(find(name_or_path))


def find(name_or_path: str | Path) -> Path:
    """The file of a guideline; UsageError, with what there is, where it is not found."""
    name = str(name_or_path)
    if name in shipped():
        return HERE / name / FILE
    path = Path(name_or_path)
    for file in (path / FILE, path):
        if _there(file):
            return file
    brought = others()
    if name in brought:
        return brought[name]
    known = ", ".join([*shipped(), *brought]) or "none is installed"
    raise UsageError(f"there is no guideline `{name}`", f"the guidelines are {known}; or give the path of a {FILE}")


@cache
def others() -> Mapping[str, Path]:
    """The guidelines that installed packages bring, by id."""
    # Imported here: reading what is installed takes longer than reading a guideline.
    from importlib.metadata import entry_points

    found = {point.name: _folder(point.value) for point in entry_points(group=GROUP)}
    return {name: folder / FILE for name, folder in found.items() if folder and (folder / FILE).is_file()}


def _folder(package: str) -> Path | None:
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        return None
    return Path(next(iter(spec.submodule_search_locations))) if spec and spec.submodule_search_locations else None


def _there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
