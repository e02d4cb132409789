"""The words of grades in English and Danish: labels, levels of certainty, and how sentences of each kind begin.

The conventions are those of the Danish Health Authority's quick guides; they confirm or contradict a grade, and
never supply one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gradeline.model.grade import AGAINST, FOR, GOOD, STRONG, WEAK, Certainty, Direction, Strength

STRENGTHS = {
    STRONG: r"strong|stærk|kraftig",
    WEAK: r"(?:weak|conditional|svag|betinget)(?:\s*(?:/|\(|or|eller)\s*(?:weak|conditional|svag|betinget)\s*\)?)?",
    GOOD: r"good\s+(?:clinical\s+)?practice(?:\s+(?:statement|point))?|god\s+(?:klinisk\s+)?praksis",
}
DIRECTIONS = {FOR: r"in\s+favou?r\s+of|for", AGAINST: r"against|imod|mod"}
NOUN = r"recommendations?|anbefaling(?:en|er)?"
CERTAINTIES = {
    Certainty.VERY_LOW: r"very\s+low|meget\s+lav",
    Certainty.HIGH: r"high|høj",
    Certainty.MODERATE: r"moderate|moderat",
    Certainty.LOW: r"low|lav",
}
EVIDENCE = (
    r"(?:certainty|confidence|quality|strength|tiltro|sikkerhed|kvalitet(?:en)?|styrke)"
    r"(?:\s+(?:of|in|til|af|for|i)(?:\s+(?:the|den))?(?:\s+(?:underlying|bagvedliggende))?"
    r"\s+(?:evidence|evidensen|effects?|effekten))?"
    r"|evidensens\s+(?:kvalitet|styrke|sikkerhed)|evidence(?:\s+(?:quality|certainty|level))?"
    r"|evidens(?:kvalitet|styrke)?"
)
"""What certainty is called: certainty of the evidence, evidensens kvalitet …"""

END = r"(?![a-zæøå])|(?<=(?-i:[A-ZÆØÅ]))(?=(?-i:[A-ZÆØÅ][a-zæøå]))"
"""The end of a word, or capitals glued to the next sentence: `STÆRK ANBEFALING FORDe samlede`."""


def named(rows: dict[Strength, str] | dict[Direction, str] | dict[Certainty, str], prefix: str = "") -> str:
    """The alternatives of a table, each as a group named after its key."""
    return "|".join(f"(?P<{prefix}{key.name}>{pattern})" for key, pattern in rows.items())


LABEL = re.compile(
    rf"(?:(?:an?|en|et)\s+)?(?:(?:strength|styrke)\s*:\s*|(?:{NOUN})\s*:\s*)?(?:{named(STRENGTHS)})"
    rf"(?P<noun>\s*-?\s*(?:{NOUN})(?:{END}))?(?:[\s,:·–—-]{{1,3}}(?P<direction>{named(DIRECTIONS)})(?:{END}))?",
    re.IGNORECASE,
)  # fmt: skip
"""A label that stands for the sign of strength: `strong recommendation for`, `svag/betinget anbefaling imod`."""
LEVEL = re.compile(
    rf"(?:{EVIDENCE})\s*[:=–-]?\s*(?P<after>{named(CERTAINTIES, 'a_')})(?!\w)"
    rf"|(?P<before>{named(CERTAINTIES, 'b_')})[\s-]+(?:{EVIDENCE})(?:\s+evidence)?(?!\w)",
    re.IGNORECASE,
)
"""Certainty in words that name it: `certainty: low`, `meget lav evidens`."""
BARE = re.compile(rf"(?:{named(CERTAINTIES)})(?!\w)", re.IGNORECASE)
"""A level alone, `low`: it counts beside other marks only."""


class Convention(NamedTuple):
    """How a sentence of one kind begins; no strength where the words fit several, no direction where they cancel."""

    pattern: str
    strength: Strength | None
    direction: Direction | None


OPENING = r"(?:^|(?<=[,;:] )|(?<=\. ))"
NOT_DOING = r"(?:not|avoid\w*|refrain|abstain|omit\w*|withhold\w*)"
IKKE = r"(?:ikke|undlade|undgå)"
FORMULAS = (
    Convention(rf"(?:is )?not (?:considered )?good (?:clinical )?practice (?:to )?(?:\w+ )?{NOT_DOING}\b", GOOD, None),
    Convention(
        rf"(?:is )?(?:considered )?good (?:clinical )?practice (?:\w+ )?(?:to )?(?:consider )?{NOT_DOING}\b",
        GOOD, AGAINST,
    ),
    Convention(r"(?:is )?(?:not (?:considered )?good|bad|poor) (?:clinical )?practice\b", GOOD, AGAINST),
    Convention(r"is (?:considered )?good (?:clinical )?practice\b", GOOD, FOR),
    Convention(OPENING + r"good (?:clinical )?practice is\b", GOOD, FOR),
    Convention(OPENING + r"god (?:klinisk )?praksis er\b(?! ikke)", GOOD, FOR),
    Convention(rf"(?:er )?ikke (?:for )?(?:klinisk )?god (?:klinisk )?praksis,? (?:\w+ )?(?:at )?{IKKE}\b", GOOD, None),
    Convention(rf"(?:er )?god (?:klinisk )?praksis,? (?:at )?(?:\w+ )?(?:at )?{IKKE}\b", GOOD, AGAINST),
    Convention(r"(?:er |anses )?ikke (?:for )?god (?:klinisk )?praksis\b", GOOD, AGAINST),
    Convention(r"(?:er|anses for) (?:det )?god (?:klinisk )?praksis\b", GOOD, FOR),
    Convention(r"should (?:only be|be \w+ only)\b[^.]{0,200}\bconsideration\b", WEAK, AGAINST),
    Convention(
        OPENING + r"(?:only )?(?:offer|use|give)\b[^.]{0,120}\bafter (?:due|careful) consideration", WEAK, AGAINST
    ),
    Convention(
        r"(?:bør|skal|tilbydes|anvendes|gives|tilbyd|anvend|giv|brug)\b[^.]{0,160}?\bkun\b[^.]{0,200}\bovervejelse",
        WEAK, AGAINST,
    ),
    Convention(OPENING + rf"(?:we suggest against|we suggest not|consider {NOT_DOING})\b", WEAK, AGAINST),
    Convention(OPENING + r"(?:vi foreslår ikke|overvej (?:at )?(?:ikke|undlade|undgå))\b", WEAK, AGAINST),
    Convention(OPENING + r"(?:consider(?! only)|we suggest)\b", WEAK, FOR),
    Convention(OPENING + r"(?:overvej(?! kun)|vi foreslår)\b", WEAK, FOR),
    Convention(OPENING + r"(?:do not|never)\b(?=[^.]*\broutine)", None, AGAINST),
    Convention(OPENING + r"(?:tilbyd|anvend|giv|brug) ikke\b(?=[^.]*\brutine)", None, AGAINST),
    Convention(OPENING + r"(?:we recommend against|we recommend not|do not|never)\b", STRONG, AGAINST),
    Convention(OPENING + r"(?:vi anbefaler (?:ikke|imod)|(?:tilbyd|anvend|giv|brug) ikke)\b", STRONG, AGAINST),
    Convention(OPENING + r"(?:avoid|undlad|undgå)\b", None, AGAINST),
    Convention(OPENING + r"(?:offer|use|give|we recommend)\b", STRONG, FOR),
    Convention(OPENING + r"(?:tilbyd|giv|anvend|brug|vi anbefaler)\b", STRONG, FOR),
)  # fmt: skip
"""How a recommendation begins: the formulas of one."""
PROSE = (
    Convention(r"\b(?:should not|must not|is not recommended|are not recommended|not be offered)\b", None, AGAINST),
    Convention(r"\b(?:bør ikke|må ikke|skal ikke|anbefales ikke|frarådes)\b", None, AGAINST),
    Convention(r"\b(?:should|is recommended|are recommended)\b", None, FOR),
    Convention(r"\b(?:bør|anbefales)\b", None, FOR),
)
"""Words of advice that any prose may have."""
KEYS = re.compile(
    r"\b(?:practice|praksis|consider|overvej|consideration|overvejelse|suggest|foreslår|not|never|ikke|avoid|undlad|undgå|offer|use|give|"
    r"recommend(?:ed)?|tilbyd|giv|anvend|brug|anbefaler|anbefales|should|bør|frarådes)\b",
    re.IGNORECASE,
)
"""Words of which every convention has one."""
CONVENTIONS = tuple((re.compile(each.pattern, re.IGNORECASE), each) for each in FORMULAS + PROSE)
REASON = re.compile(
    r",?\s+\b(?:since|because|as|when|if|unless|in cases where|da|fordi|idet|hvis|når|medmindre)\b", re.I
)
RELATIVE = re.compile(r"\b(?:who|whom|which|der|som|whose)\b[^,;.]*", re.I)
NEGATION = re.compile(r"\b(?:not(?! only)|never|ikke(?! kun)|aldrig)\b", re.I)


def wording(text: str) -> Convention | None:
    """The convention that a statement's sentence follows, the one that begins first; None where it follows none.

    >>> wording("MRI should only be offered upon due consideration.").direction
    <Direction.AGAINST: 'against'>
    """
    order = _first(text)
    return None if order is None else _checked(text, CONVENTIONS[order][1])


def formula(text: str) -> bool:
    """Whether a text begins as a recommendation does, so that its symbol may be lost."""
    order = _first(text)
    return order is not None and order < len(FORMULAS)


@lru_cache(4096)
def _first(text: str) -> int | None:
    if not KEYS.search(text, 0, 400):
        return None
    found = ((match.start(), order) for order, (pattern, _) in enumerate(CONVENTIONS)
             if (match := pattern.search(text, 0, 400)))  # fmt: skip
    best = min(found, default=None)
    return best[1] if best else None


def _checked(text: str, convention: Convention) -> Convention:
    """A good practice whose main clause holds another negation has no direction that we could be sure of."""
    if convention.strength is GOOD and convention.direction is FOR:
        clause = RELATIVE.sub("", REASON.split(text.partition(". ")[0])[0])
        if NEGATION.search(clause):
            return convention._replace(direction=None)
    return convention


ROMAN = r"(?:I{1,3}|IV)[abAB]?"
LEVEL_NAME = r"(?:class|klasse|level|niveau|grade|grad|evidence|evidens|styrke)"
OPENERS = "Consider|It is|Offer|Use|Give|Do not|Avoid|Recommend|Overvej|Tilbyd|Anvend|Giv|Det er|Undlad"
OTHER_SCHEMES = (
    r"(?<!\w)(?-i:(?:I{2,3}[abAB]?|I[ab]|IV|[1-5][a-d])(?:[ ,/–-]{1,3}[A-D])?(?=[\s:.)\]]+[A-ZÆØÅ]))",
    rf"(?<!\w)(?-i:(?:{ROMAN}|[A-D]|[1-5][a-d])(?:[ ,/–-]{{1,3}}(?:[A-D]|{ROMAN}|[1-5][a-d]?))?)"
    rf"(?=[\s:.)\]]+(?:{OPENERS}))",
    rf"[\[(]\s*{LEVEL_NAME}?\s*:?\s*(?-i:{ROMAN}|[A-D]|[1-5][a-d])"
    rf"(?:\s*[,;/ –-]\s*(?:{LEVEL_NAME}\s*:?\s*)?(?-i:{ROMAN}|[A-D]|[1-5][a-d]?))?\s*[\])](?=\s*[.;]?\s*$)",
    r"\b(?:class|klasse|level(?:\s+of\s+evidence)?|grade|evidensgrad|evidensniveau|anbefalingsstyrke|anbefalingsgrad|styrke)"
    rf"\s*:?\s*(?-i:{ROMAN}|[A-D]|[1-5][a-d])(?![\w'’-])(?:\s*[,;/]?\s*(?:level|niveau|evidens\w*)?\s*:?\s*(?-i:[A-D])(?!\w))?",
)
OTHER_SCHEME = re.compile("|".join(f"(?:{pattern})" for pattern in OTHER_SCHEMES), re.IGNORECASE)
"""Grades of other schemes, I-III and A-D: recognised so that they can be rejected."""
LETTERS = re.compile(r"^\s*[\[(]?(?:I{1,3}[ab]?|IV|[A-D]|[1-5][a-d])[\])]?\s*[=:–]\s*\S")
"""A row of a legend that explains such a letter."""
