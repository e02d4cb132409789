"""The codes of a term, by how surely they say it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gradeline.codes import Pattern
from gradeline.model.guideline import Guideline, Term
from gradeline.model.words import Language
from gradeline.show.content.words import Words, words_in

SYSTEMS = {
    "sks": "SKS",
    "icpc2": "ICPC-2",
    "snomed": "SNOMED CT",
    "icd10": "ICD-10",
    "loinc": "LOINC",
    "cpt": "CPT",
    "atc": "ATC",
    "npu": "NPU",
    "own": "Gradeline",
}
CLASSES: dict[Language, dict[str, str]] = {
    "en": {
        "codes": "sure",
        "wider": "wider, only possible",
        "nearest": "nearest, only possible",
        "without": "excluded",
        "none": "no codes of its own",
        "includes": "also {names}",
        "scale": "scale {lowest:g} to {highest:g}",
    },
    "da": {
        "codes": "sikker",
        "wider": "bredere, kun mulig",
        "nearest": "nærmest, kun mulig",
        "without": "udelukket",
        "none": "ingen egne koder",
        "includes": "også {names}",
        "scale": "skala {lowest:g} til {highest:g}",
    },
}
"""How sure a code makes its term; the keys are the fields of a term."""


@dataclass(frozen=True)
class Codes:
    """The codes of one system that say a term equally surely; a `*` stands for all codes below."""

    sureness: str
    system: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class TermCodes:
    """A term with everything that says it, and what is remarked of it."""

    id: str
    name: Words
    codes: tuple[Codes, ...]
    also: str
    """The more special terms that each say this one too."""
    scale: str
    note: Words | None
    ask: Words | None


def term_codes(term: Term, guideline: Guideline, language: Language) -> TermCodes:
    """A term in the words of one language."""
    words = CLASSES[language]
    names = ", ".join(guideline.terms[each].name.in_(language) for each in term.includes if each in guideline.terms)
    scale = term.scale
    return TermCodes(
        id=term.id,
        name=words_in(term.name, language),
        codes=tuple(by_class(term, language)),
        also=words["includes"].format(names=names) if names else "",
        scale=words["scale"].format(lowest=scale.lowest, highest=scale.highest) if scale else "",
        note=words_in(term.note, language) if term.note else None,
        ask=words_in(term.ask, language) if term.ask else None,
    )


def by_class(term: Term, language: Language) -> Iterable[Codes]:
    """The codes of a term, the sure ones first, a row for each system."""
    classes = {"codes": term.codes, "wider": term.wider, "nearest": term.nearest, "without": term.without}
    for name, patterns in classes.items():
        for system, codes in by_system(patterns).items():
            yield Codes(CLASSES[language][name], SYSTEMS.get(system, system), tuple(codes))


def by_system(patterns: Iterable[Pattern]) -> dict[str, list[str]]:
    """Codes by their system, in the order in which the guideline gives them."""
    found: dict[str, list[str]] = {}
    for each in patterns:
        found.setdefault(each.system, []).append(written(each))
    return found


def written(pattern: Pattern) -> str:
    """A code as people write it: ICD-10 with its dot."""
    dotted = pattern.system == "icd10" and len(pattern.code) > 3
    return f"{pattern.code[:3]}.{pattern.code[3:]}" if dotted else pattern.code
