"""How the values of a part become a node of the model, where that is more than handing them over."""

from __future__ import annotations

from typing import Any

from gradeline import codes
from gradeline.codes import Pattern
from gradeline.logic import Truth
from gradeline.model import criteria, forms, guideline
from gradeline.model.criteria import Amount, Comparison, Criterion, Latest, Parameter, Recorded, Window
from gradeline.model.guideline import Alternative, Guideline, Index, Recommendation, Term
from gradeline.model.words import Text
from gradeline.quantity import Quantity
from gradeline.source.grammar import phrases
from gradeline.source.grammar.kinds import Amiss, Place


def window(place: Place, within: Window | None = None, from_: Window | None = None, ever: bool = False) -> Window:
    """Where in time a leaf looks; where nothing is written, as its place has it."""
    if ever and (within or from_):
        raise Amiss("`ever` and a window contradict each other", "leave one of them out")
    if not within and not from_:
        return criteria.EVER if ever else place.window
    back, stop = (within.back, within.stop) if within else (None, None)
    first = from_ or within
    return Window(back, first.start if first else None, stop)


def recorded(place: Place, term: str, absence: Truth | None = None, **fields: Any) -> Recorded:
    """A term recorded in its window."""
    own = {name: fields.pop(name) for name in ("doing", "times", "by") if name in fields}
    return Recorded(term, window(place, **fields), absence=absence, **own)


def latest(place: Place, term: str, absence: Truth | None = None, **fields: Any) -> Latest:
    """The newest value against a limit, or one of a list."""
    one_of: list[str] = fields.pop("is_one_of", [])
    limited: tuple[Comparison, Amount] | None = fields.pop("is", None)
    if (limited is None) == (not one_of):
        what = "two things of its value" if limited else "nothing of its value"
        raise Amiss(f"`latest` says {what}", "write either `is: at least 7 {score}` or `is one of:` and a list")
    compare, limit = limited or (None, None)
    if limit:
        fits(place, term, limit)
    return Latest(term, compare, limit, tuple(one_of), window(place, **fields), absence)


def fits(place: Place, name: str, limit: Amount) -> None:
    """Amiss where a limit and the term that it limits are not in units of one kind."""
    term = place.names.terms.get(name)
    value = place.names.parameters.get(limit.name) if isinstance(limit, Parameter) else limit
    if not term or not isinstance(value, Quantity):
        return
    if term.unit is None:
        raise Amiss(
            f"`{name}` has no unit to compare with", "give the term its `unit`, and its `scale` if it is a score"
        )
    if phrases.quantity(f"1 {term.unit}", place.names).unit != value.unit:
        raise Amiss(
            f"the limit is in `{value.unit}`, and `{name}` in `{term.unit}`", "write the limit in the term's unit"
        )


def at_least(n: int, of: tuple[Criterion, ...]) -> criteria.AtLeast:
    """So many of them."""
    if not 1 <= n <= len(of):
        raise Amiss(f"at least {n} of {len(of)} cannot be meant", f"write a number from 1 to {len(of)}")
    return criteria.AtLeast(n, of)


def patterns(systems: dict[str, tuple[str, ...]]) -> tuple[Pattern, ...]:
    """The codes of a term, each with its system, in the form in which codes are compared."""
    for system, listed in systems.items():
        begins = [code for code in listed if code.endswith("*")]
        if begins and system not in phrases.HIERARCHIES:
            raise Amiss(f"`{begins[0]}`: codes of {system} say nothing by how they begin", "list each code")
    return tuple(codes.pattern(system, code) for system, listed in systems.items() for code in listed)


def term(id: str, en: str, kind: guideline.Subject, da: str = "", **fields: Any) -> Term:
    """A term, its name in each language beside its codes."""
    return Term(id, Text(en, da), kind, **fields)


def alternative(place: Place, says: Text, parameters: dict[str, Any] | None = None, **fields: Any) -> Alternative:
    """Another reading; its parameters are of the kind that the guideline's are."""
    for name, value in (parameters or {}).items():
        known = place.names.parameters.get(name, value)
        if type(known) is not type(value) or getattr(known, "unit", "") != getattr(value, "unit", ""):
            raise Amiss(
                f"`{name}` is of another kind here than under `parameters`", "write it in the same kind of unit"
            )
    return Alternative(says, parameters or {}, **fields)


def recommendation(form: forms.Form, source: dict[str, str] | None = None, **fields: Any) -> Recommendation:
    """A recommendation and its publisher's numbering."""
    return Recommendation(form=form, aliases=source or {}, **fields)


def whole(index: str, episode: dict[str, Any] | None = None, **fields: Any) -> Guideline:
    """The guideline, its index condition put together with what is said of its episodes."""
    return Guideline(index=Index(index, **(episode or {})), **fields)
