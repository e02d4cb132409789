"""The phrases of SQL that read a value: a number and its unit, codes, yes or no; and whether SQL can read it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from gradeline.records.bulk.sql.phrases import answer
from gradeline.records.bulk.sql.shape import Shape
from gradeline.records.meanings import UCUM
from gradeline.records.store.engine import text

READ = ("Quantity", "CodeableConcept", "Boolean", "Integer")
"""The kinds of values that SQL reads, in the order in which the first that is there holds."""


class Value:
    """The value of a line or of a part, which is named by `of`."""

    def __init__(self, of: str) -> None:
        self.q, self.c, self.b, self.i = (f"{of}.value{kind}" for kind in READ)
        self.judged = f"{of}.interpretation"

    def number(self) -> str:
        """The number as it is written."""
        digits = f"CASE WHEN {self.q} IS NOT NULL THEN {self.q}.value WHEN {self.no_words()} THEN {self.i} END"
        return f"try_cast(({digits})::VARCHAR AS DOUBLE)"

    def no_words(self) -> str:
        """That the value is no code and no claim."""
        return f"{self.c} IS NULL AND {self.b} IS NULL"

    def unit(self) -> str:
        """The unit as it is written: the code of UCUM, else the unit in words."""
        own = f"coalesce({self.q}.system, {QUOTED}) = {QUOTED} AND {self.q}.code <> '\"\"'"
        words = f"coalesce(plain({self.q}.unit), '')"
        given = f"CASE WHEN {own} THEN plain({self.q}.code) ELSE {words} END"
        return (
            f"CASE WHEN {self.q} IS NOT NULL THEN {given} WHEN {self.no_words()} AND {self.i} IS NOT NULL THEN '' END"
        )

    def codes(self) -> str:
        """Its codes."""
        listed = f"list_transform({self.c}.coding, lambda v: token(v))"
        return f"CASE WHEN {self.q} IS NULL AND {self.c} IS NOT NULL THEN {listed} END"

    def says(self, codes: str) -> str:
        """What it answers; NULL for yes."""
        return (
            f"CASE WHEN {self.q} IS NOT NULL THEN NULL WHEN {self.c} IS NOT NULL THEN {answer(codes)} "
            f"WHEN {self.b}::VARCHAR = 'false' THEN 'no' END"
        )

    def sound(self, number: str) -> str:
        """Whether all that is read of it can be read, given its number."""
        texts = f"coalesce(is_text({self.q}.code), true) AND coalesce(is_text({self.q}.unit), true)"
        return (
            f"CASE WHEN {self.q} IS NOT NULL THEN abs({number}) < 1e18 AND {self.q}.comparator IS NULL AND {texts} "
            f"WHEN {self.c} IS NOT NULL THEN coded({self.c}.coding) "
            f"WHEN {self.b} IS NOT NULL THEN {self.b}::VARCHAR IN ('true', 'false') "
            f"WHEN {self.i} IS NOT NULL THEN abs({number}) < 1e18 ELSE {self.judged} IS NULL END"
        )


QUOTED = text(f'"{UCUM}"')


def of_line(shape: Shape) -> Iterator[str]:
    """The columns of the value of a line."""
    value = Value("r")
    given = (value.number(), value.unit(), value.codes()) if shape.values else ("NULL::DOUBLE", "NULL", "NULL")
    for each, name in zip(given, ("value", "written", "value_codes"), strict=True):
        yield f"{each} AS {name}"


def of_parts(shape: Shape) -> str:
    """The parts of a line as a list of statements, each with whether SQL can read it."""
    if not shape.components:
        return "NULL"
    value = Value("p")
    absent = " AND ".join(f"p.{name} IS NULL" for name in shape.part_others)
    said = (
        f"struct_pack(number := {value.number()}, written := {value.unit()}, codes := {value.codes()}, "
        f"answer := {value.says(value.codes())}, "
        f"sound := coalesce(coded(p.code.coding) AND {absent} AND ({value.sound(value.number())}), false))"
    )
    listed = f"json_transform(r.component, {text(json.dumps([shape.part()]))})"
    codings = "list_transform(p.code.coding, lambda c: clean(c))"
    return f"list_transform({listed}, lambda p, n: struct_pack(n := n, codings := {codings}, said := {said}))"
