"""The small tables that go with the SQL: codes and their terms, leaves and where they stand, windows, guidelines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from gradeline.codes import Coding
from gradeline.dates import Duration
from gradeline.evaluate.audit.rows import REASON, called
from gradeline.evaluate.sql.plan_tables.contents import APPLIES, Content, Layout, act_of, content
from gradeline.plan.leaves import Bounds, rows_in
from gradeline.quantity import Quantity

Row = dict[str, Any]
REASON_ROW, ONSET_ROW = -1, -2
"""What is missing where no leaf of that name is."""


def families(layouts: Sequence[Layout]) -> list[Layout]:
    """The first leg of each guideline, or of those that share a number."""
    return list({each.guideline: each for each in reversed(layouts)}.values())[::-1]


def guidelines(layouts: Sequence[Layout]) -> list[Row]:
    """What the episodes of each number are of."""
    return [{"g": each.guideline, "index_term": each.plan.guideline.index.term} for each in families(layouts)]


def legs(layouts: Sequence[Layout]) -> list[Row]:
    """Each leg: which episodes it takes."""
    return [
        {
            "leg": each.number, "id": each.plan.guideline.id, "g": each.guideline,
            "period_first": each.scope.period.first, "period_last": each.scope.period.last,
            "data_end": each.scope.data_end,
        }
        for each in layouts
    ]  # fmt: skip


def ended_by(layouts: Sequence[Layout]) -> list[Row]:
    """What ends an episode."""
    return [
        {"g": each.guideline, "term": term} for each in families(layouts) for term in each.plan.guideline.index.ended_by
    ]


def codes(layouts: Sequence[Layout], codings: Iterable[Coding]) -> list[Row]:
    """Each distinct coding of the source with the terms that it speaks for."""
    codings = list(codings)
    return [row for each in families(layouts) for coding in codings for row in _spoken(each, coding)]


def _spoken(each: Layout, coding: Coding) -> Iterator[Row]:
    terms = each.plan.terms
    for term, sure, general, below in terms.of(coding):
        yield {
            "g": each.guideline, "system": coding.system, "code": coding.code, "term": term, "sure": sure,
            "general": general, "below": below, "below_sure": bool(below) and terms.sure(coding, below),
            "opens": term == each.plan.guideline.index.term, "looked": False,
        }  # fmt: skip


def looked(layouts: Sequence[Layout], found: Mapping[Content, int], codes: list[Row]) -> list[Row]:
    """The same, marked where a fact so coded has to be looked at: for its own term, or as the kind of a general one."""
    wanted = {(each.guideline, each.term) for each in found}
    wanted |= {(row["g"], row[name]) for row, name in _of_episodes(layouts)}
    below = {(row["g"], row["below"]) for row in codes if (row["g"], row["term"]) in wanted}
    wanted |= {(row["g"], row["special"]) for row in kinds(layouts) if (row["g"], row["general"]) in below}
    return [{**row, "looked": (row["g"], row["term"]) in wanted} for row in codes]


def _of_episodes(layouts: Sequence[Layout]) -> list[tuple[Row, str]]:
    """What begins and ends episodes."""
    return [*((row, "index_term") for row in guidelines(layouts)), *((row, "term") for row in ended_by(layouts))]


def kinds(layouts: Sequence[Layout]) -> list[Row]:
    """The more special terms of each term."""
    return [
        {"g": each.guideline, "general": general, "special": special}
        for each in families(layouts)
        for general, specials in each.plan.terms.special.items()
        for special in specials
    ]


def windows(found: Mapping[Content, int]) -> dict[Bounds, int]:
    """Each distinct window by its number."""
    return {bounds: number for number, bounds in enumerate(dict.fromkeys(each.bounds for each in found))}


def contents(layouts: Sequence[Layout], found: Mapping[Content, int]) -> list[Row]:
    """What is looked for among the facts."""
    numbers, terms = windows(found), {each.guideline: each for each in layouts}
    warns = {content(each, row) for each in layouts for group in each.plan.groups for row in rows_in(group.signs)}
    return [
        {
            "content": number, "g": each.guideline, "look": each.look, "term": each.term,
            "bounds": numbers[each.bounds], "doing": each.doing, "by_whom": each.by, "roles": role,
            "grp": each.group, "warns": each in warns, **_limit(terms[each.guideline], each),
        }
        for number, (each, role) in enumerate(found.items())
    ]  # fmt: skip


def _limit(layout: Layout, each: Content) -> Row:
    """What a value is held against."""
    row = each.value
    limit = row.limit if row and isinstance(row.limit, Quantity) else None
    scale = row.scale if row else None
    return {
        "measured": bool(row) and layout.plan.guideline.terms[each.term].subject == "measurement",
        "compare": row.compare.value if row and row.compare else None,
        "amount": limit.value if limit else None,
        "unit": limit.unit if limit else None,
        "lowest": float(scale.lowest) if scale else None,
        "highest": float(scale.highest) if scale else None,
        "percent": bool(scale) and (scale.lowest, scale.highest) == (0, 100),  # type: ignore[union-attr]
    }


def leaves(layouts: Sequence[Layout], found: Mapping[Content, int]) -> list[Row]:
    """Each leaf that looks among facts: what it looks for, its place in the masks, what its absence means."""
    numbers = {each: number for number, each in enumerate(found)}
    return [
        {
            "leg": each.number, "leaf": place.row, "word": place.word, "bit": place.bit, "shape": row.shape,
            "content": numbers[wanted], "times": row.times, "absence": int(row.absence),
        }
        for each in layouts
        for place in each.places.values()
        for row in [each.plan.rows[place.row]]
        if (wanted := content(each, place.row))
    ]  # fmt: skip


def leaf_bits(layouts: Sequence[Layout], found: Mapping[Content, int], words: int) -> list[Row]:
    """The bits of the leaves of what has to be recorded once."""
    rows: dict[tuple[int, int], Row] = {}
    for row in leaves(layouts, found):
        if row["shape"] in ("recorded", "declined") and row["times"] == 1:
            none = {"leg": row["leg"], "content": row["content"], **{f"bits{word}": 0 for word in range(words)}}
            rows.setdefault((row["leg"], row["content"]), none)[f"bits{row['word']}"] |= row["bit"]
    return list(rows.values())


def lasting(layouts: Sequence[Layout], found: Mapping[Content, int]) -> list[Row]:
    """Each `persisting`: the values that it reads, and the treatment that must have begun."""
    numbers = {each: number for number, each in enumerate(found)}
    return [
        {
            "leg": each.number, "leaf": place.row, "word": place.word, "bit": place.bit,
            "content": numbers[wanted], "treatment": treatments.get(row.other), "p": f"{each.number}.{place.row}",
        }
        for each in layouts
        for treatments in [_of_look(each.guideline, "treated", numbers)]
        for place in each.places.values()
        for row in [each.plan.rows[place.row]]
        if row.shape == "persisting" and (wanted := content(each, place.row))
    ]  # fmt: skip


def laters(layouts: Sequence[Layout], found: Mapping[Content, int]) -> list[Row]:
    """Each `later`: its action and the other one."""
    numbers = {each: number for number, each in enumerate(found)}
    return [
        {
            "leg": each.number, "leaf": place.row, "word": place.word, "bit": place.bit, "content": mine[row.term],
            "other": mine[row.other], "absence": int(row.absence),
        }
        for each in layouts
        for mine in [_of_look(each.guideline, "mine", numbers)]
        for place in each.places.values()
        for row in [each.plan.rows[place.row]]
        if row.shape == "later"
    ]  # fmt: skip


def _of_look(guideline: int, look: str, numbers: Mapping[Content, int]) -> dict[str, int]:
    return {each.term: number for each, number in numbers.items() if (each.guideline, each.look) == (guideline, look)}


def absent(layouts: Sequence[Layout], words: int) -> list[Row]:
    """The masks of an ask of which no fact speaks, and of the actions that are judged act by act.

    That an episode is open is always so.
    """
    rows = []
    for each in layouts:
        masks = dict.fromkeys([f"{mask}{word}" for word in range(words) for mask in "yuj"], 0)
        for place in each.places.values():
            row = each.plan.rows[place.row]
            state = {"episode": 2, "sure": int(row.absence)}.get(row.shape, 0)
            if content(each, place.row):
                state = int(row.absence)
            if state:
                masks[f"{'_uy'[state]}{place.word}"] |= place.bit
        for line in each.plan.lines:
            for number in rows_in(line.asked.decisions[0].when) if line.asked.acts else ():
                masks[f"j{each.places[number].word}"] |= each.places[number].bit
        rows.append({"leg": each.number, **masks})
    return rows


def values_of_signs(layouts: Sequence[Layout], found: Mapping[Content, int]) -> list[Row]:
    """The values that are warning signs: one that says otherwise settles its group."""
    numbers = {each: number for number, each in enumerate(found)}
    return [
        {"leg": each.number, "grp": place, "content": numbers[wanted]}
        for each in layouts
        for place, group in enumerate(each.plan.groups)
        for row in rows_in(group.signs)
        if each.plan.rows[row].shape in ("latest", "persisting") and (wanted := content(each, row))
    ]


def judging(layouts: Sequence[Layout], found: Mapping[Content, int]) -> list[Row]:
    """Each recommendation whose action is judged act by act."""
    numbers = {each: number for number, each in enumerate(found)}
    return [
        {
            "leg": each.number, "line": number, "content": numbers[act_of(each.guideline, acts.term)],
            "reasoned": acts.reason is not None,
        }
        for each in layouts
        for number, line in enumerate(each.plan.lines)
        if (acts := line.asked.acts)
    ]  # fmt: skip


def named(layouts: Sequence[Layout]) -> list[Row]:
    """The terms that an order may name as its reason."""
    return [
        {"leg": each.number, "line": number, "term": term}
        for each in layouts
        for number, line in enumerate(each.plan.lines)
        if line.asked.acts
        for term in sorted(line.asked.acts.named)
    ]


def action_row(line: int) -> int:
    """What is missing where nothing but a recommendation's own action is."""
    return -10 - line


def names(layouts: Sequence[Layout]) -> list[Row]:
    """What each leaf is called where it is missing."""
    return [
        {"leg": each.number, "leaf": row, "name": name}
        for each in layouts
        for row, name in [
            *((row, called(each.plan.rows[row])) for row in each.roles),
            (REASON_ROW, REASON),
            (ONSET_ROW, "onset"),
            *((action_row(number), line.asked.actions[0]) for number, line in enumerate(each.plan.lines)),
        ]
    ]


def limits(each: Layout) -> dict[Duration, None]:
    """How long after the onset something begins or ends that applicability hangs on."""
    found: dict[Duration, None] = {}
    for number, role in each.roles.items():
        row = each.plan.rows[number]
        spans = [row.bounds.start, row.bounds.stop, row.span if row.shape in ("onset", "passed") else None]
        found.update(dict.fromkeys(span for span in spans if span and role & APPLIES))
    found.update({line.asked.deadline.within: None for line in each.plan.lines if line.asked.deadline})
    return found
