"""Words compared across two ways of saying the same: by their beginnings, the rarer the weightier."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from math import log

WORD = re.compile(r"[^\W\d_]{2,}")
STEM = 5
"""Letters that forms of one word share: exercise and exercises, mobilisation and mobilising."""
SMALL_WORDS = """
a an and are as at be been but by can cannot do does either for from has have if in into is it its may neither no nor
not of off on only or other out over own should since such than that the their them then there these they this those to
too up was were what when where which who will with without would about after also any because before between both
during each consider considering recommend recommending recommended offer offering offered good practice patient
patients person people form kind kinds
af alle alene blev bliver da de dem den der deres det disse eller en end er et fra frem før gør ham han havde hos hun
hvad hvis hvor i ikke ind ingen jeg kan kun man med meget men mens mod når nogle nu og også om op på rather sig sin sit
skal som så til ud under ved var være vil vi overvej overveje anbefale anbefales tilbyd tilbyde tilbydes god praksis
patienter personer slags
recent onset acute adult adults nylig nyligt opstået nyopstået akut voksen voksne
"""
SAY_NOTHING = frozenset(SMALL_WORDS.split())
"""Words of which every recommendation is made; what it is about is in the others."""

Stems = frozenset[str]


def stems(text: str) -> Stems:
    """The beginnings of the words that say what a text is about.

    >>> sorted(stems("Consider offering supervised exercises to patients"))
    ['exerc', 'super']
    """
    return frozenset(word[:STEM] for word in WORD.findall(text.lower()) if word not in SAY_NOTHING)


class Weights:
    """How much a shared word tells: the fewer of the texts have it, the more."""

    def __init__(self, texts: Iterable[Stems]) -> None:
        known = list(texts)
        self.times = Counter(stem for text in known for stem in text)
        self.texts = len(known)

    def of(self, stem: str) -> float:
        """The weight of one word; nothing where every text has it, and full weight where none has."""
        return log((1 + self.texts) / (1 + self.times[stem])) if self.texts else 1.0

    def sum(self, found: Iterable[str]) -> float:
        """The weight of several words."""
        return sum(map(self.of, found))

    def alike(self, one: Stems, other: Stems) -> float:
        """How alike two texts are, from 0 to 1."""
        either = (self.sum(one) * self.sum(other)) ** 0.5
        return self.sum(one & other) / either if either else 0.0

    def covered(self, part: Stems, whole: Stems) -> float:
        """How much of one text another one also says, from 0 to 1."""
        total = self.sum(part)
        return self.sum(part & whole) / total if total else 1.0
