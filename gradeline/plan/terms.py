"""Which terms a coding speaks for, and how surely: resolved once for each distinct coding of a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from gradeline.codes import OWN, SHORT, Coding, Pattern, normal, parts
from gradeline.model.guideline import Term

MOST_CODINGS = 200_000
"""How many distinct codings are remembered."""


class Spoken(NamedTuple):
    """A term that a coding speaks for: how surely, and whether only because a more special one does.

    A negative does not speak for the more general term: no directional exercise is not no exercise.
    """

    term: str
    sure: bool
    general: bool
    below: str = ""
    """Of a term that is only possible because its kind was not coded: the general term that was."""


class Terms:
    """The table from (system, code) to terms, made as codings are met.

    `local` are codes of a source's own and the terms that they mean.
    """

    def __init__(self, terms: Mapping[str, Term], local: Mapping[Coding, str] | None = None) -> None:
        self.terms = terms
        self.local = dict(local or {})
        self.special = {id: _below(id, terms) for id in terms}
        self.general = {id: tuple(other for other in terms if id in self.special[other]) for id in terms}
        self.of = lru_cache(MOST_CODINGS)(self._resolve)
        """The terms of a coding, each with whether it is sure and whether it is merely the more general one."""
        self.spoken: dict[tuple[Coding, ...], tuple[dict[str, bool], dict[str, bool]]] = {}
        """The terms of a fact by all its codings, as one that states them and as one that denies them."""

    def of_all(self, codings: tuple[Coding, ...]) -> tuple[dict[str, bool], dict[str, bool]]:
        """What is coded beside a kind left open tells the kind; a denial does not speak for the more general terms."""
        if len(self.spoken) >= MOST_CODINGS:
            self.spoken.clear()
        stated: dict[str, bool] = {}
        denied: dict[str, bool] = {}
        spoken = [(coding, each) for coding in codings for each in self.of(coding)]
        direct = {each.term for _, each in spoken if not each.general and not each.below}
        for coding, each in spoken:
            if each.below and self.tells_kind(each.below, direct):
                continue
            _merge(stated, [(each.term, each.sure)])
            if not each.general:
                _merge(denied, [(each.term, self.sure(coding, each.below) if each.below else each.sure)])
        return self.spoken.setdefault(codings, (stated, denied))

    def sure(self, coding: Coding, term: str) -> bool:
        """Whether a coding surely speaks for a term."""
        return any(each.term == term and each.sure for each in self.of(coding))

    def _resolve(self, coding: Coding) -> tuple[Spoken, ...]:
        """What is coded so, what is more special and so possible, and everything more general."""
        direct = self._direct(coding)
        found, below = dict(direct), self._kinds_left_open(direct)
        _merge(found, ((id, False) for id in below))
        for id, sure in list(found.items()):
            _merge(found, ((above, sure) for above in self.general[id]))
        return tuple(
            Spoken(id, sure, id not in direct and id not in below, below.get(id, "")) for id, sure in found.items()
        )

    def _kinds_left_open(self, direct: Iterable[str]) -> dict[str, str]:
        """The more special terms of each action that is coded without its kind, with that action."""
        return {
            special: id
            for id in direct
            if self.terms[id].subject == "action" and not self.tells_kind(id, direct)
            for special in self.special[id]
        }

    def tells_kind(self, general: str, direct: Iterable[str]) -> bool:
        """Whether a more special term than the general one is coded beside it."""
        return any(special in direct for special in self.special[general])

    def _direct(self, coding: Coding) -> dict[str, bool]:
        """The terms that list the code itself, of the whole or of a supplementary part."""
        found: dict[str, bool] = {}
        for part in parts(coding):
            if part.system == OWN and part.code in self.terms:
                found[part.code] = True
            if part in self.local:
                found[self.local[part]] = True
            system = SHORT.get(part.system)
            if system:
                code = normal(system, part.code)
                _merge(found, ((id, sure) for id, term in self.terms.items() for sure in _says(term, system, code)))
        return found


def _says(term: Term, system: str, code: str) -> list[bool]:
    """Whether the term lists the code: [sure], or [] where it does not."""

    def any_of(patterns: tuple[Pattern, ...]) -> bool:
        return any(each.holds(system, code) for each in patterns)

    if any_of(term.without):
        return []
    return [True] if any_of(term.codes) else [False] if any_of(term.wider + term.nearest) else []


def _below(id: str, terms: Mapping[str, Term]) -> tuple[str, ...]:
    """All more special terms of a term; the reader has made sure that there is no circle."""
    found: dict[str, None] = {}
    for each in terms[id].includes:
        found.update(dict.fromkeys((each, *_below(each, terms))))
    return tuple(found)


def _merge(found: dict[str, bool], more: Iterable[tuple[str, bool]]) -> None:
    """Take in what is new, and what is surer than before."""
    for id, sure in more:
        found[id] = found.get(id, False) or sure
