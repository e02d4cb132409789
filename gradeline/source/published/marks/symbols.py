"""The one table of the symbols of grades as they really occur, and how runs of them are found in text.

Code points of the symbol fonts: Adobe's Symbol, Microsoft's Wingdings and Wingdings 2. In text they come as private-use
characters (0xF000 and the font's code), or, where a program forgot the font, as the Latin-1 character of that code.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from gradeline.source.published.found import Signs

Where = Literal["anywhere", "leading", "among circles"]


class Symbol(NamedTuple):
    """Characters that mean one sign; `leading` ones only in the symbol's place, letters only among circles."""

    sign: str
    characters: str
    origin: str
    where: Where = "anywhere"
    recovered: bool = False
    """Whether the character is another one's wrong reading: graded, but flagged."""


TABLE = (
    Symbol("up", "↑⬆⇧🡅🡑🠉🠑🠕🠙🠝🔼⭡↟⤊▲", "arrows, emoji"),
    Symbol("up", "\uf0ad", "Symbol, private use"),
    Symbol("up", "\uf0e1\uf0e9\uf0f1", "Wingdings, private use"),
    Symbol("up", "\xad", "Symbol read as Latin-1", "leading", recovered=True),
    Symbol("up", "áéñ", "Wingdings read as Latin-1", "leading", recovered=True),
    Symbol("down", "↓⬇⇩🡇🡓🠋🠓🠗🠛🠟🔽⭣↡⤋▼", "arrows, emoji"),
    Symbol("down", "\uf0af", "Symbol, private use"),
    Symbol("down", "\uf0e2\uf0ea\uf0f2", "Wingdings, private use"),
    Symbol("down", "¯", "Symbol read as Latin-1", "leading", recovered=True),
    Symbol("down", "âêò", "Wingdings read as Latin-1", "leading", recovered=True),
    Symbol("up up", "⇈⏫", "paired arrows"),
    Symbol("down down", "⇊⏬", "paired arrows"),
    # One arrow with a double shaft: one sign or two, only the document's own legend can say.
    Symbol("double up", "⇑\uf0dd", "arrows, Symbol"),
    Symbol("double down", "⇓\uf0df", "arrows, Symbol"),
    Symbol("tick", "√✓✔☑✅🗸🗹", "check marks"),
    Symbol("tick", "\uf0d6", "Symbol, private use"),
    Symbol("tick", "\uf0fc\uf0fe", "Wingdings, private use"),
    Symbol("tick", "\uf050\uf052", "Wingdings 2, private use"),
    Symbol("tick", "Ö", "Symbol read as Latin-1", "leading", recovered=True),
    Symbol("tick", "ü", "Wingdings read as Latin-1", "leading", recovered=True),
    Symbol("other", "→←↔↕⇒⇐⇔➔➜↗↘↖↙✗✘✕✖❌�□☐?", "what stands for nothing in the scale", "leading"),
    Symbol("full", "⊕⨁●⬤⚫🌑🔴", "circles"),
    Symbol("full", "\uf0c5", "Symbol, private use"),
    Symbol("full", "\uf06c\uf098", "Wingdings and Wingdings 2, private use"),
    Symbol("full", "Å\u212b", "Symbol read as Latin-1", "among circles", recovered=True),
    Symbol("empty", "○◯⚪⊖⊝⭕⭘⚬◦❍🌕🞅🞆🞇⊘◌", "circles"),
    Symbol("empty", "\uf099\uf09a\uf09b", "Wingdings 2, private use"),
    Symbol("empty", "\uf0a1\uf0a2\uf06d", "Wingdings, private use"),
    Symbol("empty", "Oo0\u039f\u041e\u03bf\u043e", "letters and digits like a circle", "among circles"),
    Symbol("empty", "\x99™", "Wingdings 2 read as Latin-1", "among circles", recovered=True),
    Symbol("plus", "+＋", "plus signs", "among circles"),
    Symbol("empty", "-–−", "dashes beside plus signs", "among circles"),
)
SYMBOLS = {character: symbol for symbol in TABLE for character in symbol.characters}
FONTS = {
    "wingdings2": {0x50: "✓", 0x52: "☑", 0x98: "●", 0x99: "○", 0x9A: "○", 0x9B: "○"},
    "wingdings": {
        0x6C: "●", 0x6D: "○", 0xA1: "○", 0xA2: "○", 0xE1: "↑", 0xE2: "↓", 0xE9: "↑", 0xEA: "↓", 0xF1: "↑",
        0xF2: "↓", 0xFC: "✓", 0xFE: "☑",
    },
    "symbol": {0xAD: "↑", 0xAF: "↓", 0xC5: "⊕", 0xD6: "√", 0xDD: "⇑", 0xDF: "⇓"},
}  # fmt: skip
"""What a code means where the document names the font: no guess, so nothing to flag."""
STRENGTH_SIGNS = {"up", "down", "up up", "down down", "double up", "double down", "tick"}
CIRCLE_SIGNS = {"full", "empty", "plus"}


def characters(signs: set[str], *where: Where) -> str:
    """The characters of some signs that count in such places, as the inside of a regular expression's set."""
    rows = (symbol for symbol in TABLE if symbol.sign in signs and symbol.where in where)
    return "".join(re.escape(character) for symbol in rows for character in symbol.characters)


SURE = characters(STRENGTH_SIGNS, "anywhere")
LEADING = characters(STRENGTH_SIGNS, "anywhere", "leading")
ROUND = characters({"full", "empty"}, "anywhere")
FULL = characters({"full"}, "anywhere")
ALIKE = characters({"full", "empty"}, "anywhere", "among circles")
LOST = characters({"other"}, "leading") + "\ue000-\uf8ff"
PRIVATE = "\ue000-\uf8ff"

ARROWS = rf"[{SURE}](?:[ ]{{0,2}}[{SURE}]){{0,7}}+"
"""A run of strength signs that are sure anywhere."""
RECOVERED = rf"[{LEADING}](?:[ ]?[{LEADING}]){{0,7}}+(?=\s{{0,9}}(?:[A-ZÆØÅ\"'“»=:)]|$))"
"""A run in the symbol's place, where a wrong reading counts too: only before a capital, `=` or the end."""
PLUSES = (
    r"\([ ]?[+＋](?:[ ]?[+＋oO0○◯⊖\-–−]){0,11}[ ]?\)|(?<!\S)[+＋]{1,4}[oO0○◯\-–−]{0,3}(?=\s{0,9}(?:[.;]?\s{0,9}$|[=:]))"
)
CIRCLES = (
    rf"(?>\((?=[^()]{{0,30}}[{ROUND}])[ ]?[{ALIKE}{PRIVATE}?�](?:[ ]?[{ALIKE}{PRIVATE}?�□]){{0,11}}[ ]?\)"
    rf"|\([ ]?(?:[{FULL}Å\u212b])(?:[ ]?(?:[{ALIKE}{PRIVATE}?�□])){{0,11}}[ ]?\)"  # in brackets, a filled one first
    rf"|\([ ]?(?:[{ROUND}](?:[ ]?[{ALIKE}{PRIVATE}]){{0,11}})[ ]?\)?"
    rf"|(?<![oO0+?�])[{FULL}](?:[ ]?[{ROUND}{PRIVATE}?�]){{1,11}}(?:[ ]?[oO0]{{1,4}}(?!\w))?"
    r"|[⊕⨁\uf0c5](?:[ ]?[oO0]{1,4}(?!\w)){1,4}"
    r"|(?<!\S)[⊕⨁\uf0c5](?!\S)"
    rf"|(?<![oO0+?�])[{ROUND}](?:[ ]?[{ROUND}]){{1,11}})"
)
"""A group of circles; a lone ● or ○ outside brackets is a bullet of a list."""
MARKS = frozenset(SYMBOLS) | {chr(code) for code in range(0xE000, 0xF900)}
"""Every character that may belong to a grade."""
STRONG_MARKS = frozenset(
    character for symbol in TABLE if symbol.where == "anywhere" for character in symbol.characters
) | {"+", "＋", "Å", "\u212b"}
"""Without one of these a text has no sign in the midst of it."""
ARROWS_RE = re.compile(ARROWS)
CIRCLES_RE = re.compile(CIRCLES)
PLUSES_RE = re.compile(PLUSES)


def signs(written: str) -> Signs:
    """The signs of a run as written; a character of no row is itself.

    >>> signs("(⊕⊕ ○○)"), signs("⏫")
    (('full', 'full', 'empty', 'empty'), ('up', 'up'))
    """
    found: list[str] = []
    for character in written:
        if character in "()[] \t\n\ufe0e\ufe0f":
            continue
        symbol = SYMBOLS.get(character)
        found.extend(
            symbol.sign.split()
            if symbol and symbol.sign in ("up up", "down down")
            else [symbol.sign if symbol and symbol.sign != "other" else character]
        )
    return tuple(found)


def recovered(written: str) -> bool:
    """Whether a sign was recovered from a wrong reading of its bytes."""
    return any(SYMBOLS[character].recovered for character in written if character in SYMBOLS)
