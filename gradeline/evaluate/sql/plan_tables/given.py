"""The small tables that the SQL reads beside the facts, as columns with their types."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from gradeline.evaluate.sql.plan_tables import calendar, tables
from gradeline.evaluate.sql.text.sheet import Sheet
from gradeline.records.store.engine import installed

Columns = Mapping[str, Sequence[Any]]
SHAPES: dict[str, dict[str, str]] = {
    "guidelines": {"g": "int", "index_term": "term"},
    "legs": {"leg": "int", "id": "text", "g": "int", "period_first": "int", "period_last": "int", "data_end": "int"},
    "ended_by": {"g": "int", "term": "term"},
    "codes": {
        "g": "int", "system": "text", "code": "text", "term": "term", "sure": "bool", "general": "bool",
        "below": "term", "below_sure": "bool", "opens": "bool", "looked": "bool",
    },
    "kinds": {"g": "int", "general": "term", "special": "term"},
    "contents": {
        "content": "int", "g": "int", "look": "text", "term": "term", "bounds": "int", "doing": "text",
        "by_whom": "text", "roles": "int", "grp": "int", "warns": "bool", "measured": "bool", "compare": "text",
        "amount": "real", "unit": "text", "lowest": "real", "highest": "real", "percent": "bool",
    },
    "leaves": {
        "leg": "int", "leaf": "int", "word": "int", "bit": "long", "shape": "text", "content": "int", "times": "int",
        "absence": "int",
    },
    "lasting": {
        "leg": "int", "leaf": "int", "word": "int", "bit": "long", "content": "int", "treatment": "int", "p": "text",
    },
    "laters": {
        "leg": "int", "leaf": "int", "word": "int", "bit": "long", "content": "int", "other": "int", "absence": "int",
    },
    "values_of_signs": {"leg": "int", "grp": "int", "content": "int"},
    "judging": {"leg": "int", "line": "int", "content": "int", "reasoned": "bool"},
    "named": {"leg": "int", "line": "int", "term": "term"},
    "terms": {"term": "term", "name": "text"},
    "names": {"leg": "int", "leaf": "int", "name": "text"},
    "readings": {"reading": "int"},
    "more": {"more": "int"},
}  # fmt: skip
"""Each table with its columns and their kinds; a term is its number in `terms`, and none is 0."""


def tables_of(sheet: Sheet) -> dict[str, Columns]:
    """Every table; what has been rendered before tells what of the calendar is needed."""
    layouts, found = sheet.layouts, sheet.found
    words = max(each.words for each in layouts)
    rows = {
        "guidelines": tables.guidelines(layouts), "legs": tables.legs(layouts), "ended_by": tables.ended_by(layouts),
        "codes": sheet.codes, "kinds": tables.kinds(layouts), "contents": tables.contents(layouts, found),
        "leaves": tables.leaves(layouts, found), "lasting": tables.lasting(layouts, found),
        "laters": tables.laters(layouts, found), "values_of_signs": tables.values_of_signs(layouts, found),
        "judging": tables.judging(layouts, found), "named": tables.named(layouts), "names": tables.names(layouts),
        "terms": [{"term": name, "name": name} for name in sheet.terms],
        "readings": [{"reading": 0}, {"reading": 1}], "more": [{"more": 0}, {"more": 1}],
    }  # fmt: skip
    columns: dict[str, Columns] = {name: columned(rows[name], SHAPES[name], sheet.terms) for name in rows}
    columns["absent"] = columned(tables.absent(layouts, words), masks(words, "yuj"))
    columns["leaf_bits"] = columned(tables.leaf_bits(layouts, found, words), leaf_bits(words))
    columns["calendar"] = calendar.calendar(sheet.moves)
    return columns


def masks(words: int, names: str) -> dict[str, str]:
    """The columns of the masks of a leg."""
    return {"leg": "int", **{f"{mask}{word}": "long" for word in range(words) for mask in names}}


def leaf_bits(words: int) -> dict[str, str]:
    """The columns of the bits of what is looked for."""
    return {"leg": "int", "content": "int", **{f"bits{word}": "long" for word in range(words)}}


def shape(name: str, columns: Columns) -> dict[str, str]:
    """The kinds of the columns of a table."""
    if name in SHAPES:
        return SHAPES[name]
    if name in ("absent", "leaf_bits"):
        return {column: "int" if column in ("leg", "content") else "long" for column in columns}
    return {column: "text" if column == "month" else "int" for column in columns}


def columned(rows: Sequence[tables.Row], kinds: dict[str, str], terms: Mapping[str, int] | None = None) -> Columns:
    """Rows as columns, with terms as their numbers."""
    numbers = {"": 0, **(terms or {})}
    return {name: [numbers[row[name]] if kind == "term" else row[name] for row in rows] for name, kind in kinds.items()}


def arrow(name: str, columns: Columns) -> Any:
    """Columns as an Arrow table."""
    pa = installed("pyarrow")
    types = {
        "int": pa.int32(),
        "term": pa.int32(),
        "long": pa.int64(),
        "real": pa.float64(),
        "bool": pa.bool_(),
        "text": pa.string(),
    }
    kinds = shape(name, columns)
    return pa.table({column: _array(pa, values, types[kinds[column]]) for column, values in columns.items()})


def _array(pa: Any, values: Sequence[Any], kind: Any) -> Any:
    """One column; whole numbers in a row and whole texts as they lie, for a list would have pyarrow import pandas."""
    if isinstance(values, array):
        return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])
    if kind == pa.string() and None not in values:
        texts = [value.encode() for value in values]
        ends = array("i", accumulate(map(len, texts), initial=0))
        return pa.Array.from_buffers(kind, len(texts), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(texts))])
    return pa.array(values, kind)
