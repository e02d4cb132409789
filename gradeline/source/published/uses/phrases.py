"""The parts of a published sentence that an encoding must not lose: comparator, conditions, limits, reason."""

from __future__ import annotations

import re
from typing import NamedTuple

END = (
    r"(?=\s+(?:to|for|in|among) (?:all |adult )?(?:patients|people|persons|adults|children)\b"
    r"|\s+(?:til|hos|for) (?:alle |voksne )?(?:patienter|personer|voksne|børn)\b|[,;:.(]|$)"
)
COMPARED = re.compile(
    r"\b(?:rather than|instead of|in place of|compared (?:with|to)|as an add-on to|as a supplement to|in addition to"
    rf"|on top of|frem for|i stedet for|sammenlignet med|som supplement til|i tillæg til|ud over|oven i)"
    rf"\s+(.{{2,160}}?){END}",
    re.IGNORECASE,
)
"""`rather than bed rest`, `as an add-on to the usual treatment`."""
CHOICE = re.compile(
    r"\bno (?:documentation|evidence) of [^.]*\bdifference\b|\bno documented\b[^.]*\bdifference\b"
    r"|\bikke (?:dokumenteret|dokumentation for)\b[^.]*\bforskel\b",
    re.IGNORECASE,
)
"""`There is no documentation of a clinically relevant difference`."""
OR = re.compile(r"\b(?:or|eller)\b", re.IGNORECASE)
CONSIDERED = re.compile(r"\b(?:due|careful) consideration\b|\bnøje overvejelse\b", re.IGNORECASE)
ROUTINE = re.compile(r"\broutine(?:ly)?\b|\brutine\w*", re.IGNORECASE)
REASON = re.compile(r"(?:,\s+(?:since|because|as)|,\s+(?:da|fordi|idet)|:)\s+([^.]{8,240})", re.IGNORECASE)
CONDITION = re.compile(
    r"\b(?:in cases where|where|if|when|unless|i tilfælde hvor|hvis|når|medmindre)\s+([^.,]{8,200})", re.IGNORECASE
)
TIME = re.compile(
    r"\b(?:within|at the latest after|inden for|senest efter)\s+(\d{1,4})\s+"
    r"(days?|weeks?|months?|years?|dage?|uger?|måneder?|år)\b",
    re.IGNORECASE,
)
KINDS = {
    "choice": CHOICE,
    "consideration": CONSIDERED,
    "routine": ROUTINE,
    "time": TIME,
    "condition": CONDITION,
    "reason": REASON,
}
IDEAS = {
    "uncertain": r"uncertain|unclear|unknown|not known|doubtful|usikker|uvis|uklar|ukendt",
    "small": r"minor|small|little|slight|modest|limited|lille|beskeden|ringe|begrænset|lidt",
    "short-lived": r"short[- ]lived|short[- ]term|brief|soon over|temporary|kortvarig|kort varighed|forbigående",
    "not ruled out": r"rul(?:e|es|ed|ing) (?:it )?out|excluded?|possibl[ey]|might|udelukke\w*|muligvis|mulig\w*",
    "harm": r"harm\w*|adverse|side effects?|skade\w*|bivirkning\w*",
    "no evidence": r"lack\w* (?:of )?evidence|evidence is lacking|no evidence|mangl\w* (?:på )?evidens",
}
"""What reasons say of an effect, in the words of either: two sentences may share the idea and no word."""
IDEAS_RE = {idea: re.compile(rf"\b(?:{pattern})", re.IGNORECASE) for idea, pattern in IDEAS.items()}
UNITS = {"da": (1, 0), "we": (7, 0), "ug": (7, 0), "mo": (0, 1), "må": (0, 1), "ye": (0, 12), "år": (0, 12)}


class Phrase(NamedTuple):
    """A part of a sentence: its kind, the words as published, and the ones that carry its meaning."""

    kind: str
    words: str
    core: str


def comparator(text: str) -> Phrase | None:
    """What a statement prefers its action to, or adds it to."""
    found = COMPARED.search(text)
    return Phrase("comparator", found[0], found[1]) if found else None


def caveats(text: str) -> list[Phrase]:
    """Conditions, limits and reasons of a statement, in order."""
    found = [
        (match.start(), Phrase(kind, match[0].strip(" ,:"), match[match.lastindex or 0]))
        for kind, pattern in KINDS.items()
        if (match := pattern.search(text))
    ]
    return [phrase for _, phrase in sorted(found)]


def length(phrase: Phrase) -> tuple[int, int]:
    """The days and months that a limit of time names.

    >>> length(caveats("assessed within 12 weeks.")[0])
    (84, 0)
    """
    found = TIME.search(phrase.words)
    if found is None:
        raise ValueError(f"{phrase.words!r} names no time")
    days, months = UNITS[found[2].lower()[:2]]
    return int(found[1]) * days, int(found[1]) * months


def ideas(text: str) -> frozenset[str]:
    """What a text says of an effect.

    >>> sorted(ideas("the effect is probably brief and small"))
    ['short-lived', 'small']
    """
    return frozenset(idea for idea, pattern in IDEAS_RE.items() if pattern.search(text))
