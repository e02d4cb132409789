"""From what is written to a grade: nothing is guessed, and whatever does not agree is a doubt with its reason."""

from __future__ import annotations

import re
from typing import NamedTuple

from gradeline.model.grade import GOOD, STRONG, Certainty, Direction, Strength
from gradeline.source.published.found import Given, Legend, Signs
from gradeline.source.published.legend import FOUR, STANDARD, filled, fits, scale, show, words
from gradeline.source.published.marks.evidence import Evidence
from gradeline.source.published.marks.symbols import recovered, signs
from gradeline.source.published.marks.wording import formula, wording

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])")
WHOLE = re.compile(r"[.!?…][\"'»”)\]]*$")
MIDST = re.compile(r"\b(?:(?:of|the|to|and|or|for|a|an|at|og|eller|en|et)\.?|with|in|til|med|af|i)$|[,;-]\.?$")
"""How no sentence ends; a few words may, with a full stop: a Danish verb often ends in its preposition."""


class Grading(NamedTuple):
    """What is sure of a statement's grade, and what is in doubt."""

    strength: Strength | None
    direction: Direction | None
    certainty: Certainty | None
    doubts: tuple[str, ...]


def grade(evidence: Evidence, text: str, legend: Legend) -> Grading:
    """The grade that the signs and labels give, held against the legend and the wording."""
    return Grader(evidence, text, legend).grading()


class Grader:
    """Grades one statement, and notes its doubts on the way."""

    def __init__(self, evidence: Evidence, text: str, legend: Legend) -> None:
        self.evidence, self.text, self.legend = evidence, text, legend
        self.said = wording(text)
        self.doubts: list[str] = []

    def grading(self) -> Grading:
        """Strength and direction, then the certainty, then what speaks against them."""
        sign = self.sign()
        strength, direction = self.label(sign) or sign or (None, None)
        if not self.evidence.strength:
            self.doubts.append("no sign or label of its strength: not graded")
        direction = self.direction(strength, direction)
        strength = self.strength(strength)
        certainty = self.certainty(strength)
        self.unlikely(strength, certainty)
        self.doubts += [f"“{each.strip()}” is of another scheme, which is not mapped" for each in self.evidence.schemes]
        self.doubts += damage(self.evidence, self.text)
        return Grading(strength, direction, certainty, tuple(dict.fromkeys(self.doubts)))

    def sign(self) -> Given | None:
        """What the sign of strength says, by the document's legend and the standard scale."""
        runs = {signs(written): written for written in self.evidence.symbols}
        if len(runs) > 1:
            self.doubts.append(f"two signs of strength that differ: {' and '.join(runs.values())}")
        return self.explained(next(iter(runs))) if len(runs) == 1 else None

    def explained(self, run: Signs) -> Given | None:
        """What a sign means where the legend and the standard scale agree, or only one of them knows it."""
        kinds, standard = self.legend.strengths.get(run, frozenset()), STANDARD.get(run)
        own = min(kinds, key=str, default=None)
        if len(kinds) > 1 and run != ("tick",):
            self.doubts.append(f"the legend gives {show(run)} two meanings")
            return None
        if own is None:
            return self.unexplained(run, standard)
        if standard and not fits(own, standard):
            self.doubts.append(f"the legend calls {show(run)} {words(own)}, the standard scale {words(standard)}")
            return None
        return standard or own

    def unexplained(self, run: Signs, standard: Given | None) -> Given | None:
        """A sign that the legend leaves out: read by the standard scale, in doubt unless a label stands beside it."""
        if standard is None:
            self.doubts.append(f"{show(run)} is no sign of the scale: not graded")
        elif not self.evidence.labels:
            known = f"the legend does not explain {show(run)}"
            missing = known if self.legend.strengths else "the document has no legend of strength"
            self.doubts.append(f"{missing}: read by the standard scale")
        return standard

    def label(self, sign: Given | None) -> Given | None:
        """What the label in the symbol's place says; it wins over a sign that disagrees."""
        labels = self.evidence.labels
        kinds = {(label.strength, label.direction) for label in labels}
        if len(kinds) > 1:
            self.doubts.append(f"two labels that differ: {' and '.join(label.written for label in labels)}")
        if len(kinds) != 1:
            return None
        label = next(iter(kinds))
        if sign and not fits(label, sign):
            written, symbol = labels[0].written, self.evidence.symbols[0]
            self.doubts.append(f"the label says “{written}”, the sign {symbol} says {words(sign)}: the label is taken")
            return label
        return label if label[1] or not sign else (label[0], sign[1])

    def direction(self, strength: Strength | None, direction: Direction | None) -> Direction | None:
        """The direction held against the wording; that of good practice is in the wording alone."""
        said = self.said.direction if self.said else None
        if strength is GOOD and direction is None:
            if said is None:
                self.doubts.append("good practice, and its wording does not tell whether for or against")
            return said
        if direction and said and said is not direction:
            self.doubts.append(f"graded {direction.value}, but worded {said.value}")
            return direction if self.evidence.labels else None
        return direction

    def strength(self, strength: Strength | None) -> Strength | None:
        """The strength held against the wording: what a sign alone says and the wording denies is not sure."""
        said = self.said.strength if self.said else None
        if strength and said and said is not strength:
            self.doubts.append(f"graded {strength.value}, but worded as {said.value}")
            return strength if self.evidence.labels else None
        return strength

    def certainty(self, strength: Strength | None) -> Certainty | None:
        """The certainty that circles or words give; good practice has none."""
        if strength is GOOD:
            if self.evidence.certainty:
                self.doubts.append("good practice with a certainty of evidence: one of the two is wrong")
            return None
        circles, levels = self.circles(), {level for _, level in self.evidence.levels}
        if len(levels) > 1:
            self.doubts.append("two certainties in words that differ")
            return None
        if not self.evidence.certainty and strength:
            self.doubts.append("no certainty of the evidence is given")
        level = next(iter(levels), None)
        if level and circles and level is not circles:
            said = f"{level.word} in words and {circles.word} in circles"
            self.doubts.append(f"the certainty is {said}: the words are taken")
        return level or circles

    def circles(self) -> Certainty | None:
        """The certainty in circles; plus signs count where there are none."""
        groups = dict.fromkeys(signs(written) for written in self.evidence.circles)
        found = [group for group in groups if "plus" not in group] or list(groups)
        if len(found) > 1:
            self.doubts.append(f"two certainties: {' and '.join(map(show, found))}")
        return self.level(found[0]) if len(found) == 1 else None

    def level(self, group: Signs) -> Certainty | None:
        """What a group of circles means: as a row of the legend shows it, else out of four and in doubt."""
        own, standard = self.legend.certainties.get(group, frozenset()), FOUR.get(group)
        level, total = min(own, default=None), scale(self.legend.certainties)
        if len(own) > 1:
            self.doubts.append(f"the legend gives {show(group)} two meanings")
            return None
        if level and standard and level is not standard:
            self.doubts.append(f"the legend calls {show(group)} {level.word}, the standard scale {standard.word}")
            return None
        if level and (not total or len(group) == total):
            return level
        if standard and total in (0, 4):
            return self.out_of_four(group, standard)
        count = f"{filled(group)} of {len(group)}, where the scale has {total or 4}"
        self.doubts.append(f"malformed certainty {show(group)}: {count}")
        return None

    def out_of_four(self, group: Signs, standard: Certainty) -> Certainty:
        """Circles that the legend leaves out: read by the standard scale, in doubt unless words stand beside them."""
        known = f"the legend does not explain {show(group)}"
        missing = known if self.legend.certainties else "the document has no legend of certainty"
        if not self.evidence.levels:
            self.doubts.append(f"{missing}: read out of four")
        return standard

    def unlikely(self, strength: Strength | None, certainty: Certainty | None) -> None:
        """Strong on weak evidence is an exception that the wording should confirm: else an arrow may be doubled."""
        confirmed = bool(self.evidence.labels) or (self.said is not None and self.said.strength is STRONG)
        if strength is STRONG and certainty in (Certainty.LOW, Certainty.VERY_LOW) and not confirmed:
            self.doubts.append(f"strong on {certainty.word} certainty, and the wording does not confirm it")


def damage(evidence: Evidence, text: str) -> list[str]:
    """Signs recovered from a wrong encoding, a text that breaks off, a second recommendation inside."""
    doubts = [
        f"{_visible(written)} was recovered from a wrong encoding of {show(signs(written))}"
        for written in (*evidence.symbols, *evidence.circles)
        if recovered(written)
    ]
    if not text:
        doubts.append("a sign without a sentence")
    elif not WHOLE.search(text) and not evidence.certainty:
        doubts.append("the statement breaks off: no full stop and no certainty at its end")
    elif MIDST.search(text):
        doubts.append("the statement breaks off in the midst of a sentence")
    return doubts + _second(text)


def _visible(written: str) -> str:
    return "".join(letter if letter.isprintable() else f"U+{ord(letter):04X}" for letter in written)


def _second(text: str) -> list[str]:
    """A sentence inside that begins as a recommendation of another kind: its sign may be lost."""
    first, *others = SENTENCE.split(text)
    before = wording(first)
    return [
        f"another recommendation seems to begin inside, without its sign: {other[:40]}…"
        for other in others
        if formula(other) and before and (here := wording(other)) and here[1:] != before[1:]
    ]
