"""The legend: what the document itself says that its signs mean, held against the standard scale."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from gradeline.model.grade import AGAINST, CIRCLES, DHA, FOR, GOOD, STRONG, WEAK, Certainty
from gradeline.source.published.found import Given, Legend, Signs
from gradeline.source.published.marks import symbols
from gradeline.source.published.marks.evidence import given, named
from gradeline.source.published.marks.wording import BARE, LABEL, LEVEL

STANDARD: dict[Signs, Given] = {
    ("up", "up"): (STRONG, FOR),
    ("down", "down"): (STRONG, AGAINST),
    ("up",): (WEAK, FOR),
    ("down",): (WEAK, AGAINST),
    ("tick",): (GOOD, None),
}
"""The standard scale of the Danish Health Authority; a test holds it against the scheme `dha`."""
FOUR = {symbols.signs(CIRCLES[level]): level for level in Certainty}
"""Filled circles out of four."""

SIGN = rf"(?P<sign>{symbols.ARROWS}|{symbols.RECOVERED})"
GROUP = rf"(?P<group>{symbols.CIRCLES}|{symbols.PLUSES})"
MEANS = r"\s*\)?[\"'”]?\s*(?:=|:|–|—|-|stands for|means|indicates?|betyder|står for|angiver)\s*"
EXPLAINED = re.compile(rf"[(\"'“]?\s*(?:{SIGN}|{GROUP}){MEANS}(?P<meaning>\S[^=⊕↑↓√]*)", re.IGNORECASE)
"""`↑ = a weak recommendation for`, `The symbol (√) stands for good practice`."""
BESIDE = re.compile(rf"\s*[(]?\s*(?:{SIGN}|{GROUP})\s*\)?\s*(?P<meaning>[^\W\d_].*)", re.DOTALL)
"""`↑ weak recommendation for`: a row of a legend only among other rows."""
KIND_WORDS = r"(?:strong|weak|conditional|good practice|stærk|svag|betinget|god praksis)[^=,;.:()⊕↑↓√]{0,40}"
LEVEL_WORDS = r"(?:very low|high|moderate|low|meget lav|høj|moderat|lav)(?!\w)"
PAIRED = re.compile(rf"(?:{SIGN}\s*(?P<meaning>{KIND_WORDS}))|\(?{GROUP}\s*(?P<level>{LEVEL_WORDS})", re.IGNORECASE)
PAIRED_AFTER = re.compile(
    rf"(?P<level>{LEVEL_WORDS})\s*[:=]?\s*{GROUP}|(?P<meaning>{KIND_WORDS}):?\s*\(?{SIGN}", re.IGNORECASE
)
MARK = re.compile(rf"{symbols.ARROWS}|{symbols.CIRCLES}|{symbols.PLUSES}")
WORDS = re.compile(rf"{KIND_WORDS}|{LEVEL_WORDS}", re.IGNORECASE)
BULLET = re.compile(r"^[-*•·▪\uf0b7\uf0a7]\s+")
SIGN_AFTER = re.compile(rf"\s*[:=–-]?\s*\(?\s*(?:{symbols.ARROWS})\s*\)?\s*[.;,]?\s*$")
GROUP_AFTER = re.compile(rf"\s*[:=–-]?\s*(?:{symbols.CIRCLES}|{symbols.PLUSES})\s*[.;,]?\s*$")


class Row(NamedTuple):
    """One row: the signs, what they are said to mean, and whether nothing else than a legend speaks so."""

    written: str
    signs: Signs
    meaning: Given | Certainty | None
    explicit: bool
    rest: str = ""
    """What the row adds behind the words of the grade."""


@lru_cache(4096)
def rows(text: str) -> tuple[Row, ...]:
    """The rows of a legend that a line holds; several where the line was flattened."""
    text = BULLET.sub("", text.strip())
    if row := _after(text):
        return (row,)
    if flattened := _flattened(text):
        return flattened
    matches = list(EXPLAINED.finditer(text))
    if matches and (matches[0].start() == 0 or matches[0][0][0] == "("):
        return tuple(row for match in matches if (row := _row(match, True)))
    beside = BESIDE.match(text)
    row = _row(beside, False) if beside else None
    return (row,) if row and row.meaning else ()


def _flattened(text: str) -> tuple[Row, ...]:
    """Several rows on one line without `=`: `High ⊕⊕⊕⊕, moderate ⊕⊕⊕○ …`; what comes first belongs to what is next."""
    if "=" in text:
        return ()
    first = MARK.search(text)
    words = WORDS.search(text)
    if not first or not words:
        return ()
    pattern = PAIRED if first.start() < words.start() else PAIRED_AFTER
    found = [_row(match, True) for match in pattern.finditer(text)]
    known = tuple(row for row in found if row and row.meaning)
    return known if len({row.meaning for row in known}) > 1 and len(known) == len(MARK.findall(text)) else ()


def _row(match: re.Match[str], explicit: bool) -> Row | None:
    parts = match.groupdict()
    written, meaning = parts["sign"] or parts["group"], parts["meaning"] or parts.get("level") or ""
    signs = symbols.signs(written)
    if match["sign"]:
        label = LABEL.match(meaning)
        return Row(
            written, signs, given(label) if label else None, explicit, meaning[label.end() :] if label else meaning
        )
    level = LEVEL.match(meaning) or BARE.match(meaning)
    return Row(written, signs, named(level) if level else None, explicit, meaning[level.end() :] if level else meaning)


def _after(text: str) -> Row | None:
    """A row whose words come first: `Stærk anbefaling for: ↑`, `Meget lav (⊕○○○)`."""
    if (label := LABEL.match(text)) and (SIGN_AFTER.match(text, label.end())):
        written = text[label.end() :].strip(" :=–-().;,")
        return Row(written, symbols.signs(written), given(label), False)
    level = LEVEL.match(text) or BARE.match(text)
    if level and GROUP_AFTER.match(text, level.end()):
        written = text[level.end() :].strip(" :=–-.;,")
        return Row(written, symbols.signs(written), named(level), False)
    return None


def gather(found: Iterable[tuple[str, Row]]) -> Legend:
    """The document's legend from its rows, each with its text as written."""
    strengths: defaultdict[Signs, set[Given]] = defaultdict(set)
    certainties: defaultdict[Signs, set[Certainty]] = defaultdict(set)
    texts, faults = [], []
    for text, row in found:
        texts.append(text)
        if isinstance(row.meaning, Certainty):
            certainties[row.signs].add(row.meaning)
        elif row.meaning:
            strengths[row.signs].add(row.meaning)
        else:
            faults.append(f"the legend gives {row.written} a meaning that is none of the scale's: {_short(row.rest)}")
    faults += _strength_faults(strengths) + _certainty_faults(certainties)
    return Legend(
        strengths={signs: frozenset(kinds) for signs, kinds in strengths.items()},
        certainties={signs: frozenset(levels) for signs, levels in certainties.items()},
        rows=tuple(dict.fromkeys(texts)),
        faults=tuple(faults),
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


def show(signs: Signs) -> str:
    """Signs as people know them.

    >>> show(("up", "up")), show(("full", "empty"))
    ('↑↑', '⊕○')
    """
    known = {
        "up": "↑",
        "down": "↓",
        "tick": "√",
        "full": "⊕",
        "empty": "○",
        "plus": "+",
        "double up": "⇑",
        "double down": "⇓",
    }
    return "".join(
        known.get(sign, f"U+{ord(sign[0]):04X}" if len(sign) == 1 and not sign.isprintable() else sign)
        for sign in signs
    )


def _strength_faults(strengths: dict[Signs, set[Given]]) -> list[str]:
    faults = []
    for signs, kinds in strengths.items():
        if len({strength for strength, _ in kinds}) > 1 or (len(kinds) > 1 and signs != ("tick",)):
            faults.append(f"the legend gives {show(signs)} two meanings: {' and '.join(sorted(map(words, kinds)))}")
        elif signs in STANDARD and not fits(min(kinds, key=str), STANDARD[signs]):
            said, known = words(min(kinds, key=str)), words(STANDARD[signs])
            faults.append(f"the legend calls {show(signs)} {said}, the standard scale {known}")
    return faults


def fits(one: Given, other: Given) -> bool:
    """Whether two readings of a sign agree as far as both say something."""
    return one[0] is other[0] and (one[1] is other[1] or None in (one[1], other[1]))


def words(kind: Given) -> str:
    """A strength and a direction in words."""
    return DHA.kinds[kind[0], kind[1]].name.en if kind[1] else kind[0].value


def _certainty_faults(certainties: dict[Signs, set[Certainty]]) -> list[str]:
    faults = [
        f"the legend gives {show(signs)} two meanings" for signs, levels in certainties.items() if len(levels) > 1
    ]
    total = scale(certainties)
    for signs, levels in certainties.items():
        level = next(iter(levels))
        if signs in FOUR and FOUR[signs] is not level:
            faults.append(f"the legend calls {show(signs)} {level.word}, the standard scale {FOUR[signs].word}")
        elif total and len(signs) != total:
            faults.append(
                f"the legend shows {show(signs)} for {level.word}: {len(signs)} circles among rows of {total}"
            )
    ordered = sorted(certainties.items(), key=lambda each: filled(each[0]))
    levels_in_order = [min(levels) for _, levels in ordered]
    if levels_in_order != sorted(set(levels_in_order)) and not faults:
        faults.append("the legend's circles do not grow with the certainty")
    return faults


def filled(signs: Signs) -> int:
    """How many circles are filled, or plus signs stand there."""
    return signs.count("full") + signs.count("plus")


def scale(certainties: Iterable[Signs]) -> int:
    """Out of how many circles the legend's rows are; 0 where each row has its own number, as plus signs do."""
    rows = list(certainties)
    if not rows or (all(filled(signs) == len(signs) for signs in rows) and len({len(signs) for signs in rows}) > 1):
        return 0
    return Counter(map(len, rows)).most_common(1)[0][0]
