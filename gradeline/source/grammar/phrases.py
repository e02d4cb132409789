"""The phrases of the file: words on one line, each read in one way, each with an example."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from gradeline import codes, dates
from gradeline.dates import Duration
from gradeline.logic import Truth
from gradeline.model import grade as grades
from gradeline.model.criteria import Amount, Comparison, Parameter, Span, Window
from gradeline.model.guideline import Scale
from gradeline.quantity import Quantity, parse
from gradeline.source.grammar.kinds import Amiss, Names, Phrase, nearest

_ID = r"[a-z][a-z0-9-]*"
_LENGTH = r"[0-9]{1,5} (day|week|month|year)s?"
_SPAN = rf"({_LENGTH}|\${_ID})"
_COMPARE = r"(at least|over|at most|under)"
_NUMBER = r"-?[0-9]+(\.[0-9]+)?"
_CODE = r"[^\s*]+\*?"
HIERARCHIES = ("sks", "icd10", "icpc2", "atc")
"""Systems whose codes begin with the code of what they belong to."""


def _plain(text: str, names: Names) -> str:
    return text


def identifier(text: str, names: Names) -> str:
    """A name of the author's own."""
    if re.fullmatch(_ID, text):
        return text
    raise Amiss(f"`{text}` is no id", "write small letters, digits and hyphens, beginning with a letter: `leg-pain`")


def day(text: str, names: Names) -> date:
    """A whole day."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text)
    except ValueError:
        raise Amiss(f"there is no day {text}", "look at the month and the day") from None
    raise Amiss(f"`{text}` is no day", "write the year, the month and the day: 2026-11-23")


def reading(read: Callable[[str], Any]) -> Callable[[str, Names], Any]:
    """A reader of the base modules, its ValueError as what is amiss and its cure."""

    def phrase(text: str, names: Names) -> Any:
        try:
            return read(text)
        except ValueError as error:
            what, _, cure = str(error).partition(": ")
            raise Amiss(what, cure) from None

    return phrase


length = reading(dates.duration)
quantity = reading(parse)
graded = reading(grades.grade)


def span(text: str, names: Names) -> Span:
    """A length of time, or a parameter that holds one."""
    return parameter(text, names, Duration) if text.startswith("$") else length(text, names)


def amount(text: str, names: Names) -> Amount:
    """A number with its unit, or a parameter that holds one."""
    return parameter(text, names, Quantity) if text.startswith("$") else quantity(text, names)


def parameter(text: str, names: Names, kind: type) -> Parameter:
    """A parameter of the right kind, by its name after a dollar sign."""
    name = text[1:]
    names.kind_of(name, "parameter")
    known = names.parameters.get(name)
    if known is not None and not isinstance(known, kind):
        here, there = ("a length of time", "a quantity")[:: 1 if kind is Duration else -1]
        raise Amiss(f"{text} is {there}, and here stands {here}", f"use a parameter that is {here}")
    return Parameter(name)


def number(text: str, names: Names) -> Duration | Quantity:
    """What a parameter holds: a length of time or a quantity."""
    read: Duration | Quantity = length(text, names) if re.fullmatch(_LENGTH, text) else quantity(text, names)
    return read


def comparison(text: str, example: str) -> tuple[Comparison, str]:
    """How it compares, and with what."""
    found = re.fullmatch(rf"{_COMPARE} (.+)", text)
    if not found:
        raise Amiss(f"`{text}` compares nothing", f"begin with at least, over, at most or under: `{example}`")
    return Comparison(found[1]), found[2]


def age(text: str, names: Names) -> tuple[Comparison, Span]:
    """A comparison with an age in whole years."""
    compare, limit = comparison(text, AGE.example)
    years = span(limit, names)
    known = names.parameters.get(years.name) if isinstance(years, Parameter) else years
    if isinstance(known, Duration) and (known.days or known.months % 12):
        raise Amiss(f"`{limit}` is no age in whole years", "write `at least 18 years`")
    return compare, years


def ago(text: str, names: Names) -> tuple[Comparison, Span]:
    """A comparison of how long ago it was."""
    compare, limit = comparison(text, AGO.example)
    if not limit.endswith(" ago"):
        raise Amiss(f"`{text}` does not say from when", f"end with ago: `{AGO.example}`")
    return compare, span(limit.removesuffix(" ago"), names)


def limit(text: str, names: Names) -> tuple[Comparison, Amount]:
    """A comparison with a value."""
    compare, value = comparison(text, LIMIT.example)
    return compare, amount(value, names)


def within(text: str, names: Names) -> Window:
    """So long back from the day, or so long after the onset."""
    if text.endswith(" of onset"):
        return Window(start=Duration(), stop=span(text.removesuffix(" of onset"), names))
    return Window(back=span(text, names))


def of_onset(text: str, names: Names) -> Span:
    """So long after the onset."""
    if not text.endswith(" of onset"):
        raise Amiss(f"`{text}` does not say from when", f"end with of onset: `{OF_ONSET.example}`")
    return span(text.removesuffix(" of onset"), names)


def since(text: str, names: Names) -> Window:
    """From the onset, or from so long before it."""
    if text == "onset":
        return Window(start=Duration())
    if not text.endswith(" before onset"):
        raise Amiss(f"`{text}` is no beginning", f"write `onset`, or end with before onset: `{FROM.example}`")
    back = text.removesuffix(" before onset")
    if back.startswith("$"):
        raise Amiss("a parameter cannot be counted back from the onset", f"write the length itself: `{FROM.example}`")
    return Window(start=-length(back, names))


def count(text: str, names: Names) -> int:
    """A whole number of at least one."""
    if not re.fullmatch("[1-9][0-9]{0,3}", text):
        raise Amiss(f"`{text}` is no count", "write a whole number, 1 or more")
    return int(text)


def scale(text: str, names: Names) -> Scale:
    """The ends of a scale, the lower first."""
    found = re.fullmatch(rf"({_NUMBER}) to ({_NUMBER})", text)
    if not found or float(found[1]) >= float(found[3]):
        raise Amiss(f"`{text}` is no scale", "write its lowest and its highest value: `0 to 10`")
    return Scale(float(found[1]), float(found[3]))


def unit(text: str, names: Names) -> str:
    """A unit of UCUM, as written."""
    quantity(f"1 {text}", names)
    return text


def code(text: str, names: Names) -> str:
    """One code, or the beginning of several."""
    if re.fullmatch(_CODE, text):
        return text
    raise Amiss(f"`{text}` is no code", "write one code without spaces; a `*` may only end it")


def coded(text: str, names: Names) -> str:
    """A code with its system before it; without one it is a code of our own."""
    system, _, value = text.rpartition(":")
    system = system or "own"
    if system not in codes.SYSTEMS:
        cure = nearest(system, list(codes.SYSTEMS)) or f"the systems are {', '.join(codes.SYSTEMS)}"
        raise Amiss(f"there is no code system `{system}`", cure)
    return f"{system}:{codes.normal(system, code(value, names))}"


def one_of(called: str, choices: Mapping[str, object]) -> Phrase:
    """One of a few phrases, each with what it means."""

    def read(text: str, names: Names) -> object:
        if text in choices:
            return choices[text]
        cure = nearest(text, list(choices)) or f"write {' or '.join(f'`{each}`' for each in choices)}"
        raise Amiss(f"`{text}` is not {called}", cure)

    pattern = "|".join(map(re.escape, choices))
    return Phrase(called, next(iter(choices)), f"({pattern})", read, tuple(choices))


def words(called: str, *choices: str) -> Phrase:
    """One of a few phrases that mean themselves."""
    return one_of(called, {each: each for each in choices})


def name_of(*kinds: str, example: str, subject: str = "") -> Phrase:
    """The name of something that the file defines; of a term of one kind where `subject` says so."""

    def read(text: str, names: Names) -> str:
        names.kind_of(identifier(text, names), *kinds)
        known = names.terms.get(text) if subject else None
        if known and known.subject != subject:
            raise Amiss(f"`{text}` is a term of the kind {known.subject}", f"name a term of the kind {subject}")
        return text

    return Phrase(f"the name of a {' or a '.join(kinds)}", example, _ID, read)


LINE = Phrase("a line of text", "any words", r"[\s\S]*\S[\s\S]*", _plain)
ID = Phrase("an id", "leg-pain", _ID, identifier)
DAY = Phrase("a day", "2026-11-23", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day)
YES = one_of("`yes`", {"yes": True})
TRUTH = one_of("yes, no or unknown", {"unknown": Truth.UNKNOWN, "no": Truth.NO, "yes": Truth.YES})
SPAN = Phrase("a length of time", "12 weeks", _SPAN, span)
LENGTH = Phrase("a length of time, written out", "3 months", _LENGTH, length)
NUMBER = Phrase("a length of time or a quantity", "12 weeks", rf"({_LENGTH}|{_NUMBER}.*)", number)
AGE = Phrase("a comparison with an age", "at least 18 years", rf"{_COMPARE} {_SPAN}", age)
AGO = Phrase("a comparison with the time that has passed", "at most 12 weeks ago", rf"{_COMPARE} {_SPAN} ago", ago)
LIMIT = Phrase("a comparison with a value", "at least 7 {score}", rf"{_COMPARE} ({_NUMBER}.*|\${_ID})", limit)
WITHIN = Phrase(
    "a length of time back from the day, or after the onset", "12 weeks of onset", rf"{_SPAN}( of onset)?", within
)
OF_ONSET = Phrase("a length of time after the onset", "12 weeks of onset", rf"{_SPAN} of onset", of_onset)
FROM = Phrase("when a window begins", "28 days before onset", rf"(onset|{_LENGTH} before onset)", since)
COUNT = Phrase("a count", "2", "[1-9][0-9]{0,3}", count)
SCALE = Phrase("the ends of a scale", "0 to 10", rf"{_NUMBER} to {_NUMBER}", scale)
UNIT = Phrase("a unit of UCUM", '"{score}"', r"\S+", unit)
CODE = Phrase("a code", "M54.1", _CODE, code)
CODED = Phrase("a code, its system before it", "own:severe", rf"([a-z0-9]+:)?{_CODE}", coded)
SYSTEM = words("a code system", *codes.SYSTEMS)
GRADE = Phrase(
    "a grade",
    "weak against, very low",
    "((strong|weak) (for|against), (high|moderate|low|very low)|good practice (for|against))",
    graded,
)
SCHEME = one_of("a rating scheme", grades.SCHEMES)
STATUS = words("a status", "in force", "not in force", "under review", "draft")
SUBJECT = words("a kind of term", "finding", "measurement", "action")
SEX = words("a sex", "female", "male")
DOING = words("a way of doing", "planned or done", "planned", "done")

TERM = name_of("term", example="leg-pain")
FINDING = name_of("term", example="lumbar-nerve-root-compression", subject="finding")
ACTION = name_of("term", example="lumbar-mri", subject="action")
CRITERION = name_of("criterion", example="adult")
CLAIM = name_of("criterion", "term", example="root-sign")
PARAMETER = name_of("parameter", example="oldest-onset")
SECTION = name_of("section", example="imaging")
SOURCE = name_of("source", example="quick-guide")
RECOMMENDATION = name_of("recommendation", example="mri")
