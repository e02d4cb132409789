"""The shapes that functions of the library hand to each other: CQL has no names for them, so they are written out."""

from __future__ import annotations

TYPES = {
    "ASK": "Tuple{ on Date, onset Interval<Date>, first Date, ends Date, open Boolean, sure Boolean, given Boolean }",
    "WINDOW": "Tuple{ from1 Date, from2 Date, to1 Date, to2 Date }",
    "CHAIN": "Tuple{ number Integer, first Date, last Date, ends Date, leftSide Boolean, rightSide Boolean,"
    " sure Boolean, onset1 Date, onset2 Date }",
    "RECORDING": "Tuple{ known Date, assumed Boolean, first Date, last Date, over Date, onset Boolean,"
    " negated Boolean, refutes Boolean, sure Boolean, side String }",
    "READING": "Tuple{ first Date, last Date, time Integer, sure Boolean, says Boolean }",
    "REASON": "Tuple{ says List<String>, listed List<String>, open List<String>, sure Boolean, side String }",
    "MEMBER": "Tuple{ key String, basedOn List<String>, order Boolean, sure Boolean, place Integer, day1 Date,"
    " day2 Date, first Date, last Date, status String, by String, known Date, waits Boolean, certain Boolean,"
    " reasons List<@REASON>, act Integer, leads Boolean }",
}


def spelled(text: str) -> str:
    """A text with each shape written out."""
    for name in ("MEMBER", *(each for each in TYPES if each != "MEMBER")):
        text = text.replace(f"@{name}", TYPES[name])
    return text
