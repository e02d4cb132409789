"""The SQL of an audit: the steps, each one table made of those before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gradeline.dates import BEGINNING, END, Duration
from gradeline.evaluate.patient.acts import SAME_EXAMINATION
from gradeline.evaluate.patient.episodes import ANOTHER
from gradeline.evaluate.sql.plan_tables import calendar, tables
from gradeline.evaluate.sql.plan_tables.contents import AFTER, APPLIES, PRACTICE, REASON, Layout
from gradeline.evaluate.sql.text import lines, windows
from gradeline.evaluate.sql.text.sheet import Sheet
from gradeline.evaluate.sql.text.spelling import text

STEPS = Path(__file__).parent / "steps"
HEAD = re.compile(r"^-- (step|view) (\w+): (.+)\n", re.MULTILINE)
LEAVES = 1 << 14
"""More than any row's number: a day and a row as one number."""
SPREAD = 1 << 22
"""More days than an episode has: what makes an ask's number its own."""
MARGIN = 3660
"""So many days before its end the calendar counts as over, so that what is moved stays inside."""
NUMBERS = {
    "BEGINNING": BEGINNING, "END": END, "ANOTHER": ANOTHER, "SAME_EXAMINATION": SAME_EXAMINATION, "SPREAD": SPREAD,
    "APPLIES": APPLIES, "PRACTICE": PRACTICE, "REASON": REASON, "AFTER": AFTER, "ONSET": tables.ONSET_ROW,
    "LEAVES": LEAVES,
    "calendar_first": calendar.FIRST + MARGIN, "calendar_last": calendar.LAST - MARGIN,
}  # fmt: skip


class Step(NamedTuple):
    """One table that is made of those before it."""

    name: str
    says: str
    query: str
    kept: bool = True
    """Whether its rows are kept; else it is worked out anew wherever it is read, as far as it is needed there."""

    @property
    def reads(self) -> list[str]:
        """The tables that it names, each as often as it does."""
        return re.findall(r"(?:FROM|JOIN) (\w+)", self.query)


@cache
def environment() -> Environment:
    """Where the text of the steps is."""
    return Environment(loader=FileSystemLoader(STEPS), trim_blocks=True, undefined=StrictUndefined, autoescape=False)  # noqa: S701 - SQL


def steps(sheet: Sheet) -> list[Step]:
    """Every step, in order."""
    words = {**NUMBERS, **phrases(sheet), **spans(sheet), **asked(sheet), **looked_for(sheet)}
    words["shifts"] = list(sheet.shifts)
    words["shifted"] = {windows.ALIASES[base] for base, _ in sheet.shifts}
    found = []
    for name in sorted(environment().list_templates()):
        parts = HEAD.split(environment().get_template(name).render(**words))[1:]
        for kind, called, says, query in zip(*(parts[place::4] for place in range(4)), strict=True):
            found.append(Step(called, says, query.strip(), kind == "step"))
    return found


def phrases(sheet: Sheet) -> dict[str, Any]:
    """How things are said in SQL."""
    spelling = sheet.spelling
    return {
        "text": text, "m": sheet.months, "has": has, "between": between, "years": years, "overlap": spelling.overlap,
        "size": spelling.size, "each_of": spelling.each_of, "string": spelling.string,
        "each_of_list": spelling.each_of_list, "move": sheet.move, "by": sheet.by, "speaks": sheet.speaks,
    }  # fmt: skip


def spans(sheet: Sheet) -> dict[str, Any]:
    """How long things last, by guideline or by leaf."""
    families = tables.families(sheet.layouts)
    gaps = {each.guideline: each.plan.guideline.index.gap for each in families}
    persisting = tables.lasting(sheet.layouts, sheet.found)
    return {
        "gap": {number: (gap,) for number, gap in gaps.items()},
        "back_gap": {number: (-gap,) for number, gap in gaps.items()},
        "silence": {each.guideline: (each.plan.period, gaps[each.guideline]) for each in families},
        "lasting": {row["p"]: (sheet.layouts[row["leg"]].plan.rows[row["leaf"]].span,) for row in persisting},
        "age_months": windows.age_months(sheet),
    }


def asked(sheet: Sheet) -> dict[str, Any]:
    """Which days are asked, and the windows on them."""
    families = tables.families(sheet.layouts)
    bounds = [windows.window(sheet, number, each) for each, number in tables.windows(sheet.found).items()]
    return {
        "window": lambda key, part: _window(bounds, key, part),
        "onset_windows": list(windows.of_onset(bounds)),
        "backs": [back for window in bounds for back in windows.backs(window, sheet.found)],
        "ages": unique(age for each in sheet.layouts for age in windows.ages(each)),
        "limits": [
            {"g": ", ".join(map(str, numbers)), "end": end, "span": span}
            for span, numbers in _limits(sheet.layouts).items()
            for end in ("o1", "o2")
        ],
        "deadlines": ", ".join(
            str(each.guideline) for each in families if any(line.asked.deadline for line in each.plan.lines)
        ),
        "own_leaves": partial(_own_leaves, [leaf for each in sheet.layouts for leaf in windows.told(sheet, each)]),
    }


def looked_for(sheet: Sheet) -> dict[str, Any]:
    """What is looked for, and what is made of it."""
    layouts, found = sheet.layouts, sheet.found
    judging = tables.judging(layouts, found)
    reasoned = [row for row in judging if row["reasoned"]]
    return {
        "among": sheet.among, "share": sheet.share, "lists": sheet.lists,
        "sites": [{**site, "term": sheet.terms[site["term"]]} for site in sheet.sites],
        "by_whom": any(each.by for each in found),
        "repeated": any(each.look == "repeated" for each in found),
        "later": tables.laters(layouts, found), "judging": judging,
        "judged": [{"content": number} for number in sorted({row["content"] for row in reasoned})],
        "reasons": [lines.reason(sheet, row) for row in reasoned],
        "words": range(max(each.words for each in layouts)),
        "plans": [lines.plan(sheet, each) for each in layouts], "packed": packed,
        "limit_days": list(lines.limit_days(sheet).items()),
    }  # fmt: skip


def between(days: int) -> str:
    """Whether a fact may lie between the two first days that an onset not given is read as, or so much later."""
    later = f" {'-' if days < 0 else '+'} {abs(days)}" if days else ""
    return f"least(w.first, w.known) < e.first{later} AND greatest(w.last, w.known) >= e.floor{later}"


def has(roles: str, role: str | int) -> str:
    """Whether an ask is for one of these."""
    return f"({roles} & {role}) <> 0"


def unique(some: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each of them once."""
    return list({tuple(each.items()): each for each in some}.values())


def _limits(layouts: Sequence[Layout]) -> dict[Duration, dict[int, None]]:
    """How long after an onset something begins or ends, and for which guidelines."""
    found: dict[Duration, dict[int, None]] = {}
    for each in layouts:
        for span in tables.limits(each):
            found.setdefault(span, {})[each.guideline] = None
    return found


def _own_leaves(told: Sequence[dict[str, Any]], word: int, state: str) -> str:
    """The bits of the person's and the day's own leaves; those of a leg are worked out on its asks alone."""
    legs: dict[int, list[str]] = {}
    for leaf in told:
        if leaf["word"] == word and leaf[state] != "FALSE":
            legs.setdefault(leaf["leg"], []).append(f"CASE WHEN {leaf[state]} THEN {leaf['bit']} ELSE 0 END")
    whens = "\n    ".join(f"WHEN {leg} THEN {' | '.join(bits)}" for leg, bits in legs.items())
    return f"\n  | CASE a.leg {whens} ELSE 0 END" if legs else ""


def packed(some: Sequence[dict[str, Any]]) -> str:
    """Whether each recommendation applies, two bits each, as few numbers."""
    packs: dict[int, list[str]] = {}
    for line in some:
        number = line["number"]
        said = f"CASE t.applies_{number} WHEN 2 THEN {line['yes']} WHEN 1 THEN {line['maybe']} ELSE 0 END"
        packs.setdefault(line["pack"], []).append(said)
    return ", ".join(f"CAST({' + '.join(each)} AS BIGINT) AS b{pack}" for pack, each in packs.items())


def _window(bounds: Sequence[dict[str, Any]], key: str, part: str) -> str:
    """One end of the window of what is looked for."""
    said: dict[str, list[str]] = {}
    for each in bounds:
        said.setdefault(each[part], []).append(str(each["number"]))
    (most, _), *others = sorted(said.items(), key=lambda each: -len(each[1]))
    whens = " ".join(f"WHEN {key} IN ({', '.join(numbers)}) THEN {day}" for day, numbers in others)
    return f"CASE {whens} ELSE {most} END" if others else most


def years(birth: str, day: str) -> str:
    """Whole years from one day of the calendar to another, as `dates.months_between` counts them."""
    early = f"CASE WHEN least({birth}.place, {day}.length) > {day}.place THEN 1 ELSE 0 END"
    return f"CAST(floor(({day}.months - {birth}.months - {early}) / 12.0) AS INTEGER)"
