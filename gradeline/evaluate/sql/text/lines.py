"""The recommendations of a plan as expressions of SQL: whom they apply to, what was done, what is missing."""

from __future__ import annotations

from typing import Any

from gradeline.evaluate.audit.rows import FINAL
from gradeline.evaluate.sql.plan_tables import tables
from gradeline.evaluate.sql.plan_tables.contents import Content, Layout, content
from gradeline.evaluate.sql.text.sheet import Sheet
from gradeline.evaluate.sql.text.spelling import texts
from gradeline.evaluate.sql.text.trees import Trees
from gradeline.plan.leaves import rows_in
from gradeline.plan.plan import Line


def _trees(sheet: Sheet, each: Layout, named: bool) -> Trees:
    names = {each.plan.index: "t.is_index", each.plan.population: "t.population"} if named else {}
    if named and each.plan.index is each.plan.population:
        names = {each.plan.population: "t.population"}
    return Trees(each.places, names, sheet.spelling.nth)


def reason(sheet: Sheet, row: tables.Row) -> dict[str, Any]:
    """Whether one of the guideline's reasons holds."""
    each = sheet.layouts[row["leg"]]
    acts = each.plan.lines[row["line"]].asked.acts
    return {**row, "tree": _trees(sheet, each, False).truth(acts.reason) if acts and acts.reason else "0"}


def plan(sheet: Sheet, each: Layout) -> dict[str, Any]:
    """One guideline: its trees, recommendations and groups of signs."""
    plain, made = _trees(sheet, each, False), each.plan
    signs = [plain.truth(group.signs) for group in made.groups]
    lines = [_line(sheet, each, number, line) for number, line in enumerate(made.lines)]
    return {
        "leg": each.number, "id": made.guideline.id,
        "population": plain.truth(made.population), "index": plain.truth(made.index),
        "sign": f"greatest({', '.join(signs)})" if len(signs) > 1 else signs[0] if signs else "0",
        "lines": lines,
        "deadlines": [line for line in lines if line["deadline"]],
        "declines": [line for line in lines if line["tree"]],
        "judged": [line["number"] for line in lines if line["judged"]],
        "groups": [
            {"signs": plain.truth(group.signs), "questions": plain.truth(group.questions) if group.questions else ""}
            for group in made.groups
        ],
    }  # fmt: skip


def _line(sheet: Sheet, each: Layout, number: int, line: Line) -> dict[str, Any]:
    """One recommendation: when it applies, what practice is, what is missing."""
    asked, deadline, trees = line.asked, line.asked.deadline, _trees(sheet, each, True)
    applied = f"o{number}.applies" if deadline else f"a.applies_{number}"
    return {
        "id": line.recommendation.id, "number": number,
        "applies": trees.truth(line.applies), "missing": trees.missing(line.applies),
        "deadline": bool(deadline), "judged": bool(asked.acts), "read": f"d{number}" if deadline else "d",
        "applied": applied, "tree": trees.truth(asked.declined) if asked.declined else "",
        "declined": _declined(number) if asked.declined else "FALSE",
        "alternative": _alternative(each, number, line),
        "final": texts({*FINAL[type(line.recommendation.form)], "unknown"}),
        **(_judged(sheet, each, number, line) if asked.acts else _decided(trees, number, line)),
        **(_limited(sheet, trees, line) if deadline else {}),
    }  # fmt: skip


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
        "lim1": sheet.at("o1", within).replace("a.", "t."),
        "lim2": sheet.at("o2", within).replace("a.", "t."),
    }


def _declined(number: int) -> str:
    return f"(f.practice_{number} = 'followed' AND f.declined_{number} = 2) IS TRUE"


def _recorded(each: Layout, line: Line) -> Content:
    """What the first decision of an action that is judged act by act looks for: whether it was taken at all."""
    (row,) = rows_in(line.asked.decisions[0].when)
    found = content(each, row)
    assert found
    return found


def _judged(sheet: Sheet, each: Layout, number: int, line: Line) -> dict[str, Any]:
    """The practice of an action that is judged act by act, and the row that is missing."""
    (row,) = rows_in(line.asked.decisions[0].when)
    absence = int(each.plan.rows[row].absence)
    none = f"CASE n{number}.denies WHEN 2 THEN 0 WHEN 1 THEN {min(absence, 1)} ELSE {absence} END"
    practice = (
        f"CASE w{number}.worst WHEN 0 THEN 'departed' WHEN 1 THEN 'unknown' WHEN 2 THEN 'justified' "
        f"ELSE CASE WHEN {none} = 0 THEN 'followed' ELSE 'unknown' END END"
    )
    unknown = f"CASE WHEN w{number}.worst = 1 AND w{number}.taken = 2 THEN {tables.REASON_ROW} ELSE {row} END"
    action = list(sheet.found).index(_recorded(each, line))
    return {"practice": practice, "unknown": unknown, "action": action}


def _alternative(each: Layout, number: int, line: Line) -> str:
    """Whether another action that the guideline counts as equal is in place."""
    if line.asked.declined is None or line.asked.arms:
        return "FALSE"
    action = line.asked.actions[0]
    arms = [f"f.practice_{other} = 'followed'" for other, one in enumerate(each.plan.lines) if action in one.asked.arms]
    return f"(f.practice_{number} = 'open' AND ({' OR '.join(arms)})) IS TRUE" if arms else "FALSE"
