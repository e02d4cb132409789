"""Reads the parameters of a cohort: the shipped file, with a person's own over it; every fault at once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from gradeline.cohort.parameters import REGIONS, Parameters, Period, Region
from gradeline.cohort.sheet import EVERYWHERE, SECTIONS, SHIPPED, Entries, Sheet, field_of
from gradeline.errors import Fault, UsageError

WHOLES = (
    ("people", "children", "young", "middle aged"),
    ("illness", "to a chiropractor", "to a hospital"),
    ("practice", "directional", "control", "directional and control"),
    ("recording", "scores once", "scores always"),
    ("recording", "onset", "onset repeats the day"),
)
"""Parts of one whole: together they are no more than all."""
SHORTEST = 365


def read(file: Path | None = None) -> Parameters:
    """The shipped parameters, with those of a file over them; UsageError with every fault."""
    if file is None:
        return parse("")
    try:
        return parse(file.read_text("utf-8"), str(file))
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}", "name a file of parameters, or leave it out") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file} is not UTF-8", "save it as UTF-8") from None


@cache
def parse(changes: str, name: str = "parameters.yaml") -> Parameters:
    """The shipped parameters with a text's over them."""
    shipped = Sheet(SHIPPED.read_text("utf-8"), SHIPPED.name)
    sheet = Sheet(changes, name, shipped.sources)
    entries = shipped.entries | sheet.entries
    faults = shipped.faults + (sheet.faults or impossible(entries))
    if faults:
        raise UsageError("\n".join(map(str, faults)))
    period = Period(**section(entries, "period", ""))
    return Parameters(period, tuple(region(entries, place) for place in REGIONS), changes)


def region(entries: Entries, place: str) -> Region:
    """A region with every number as it is there."""
    sections = {name: made(**section(entries, name, place)) for name, made in SECTIONS.items() if name != "period"}
    return Region(place, entries["regions", place].values[EVERYWHERE], **sections)


def section(entries: Entries, name: str, place: str) -> dict[str, Any]:
    """The values of a section in a region, by the names of the fields."""
    return {
        field_of(key): entry.values.get(place, entry.values[EVERYWHERE])
        for (of, key), entry in entries.items()
        if of == name
    }


def impossible(entries: Entries) -> list[Fault]:
    """What no single line shows: a period that is too short, regions that are not all, parts that are more than all."""
    faults = []
    first, last = entries["period", "from"], entries["period", "to"]
    if last.values[EVERYWHERE] - first.values[EVERYWHERE] < SHORTEST:
        faults.append(
            Fault(last.where, "the period is shorter than a year", "let `to` lie a year or more after `from`")
        )
    regions = [entry for (of, _), entry in entries.items() if of == "regions"]
    if abs(sum(entry.values[EVERYWHERE] for entry in regions) - 1) > 1e-6:
        faults.append(Fault(regions[-1].where, "the regions are not 100 % in all", "change the others too"))
    return faults + [fault for of, *keys in WHOLES for fault in too_much(entries, of, keys)]


def too_much(entries: Entries, of: str, keys: list[str]) -> list[Fault]:
    """The fault of parts that are more than their whole, in any region."""
    parts = [entries[of, key] for key in keys]
    most = max(sum(part.values.get(place, part.values[EVERYWHERE]) for part in parts) for place in REGIONS)
    if most <= 1 + 1e-9:
        return []
    what = f"{', '.join(f'`{key}`' for key in keys)} are more than 100 % in all"
    return [Fault(parts[-1].where, what, "make one of them smaller")]
