"""Windows, ages and the days on which an answer can change, as expressions of SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gradeline.dates import BEGINNING, END, Duration
from gradeline.evaluate.sql.plan_tables import calendar
from gradeline.evaluate.sql.plan_tables.contents import APPLIES, Content, Layout
from gradeline.evaluate.sql.text.sheet import Sheet
from gradeline.evaluate.sql.text.spelling import text
from gradeline.plan.leaves import Bounds, Row

ALIASES = {"o1": "k1", "o2": "k2", "day": "kd"}
"""The calendar of each day of an ask from which windows are measured."""


def age_months(sheet: Sheet) -> list[int]:
    """The ages that are asked for, in months."""
    rows = [each.plan.rows[row] for each in sheet.layouts for row in each.roles]
    return sorted({row.span.months for row in rows if row.shape == "age" and row.span and row.span.months})


def window(sheet: Sheet, number: int, bounds: Bounds) -> dict[str, Any]:
    """Between which days a window begins, and between which it ends, on an ask; as `View.span` measures it."""
    starts, ends = _from_onset(sheet, bounds)
    if bounds.back is not None:
        for each in starts.values():
            each.append(sheet.at("day", -bounds.back))
    said = {part: _one("greatest", each, BEGINNING) for part, each in starts.items()}
    said |= {part: _one("least", each, END) for part, each in ends.items()}
    return {"number": number, "bounds": bounds, **said}


Parts = dict[str, list[str]]


def _from_onset(sheet: Sheet, bounds: Bounds) -> tuple[Parts, Parts]:
    """Where a window begins and ends as measured from the onset; one without an end ends with the episode."""
    starts: Parts = {"s1": [], "s2": []}
    ends: Parts = {"e1": [], "e2": []}
    if bounds.start is not None:
        starts["s1"].append(sheet.at("o1", bounds.start))
        starts["s2"].append(sheet.at("o1" if bounds.earliest else "o2", bounds.start))
        if bounds.stop is None:
            ends = {"e1": ["a.closes"], "e2": ["a.closes"]}
    if bounds.stop is not None:
        ends = {"e1": [sheet.at("o1", bounds.stop)], "e2": [sheet.at("o2", bounds.stop)]}
    return starts, ends


def of_onset(windows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The windows that hang on the earliest possible onset, with how many days after it they begin.

    Where one ends so long after it, or begins months after it, the number is None. An act is held against the onset
    itself.
    """
    for each in windows:
        start, stop = each["bounds"].start, each["bounds"].stop
        if stop is not None or start is not None:
            plain = start is not None and stop is None and not start.months
            yield {"bounds": each["number"], "days": start.days if plain else None}


def _one(which: str, parts: list[str], none: int) -> str:
    return f"{which}({', '.join(parts)})" if len(parts) > 1 else parts[0] if parts else str(none)


def backs(window: dict[str, Any], found: Mapping[Content, int]) -> Iterator[dict[str, Any]]:
    """When a fact falls out of a window that looks back."""
    back = window["bounds"].back
    if back and any(role & APPLIES for each, role in found.items() if each.bounds == window["bounds"]):
        for end in ("first", "last"):
            for more in (0, 1):
                yield {"bounds": window["number"], "end": end, "span": back, "more": more}


def ages(each: Layout) -> Iterator[dict[str, Any]]:
    """The birthdays that applicability hangs on."""
    for number, role in each.roles.items():
        row = each.plan.rows[number]
        if row.shape == "age" and row.span and role & APPLIES:
            yield {"g": each.guideline, "first": _birthday("first", row.span), "last": _birthday("last", row.span)}


def _birthday(end: str, span: Duration) -> str:
    return f"w.birth_{end}_{calendar.column((span,))}" if span.months else f"(w.birth_{end} + {span.days})"


def told(sheet: Sheet, each: Layout) -> Iterator[dict[str, Any]]:
    """The leaves of the person, the episode and the day: when they are yes, and when unknown."""
    for place in each.places.values():
        row = each.plan.rows[place.row]
        said = _said(sheet, row)
        if said:
            yield {"leg": each.number, "word": place.word, "bit": place.bit, "yes": said[0], "unknown": said[1]}


def _said(sheet: Sheet, row: Row) -> tuple[str, str] | None:
    """When a leaf that no fact answers is yes, and when it is unknown."""
    if row.shape == "sex":
        return f"coalesce(p.sex = {text(row.other)}, FALSE)", "p.sex IS NULL"
    if row.shape == "sure":
        return "a.sure = 2", "FALSE"
    if row.shape == "age" and row.span:
        first, last = (_birthday(end, row.span).replace("w.", "p.") for end in ("first", "last"))
        yes, maybe = since(row.compare.value if row.compare else "", first, last)
        return f"coalesce({yes}, FALSE)", f"(p.birth_first IS NULL OR (NOT ({yes}) AND {maybe}))"
    if row.shape in ("onset", "passed") and row.span:
        o1, o2 = sheet.at("o1", row.span), sheet.at("o2", row.span)
        yes, maybe = since(row.compare.value, o1, o2) if row.compare else (f"a.day > {o2}", f"a.day > {o1}")
        return yes, f"(NOT ({yes}) AND {maybe})"
    return None


def since(compare: str, first: str, last: str) -> tuple[str, str]:
    """How long ago something was, against the day on which that time is reached: surely, and possibly."""
    sign, surely, possibly = {
        "at least": ("<=", last, first), "over": ("<", last, first),
        "at most": (">=", first, last), "under": (">", first, last),
    }[compare]  # fmt: skip
    return f"{surely} {sign} a.day", f"{possibly} {sign} a.day"
