"""How a library reads FHIR: written from the tables of where each type keeps what a fact needs, and what codes mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files

from gradeline.codes import SIDES, SYSTEMS, Coding
from gradeline.exchange.cql.reading.elements import Element
from gradeline.exchange.cql.reading.statements import of_parts, statements
from gradeline.exchange.cql.text import filled, listed, quoted
from gradeline.records.mapping import TYPES
from gradeline.records.meanings import ANSWERS, LATERALITY, REFUSALS

UNREAD = ("CarePlan", "QuestionnaireResponse")
"""The types that a library does not read: they are named among its limits."""
READ = tuple(type for type in TYPES if type not in UNREAD)
TARGET = """\
    when StartsWith(key, '{type}/') then First([{type}] R where '{type}/' + R.id.value = key
      return all Tuple{{ codings: {codings},
        standing: Coalesce({standing}, 'none') }})"""


def part(name: str) -> str:
    """A part of the library that is the same for every guideline."""
    return files("gradeline.exchange.cql").joinpath("parts", f"{name}.cql").read_text("utf-8")


def reading() -> Iterator[str]:
    """Everything about records."""
    codes = {answer.upper(): [one for one, said in ANSWERS.items() if said == answer] for answer in ANSWERS.values()}
    filled_in = part("records").replace("@SIDES", _sides())
    for name, codings in (codes | {"REFUSALS": [*REFUSALS]}).items():
        filled_in = filled_in.replace(f"@{name}\n", f"{filled(_written(codings))}\n")
    yield from (filled_in, _systems(), _targets())
    for type in READ:
        where = TYPES[type]
        yield statements(type, where)
        if where.parts:
            yield of_parts(type, where, where.parts)
    yield _facts()


def _facts() -> str:
    """All statements together."""
    names = [f'"Statements of {type}"' for type in READ]
    names += [f'"Statements of {type} {TYPES[type].part}"' for type in READ if TYPES[type].parts]
    return 'define "Facts":\n  flatten {\n    ' + ",\n    ".join(names) + " }"


def _written(codings: Iterable[Coding]) -> list[str]:
    return sorted(f"{each.system}|{each.code}" for each in codings)


def _sides() -> str:
    """Which codes state a side."""
    by: dict[str, list[Coding]] = {"right": [], "left": [], "both": []}
    for coding, side in LATERALITY.items():
        by[side].append(coding)
    for code, stated in SIDES.items():
        by[stated].append(Coding(SYSTEMS["sks"][0], code))
    lines = [f"    when code in {listed(_written(each))} then {quoted(side)}" for side, each in by.items()]
    return "\n".join([*lines, "    else null"])


def _systems() -> str:
    """The first address of a system, for each other one that it is known by."""
    others = {other: first for first, *rest in SYSTEMS.values() for other in rest}
    lines = [f"    when address = {quoted(other)} then {quoted(first)}" for other, first in others.items()]
    return 'define function "System"(address String):\n  case\n' + "\n".join(lines) + "\n    else address\n  end"


def _targets() -> str:
    """What a reference to a reason may point to: its codings, and what it stands for."""
    lines = []
    for type in READ:
        element = Element(type, TYPES[type])
        codings = element.codings(element.where.codes)
        lines.append(TARGET.format(type=type, codings=codings, standing=element.standing()))
    return 'define function "Target"(key String):\n  case\n' + "\n".join(lines) + "\n    else null\n  end"
