"""The recommendations of a plan as expressions of SQL: whom they apply to, what was done, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gradeline.dates import Duration
from gradeline.evaluate.audit.rows import FINAL
from gradeline.evaluate.sql.plan_tables import calendar, tables
from gradeline.evaluate.sql.plan_tables.contents import Layout
from gradeline.evaluate.sql.text.sheet import Sheet
from gradeline.evaluate.sql.text.spelling import texts
from gradeline.evaluate.sql.text.trees import Trees
from gradeline.plan.leaves import Leaf, Tree, rows_in
from gradeline.plan.plan import Line

PACK = 30
"""So many recommendations, two bits each, go into one number: 0 no, 1 unknown, 3 yes, so that *or* is the highest."""
PRACTISED = ("practice", "unknown", "declined")


def _trees(sheet: Sheet, each: Layout, more: Mapping[Tree, str] | None = None) -> Trees:
    """What writes trees where the index condition and the population, and perhaps more, have names."""
    names = {each.plan.index: "t.is_index", each.plan.population: "t.population", **(more or {})}
    return Trees(each.places, names, sheet.spelling.nth)


def _plain(sheet: Sheet, each: Layout) -> Trees:
    """What writes trees where nothing has a name yet."""
    return Trees(each.places, {}, sheet.spelling.nth)


def _whens(each: Layout) -> dict[Tree, str]:
    """The conditions of the decisions, each once, by the names of their columns."""
    found: dict[Tree, str] = {}
    for line in each.plan.lines:
        for decision in line.asked.decisions if not line.asked.acts else ():
            if not isinstance(decision.when, Leaf):
                found.setdefault(decision.when, f"t.decides_{len(found)}")
    return found


def reason(sheet: Sheet, row: tables.Row) -> dict[str, Any]:
    """Whether one of the guideline's reasons holds."""
    each = sheet.layouts[row["leg"]]
    acts = each.plan.lines[row["line"]].asked.acts
    return {**row, "tree": _plain(sheet, each).truth(acts.reason) if acts and acts.reason else "0"}


def plan(sheet: Sheet, each: Layout) -> dict[str, Any]:
    """One guideline: its trees, recommendations and groups of signs."""
    plain, made, whens = _plain(sheet, each), each.plan, _whens(each)
    signs = [plain.truth(group.signs) for group in made.groups]
    lines = [_line(sheet, each, number, whens) for number in range(len(made.lines))]
    manners, found = _manners(lines), _found(lines)
    return {
        "leg": each.number, "id": made.guideline.id,
        "population": plain.truth(made.population), "index": plain.truth(made.index),
        "sign": f"greatest({', '.join(signs)})" if len(signs) > 1 else signs[0] if signs else "0",
        "whens": [
            {"name": name.removeprefix("t."), "tree": _trees(sheet, each).truth(tree)} for tree, name in whens.items()
        ],
        "wholes": [line for line in lines if line["same"] == line["number"]],
        "lines": lines, "packs": range(-(-len(lines) // PACK)), "manners": manners, "found": found,
        "deadlines": [line for line in lines if line["deadline"]],
        "declines": [line for line in lines if line["tree"]],
        "judged": [line["number"] for line in lines if line["judged"]],
        "groups": [
            {"signs": plain.truth(group.signs), "questions": plain.truth(group.questions) if group.questions else ""}
            for group in made.groups
        ],
    }  # fmt: skip


def _manners(lines: list[dict[str, Any]]) -> list[str]:
    """The columns that say what was done, but for obligations with a limit."""
    plain = [line["number"] for line in lines if not line["deadline"]]
    return [f"{name}_{number}" for number in plain for name in PRACTISED] or ["always"]


def _found(lines: list[dict[str, Any]]) -> list[str]:
    """The columns that say what was found of a course."""
    owed = [f"{name}_{line['number']}" for line in lines if line["deadline"] for name in ("owed", *PRACTISED)]
    packs = [f"b{pack}" for pack in range(-(-len(lines) // PACK))]
    missing = [f"missing_{line['number']}" for line in lines if line["deadline"] or line["same"] == line["number"]]
    return ["manner", "cut", *packs, *missing, *owed]


def _line(sheet: Sheet, each: Layout, number: int, whens: Mapping[Tree, str]) -> dict[str, Any]:
    """One recommendation: when it applies, what practice is, what is missing."""
    line, trees = each.plan.lines[number], _trees(sheet, each, whens)
    asked, deadline = line.asked, line.asked.deadline
    same = next(other for other, one in enumerate(each.plan.lines) if one.applies == line.applies)
    pack, bit = divmod(number, PACK)
    return {
        "id": line.recommendation.id, "number": number, "same": same,
        "applies": _trees(sheet, each).truth(line.applies), "missing": trees.missing(line.applies),
        "deadline": bool(deadline), "judged": bool(asked.acts),
        "pack": pack, "yes": 3 << 2 * bit, "maybe": 1 << 2 * bit,
        "applied": f"o{number}.applies" if deadline else unpacked("a", same),
        "truth": f"k.owed_{number}" if deadline else unpacked("k", same),
        "tree": trees.truth(asked.declined) if asked.declined else "",
        "declined": _declined(number) if asked.declined else "FALSE",
        "alternative": _alternative(each, number, line),
        "final": texts({*FINAL[type(line.recommendation.form)], "unknown"}),
        **(_judged(sheet, each, number, line) if asked.acts else _decided(trees, number, line)),
        **(_limited(sheet, trees, line) if deadline else {}),
    }  # fmt: skip


def unpacked(alias: str, number: int) -> str:
    """Whether a recommendation applies, out of its two bits."""
    pack, bit = divmod(number, PACK)
    yes, maybe = (f"({alias}.b{pack} & {each << 2 * bit}) <> 0" for each in (2, 1))
    return f"CASE WHEN {yes} THEN 2 WHEN {maybe} THEN 1 ELSE 0 END"


def _decided(trees: Trees, number: int, line: Line) -> dict[str, Any]:
    """The practice of what is decided by the first condition that holds."""
    decisions = line.asked.decisions
    return {"practice": trees.practice(decisions), "unknown": trees.unknown(decisions, tables.action_row(number))}


def _limited(sheet: Sheet, trees: Trees, line: Line) -> dict[str, Any]:
    """What an obligation with a time limit needs beside."""
    assert line.asked.deadline
    within = line.asked.deadline.within
    return {
        "when": trees.truth(line.when) if line.when else "2",
        "done": trees.truth(line.asked.decisions[0].when),
        "lim1": limit_day(sheet, "o1", within)[0],
        "lim2": limit_day(sheet, "o2", within)[0],
    }


def limit_day(sheet: Sheet, base: str, within: Duration) -> tuple[str, str]:
    """When a time limit is reached: the name of its column, and the day."""
    return f"limit_{base}_{calendar.column((within,))}", sheet.at(base, within)


def limit_days(sheet: Sheet) -> dict[str, str]:
    """The days on which time limits are reached, by the names of their columns."""
    spans = [line.asked.deadline.within for each in sheet.layouts for line in each.plan.lines if line.asked.deadline]
    return dict(limit_day(sheet, base, within) for within in spans for base in ("o1", "o2"))


def _declined(number: int) -> str:
    return f"(f.practice_{number} = 'followed' AND f.declined_{number} = 2) IS TRUE"


def _judged(sheet: Sheet, each: Layout, number: int, line: Line) -> dict[str, Any]:
    """The practice of an action that is judged act by act, and the row that is missing."""
    (row,) = rows_in(line.asked.decisions[0].when)
    absence, place, weighed = int(each.plan.rows[row].absence), each.places[row], f"d.weighed_{number}"
    none = (
        f"CASE WHEN (t.d{place.word} & {place.bit}) <> 0 THEN 0 "
        f"WHEN (t.e{place.word} & {place.bit}) <> 0 THEN {min(absence, 1)} ELSE {absence} END"
    )
    practice = (
        f"CASE WHEN {weighed} < 0 THEN CASE WHEN {none} = 0 THEN 'followed' ELSE 'unknown' END "
        f"WHEN {weighed} < 4 THEN 'departed' WHEN {weighed} < 8 THEN 'unknown' ELSE 'justified' END"
    )
    otherwise = f"WHEN {weighed} < 0 OR {weighed} BETWEEN 4 AND 7 THEN {row} END"
    unknown = f"CASE WHEN {weighed} = 6 THEN {tables.REASON_ROW} {otherwise}"
    return {"practice": practice, "unknown": unknown}


def _alternative(each: Layout, number: int, line: Line) -> str:
    """Whether another action that the guideline counts as equal is in place."""
    if line.asked.declined is None or line.asked.arms:
        return "FALSE"
    action = line.asked.actions[0]
    arms = [f"f.practice_{other} = 'followed'" for other, one in enumerate(each.plan.lines) if action in one.asked.arms]
    return f"(f.practice_{number} = 'open' AND ({' OR '.join(arms)})) IS TRUE" if arms else "FALSE"
