"""Terms as value sets, and as functions on codes where a term lists a whole branch of a classification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gradeline.codes import SYSTEMS, Pattern
from gradeline.model.guideline import Guideline, Term

PERHAPS, PLACES, WITHOUT = "perhaps", "places", "without"


@dataclass(frozen=True)
class ValueSet:
    """Listed codes, each with the first address of its system and as that system writes it; and whole branches."""

    id: str
    title: str
    codes: tuple[tuple[str, str], ...]
    branches: tuple[tuple[str, str], ...] = ()


def value_sets(guideline: Guideline) -> tuple[ValueSet, ...]:
    """For each term: the codes that surely say it, those that only may, its body sites, and what it leaves out."""
    return tuple(one for term in guideline.terms.values() for one in _of(guideline, term))


def _of(guideline: Guideline, term: Term) -> Iterator[ValueSet]:
    words, own = title(term), Pattern("own", term.id)
    yield _set(guideline, term, "", words, dict.fromkeys((own, *term.codes)))
    for part, patterns in ((PERHAPS, term.wider + term.nearest), (PLACES, term.sites), (WITHOUT, term.without)):
        if patterns:
            yield _set(guideline, term, part, f"{words}, {part}", patterns)


def _set(guideline: Guideline, term: Term, part: str, words: str, patterns: Iterable[Pattern]) -> ValueSet:
    whole = tuple(_coded(each) for each in patterns if not each.code.endswith("*"))
    branches = tuple(_coded(each) for each in patterns if each.code.endswith("*"))
    id = "-".join(filter(None, (guideline.id, term.id, part)))
    return ValueSet(id, words, whole, tuple((system, code.rstrip("*")) for system, code in branches))


def _coded(pattern: Pattern) -> tuple[str, str]:
    """A code as its system writes it: ICD-10 with its dot."""
    code = pattern.code
    if pattern.system == "icd10" and len(code.rstrip("*")) > 3:
        code = f"{code[:3]}.{code[3:]}"
    return SYSTEMS[pattern.system][0], code


def title(term: Term) -> str:
    """What a term is called in the library."""
    words = term.name.en
    return words[:1].upper() + words[1:]
