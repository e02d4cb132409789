"""Terms as value sets, and as functions on codes where a term lists a whole branch of a classification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

from gradeline.codes import SYSTEMS, Pattern
from gradeline.exchange.cql.text import comment, filled, listed, name, quoted
from gradeline.model.guideline import Guideline, Term
from gradeline.plan.terms import Terms

PERHAPS, PLACES, WITHOUT = "perhaps", "places", "without"
ALL = "All codes"
LONGEST = 64
WAITS = "// An engine that works out the parts of a list side by side is so made to read the record first, and once."


@dataclass(frozen=True)
class ValueSet:
    """Listed codes, each with the first address of its system and as that system writes it; and whole branches."""

    id: str
    title: str
    codes: tuple[tuple[str, str], ...]
    branches: tuple[tuple[str, str], ...] = ()


def value_sets(guideline: Guideline) -> tuple[ValueSet, ...]:
    """For each term: the codes that surely say it, those that only may, its body sites, and what it leaves out."""
    found = [one for term in guideline.terms.values() for one in _of(guideline, term)]
    every = dict.fromkeys(code for one in found for code in one.codes)
    return (*found, ValueSet(set_id(guideline, "all"), ALL, tuple(every)))


def _of(guideline: Guideline, term: Term) -> Iterator[ValueSet]:
    words, own = title(term), Pattern("own", term.id)
    yield _set(guideline, term, "", words, dict.fromkeys((own, *term.codes)))
    for part, patterns in ((PERHAPS, term.wider + term.nearest), (PLACES, term.sites), (WITHOUT, term.without)):
        if patterns:
            yield _set(guideline, term, part, f"{words}, {part}", patterns)


def _set(guideline: Guideline, term: Term, part: str, words: str, patterns: Iterable[Pattern]) -> ValueSet:
    whole = tuple(_coded(each) for each in patterns if not each.code.endswith("*"))
    branches = tuple(_coded(each) for each in patterns if each.code.endswith("*"))
    return ValueSet(
        set_id(guideline, term.id, part), words, whole, tuple((system, code.rstrip("*")) for system, code in branches)
    )


def set_id(guideline: Guideline, term: str, part: str = "") -> str:
    """The id of a value set: FHIR allows 64 characters, so a longer one ends in a number made of the whole."""
    whole = "-".join(filter(None, (guideline.id, term, part)))
    return whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 9]}-{crc32(whole.encode()):08x}"


def _coded(pattern: Pattern) -> tuple[str, str]:
    """A code as its system writes it: ICD-10 with its dot."""
    code = pattern.code
    if pattern.system == "icd10" and len(code.rstrip("*")) > 3:
        code = f"{code[:3]}.{code[3:]}"
    return SYSTEMS[pattern.system][0], code


def title(term: Term) -> str:
    """What a term's value set is called in the library."""
    return f"Codes of {term.id.replace('-', ' ')}"


def words(id: str) -> str:
    """An id as words.

    >>> words("severe-pain-persists")
    'Severe pain persists'
    """
    spaced = id.replace("-", " ")
    return spaced[:1].upper() + spaced[1:]


# ---- The functions of the library that look at codes


def functions(guideline: Guideline) -> Iterator[str]:
    """The facts of each term, and what codes say."""
    sets = value_sets(guideline)
    yield "\n\n".join(_facts_of(guideline, term) for term in guideline.terms.values())
    yield _recorded(guideline)
    yield _branches(sets)
    yield _say("Terms surely said", guideline, sets, ("",))
    yield _say("Terms perhaps said", guideline, sets, (PERHAPS,))
    yield _known(sets)
    yield _open(guideline)
    yield _places(guideline, sets)
    yield _index(guideline)


def kinds(guideline: Guideline) -> dict[str, tuple[str, ...]]:
    """Of each term all more special ones."""
    return dict(Terms(guideline.terms).special)


def spoken(guideline: Guideline, term: str) -> str:
    """A term with its kinds, and with the actions that, recorded without their kind, may be it."""
    special = kinds(guideline)
    mine = {term, *special[term]}
    broader = [id for id, below in special.items() if _action(guideline, id) and mine & set(below) and id not in mine]
    return f"{quoted(term)}, {listed(special[term])}, {listed(broader)}"


def _action(guideline: Guideline, term: str) -> bool:
    return guideline.terms[term].subject == "action"


def _facts_of(guideline: Guideline, term: Term) -> str:
    """The facts that speak for one term."""
    special = kinds(guideline)
    above = [id for id, below in special.items() if _action(guideline, id) and term.id in below]
    note = f"{term.name.en}: {term.subject}" + (f". {term.note.en}" if term.note else "")
    called = name(facts_of(term.id))
    return f'{comment(note)}\ndefine {called}:\n  "Speaking for"({spoken(guideline, term.id)}, {listed(above)})'


def facts_of(term: str) -> str:
    """What the facts of a term are called."""
    return f"Facts of {term.replace('-', ' ')}"


def _recorded(guideline: Guideline) -> str:
    names = ",\n    ".join(name(facts_of(id)) for id in guideline.terms)
    return f'{WAITS}\ndefine "Recorded facts":\n  if exists "Facts" then flatten {{\n    {names} }}\n  else null'


def _set_phrase(each: ValueSet) -> str:
    """Whether a code is in a value set, or in one of its branches."""
    return f"{name('In ' + each.title)}(Coded)" if each.branches else f"Coded in {name(each.title)}"


def _branches(sets: tuple[ValueSet, ...]) -> str:
    """For each set with whole branches, a function that knows them."""
    made = []
    for each in sets:
        if each.branches:
            begins = [f'"Begins"(Coded, {quoted(system)}, {quoted(code)})' for system, code in each.branches]
            listed_ = [f"Coded in {name(each.title)}"] if each.codes else []
            whole = "\n    or ".join(listed_ + begins)
            made.append(f"define function {name('In ' + each.title)}(Coded System.Code):\n  {whole}")
    return "\n\n".join(made)


def _say(called: str, guideline: Guideline, sets: tuple[ValueSet, ...], parts: tuple[str, ...]) -> str:
    """Which terms list a code in these of their sets, system by system."""
    by = {each.id: each for each in sets}
    lines = []
    for system in dict.fromkeys(uris[0] for uris in SYSTEMS.values()):
        terms = [line for term in guideline.terms.values() if (line := _said(guideline, term, by, parts, system))]
        if terms:
            listing = ",\n      ".join(terms)
            lines.append(f"    when Coded.system = {quoted(system)} then {{\n      {listing} }}")
    cases = "\n".join(lines)
    return (
        f"define function {name(called)}(Coded System.Code):\n  (case\n{cases}\n"
        "    else List<String>{ }\n  end) Term where Term is not null return all Term"
    )


def _said(guideline: Guideline, term: Term, by: dict[str, ValueSet], parts: tuple[str, ...], system: str) -> str:
    """A term where one of its sets has the code; empty where none has any code of the system."""
    found = [by.get(set_id(guideline, term.id, part)) for part in (*parts, WITHOUT)]
    *said, without = [each if each and _has(each, system) else None for each in found]
    phrase = " or ".join(_set_phrase(each) for each in said if each)
    if phrase and without:
        phrase = f"({phrase}) and not ({_set_phrase(without)})"
    return f"if {phrase} then {quoted(term.id)} else null" if phrase else ""


def _has(each: ValueSet, system: str) -> bool:
    return any(own == system for own, _ in each.codes + each.branches)


def _known(sets: tuple[ValueSet, ...]) -> str:
    """Whether a code may be of any interest: a quick look before all others."""
    whole = {code.upper() for each in sets for _, code in each.codes}
    whole |= {code.replace(".", "") for code in whole}
    begins = {code.upper()[:3] for each in sets for _, code in each.branches}
    return (
        f'define "Codes that matter":\n  {filled(sorted(whole))}\n\n'
        f'define "Beginnings that matter":\n  {filled(sorted(begins))}\n\n'
        'define function "May matter"(code String):\n'
        '  if Upper(code) in "Codes that matter" then true\n'
        '  else if Upper(Substring(code, 0, 3)) in "Beginnings that matter" then true\n'
        "  else PositionOf('+', code) >= 0"
    )


def _open(guideline: Guideline) -> str:
    """The actions that are recorded without any of their kinds."""
    special = kinds(guideline)
    lines = [
        f'if {quoted(id)} in listed and not "Some of"(listed, {listed(below)}) then {quoted(id)} else null'
        for id, below in special.items()
        if below and _action(guideline, id)
    ]
    called = 'define function "Kinds left open"(listed List<String>):\n  '
    listing = ",\n    ".join(lines)
    return called + (f"({{ {listing} }}) Term where Term is not null return all Term" if lines else "List<String>{ }")


def _places(guideline: Guideline, sets: tuple[ValueSet, ...]) -> str:
    """Whether a stated body site is one that the term lists; no statement is no objection."""
    lines = [
        f"    when term = {quoted(term.id)} then not exists sites "
        f"or exists (sites Coded where Coded in {name(title(term) + ', ' + PLACES)})"
        for term in guideline.terms.values()
        if term.sites
    ]
    body = "case\n" + "\n".join(lines) + "\n    else true\n  end" if lines else "true"
    return f'define function "In place"(term String, sites List<System.Code>):\n  {body}'


def _index(guideline: Guideline) -> str:
    """What a reason says of the index condition."""
    term = guideline.index.term
    below = listed((term, *kinds(guideline)[term]))
    return (
        f'define "Index term": {quoted(term)}\n\n'
        f'define function "Says index"(listed List<String>, open List<String>):\n  "Some of"(listed, {below})\n\n'
        f'define function "Surely index"(says List<String>):\n  "Some of"(says, {below})'
    )
