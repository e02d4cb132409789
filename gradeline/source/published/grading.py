"""From what is written to a grade: nothing is guessed, and whatever does not agree is a doubt with its reason."""

from __future__ import annotations

import re
from typing import NamedTuple

from gradeline.model.grade import GOOD, STRONG, Certainty, Direction, Strength
from gradeline.source.published.found import Given, Legend, Signs
from gradeline.source.published.legend import FOUR, STANDARD, filled, fits, scale, show, words
from gradeline.source.published.marks.evidence import Evidence
from gradeline.source.published.marks.symbols import recovered, signs
from gradeline.source.published.marks.wording import Convention, formula, wording

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])")
WHOLE = re.compile(r"[.!?…][\"'»”)\]]*$")


class Grading(NamedTuple):
    """What is sure of a statement's grade, and what is in doubt."""

    strength: Strength | None
    direction: Direction | None
    certainty: Certainty | None
    doubts: tuple[str, ...]


def grade(evidence: Evidence, text: str, legend: Legend) -> Grading:
    """The grade that the signs and labels give, held against the legend and the wording."""
    doubts: list[str] = []
    sign = _sign(evidence, legend, doubts)
    label = _label(evidence, sign, doubts)
    strength, direction = label or sign or (None, None)
    if not evidence.strength:
        doubts.append("no sign or label of its strength: not graded")
    said = wording(text)
    strength, direction = _agreed(strength, direction, said, bool(label), doubts)
    certainty = _certainty(evidence, legend, strength, doubts)
    if evidence.strength:
        _unlikely(strength, certainty, said, bool(label), doubts)
    doubts += _schemes(evidence) + _damage(evidence, text)
    return Grading(strength, direction, certainty, tuple(dict.fromkeys(doubts)))


def _sign(evidence: Evidence, legend: Legend, doubts: list[str]) -> Given | None:
    """What the sign of strength says, by the document's legend and the standard scale."""
    runs = {signs(written): written for written in evidence.symbols}
    if not runs:
        return None
    if len(runs) > 1:
        doubts.append(f"two signs of strength that differ: {' and '.join(runs.values())}")
        return None
    run = next(iter(runs))
    return _explained(run, legend, doubts, bool(evidence.labels))


def _explained(run: Signs, legend: Legend, doubts: list[str], labelled: bool) -> Given | None:
    kinds, standard = legend.strengths.get(run, frozenset()), STANDARD.get(run)
    if len(kinds) > 1 and run != ("tick",):
        doubts.append(f"the legend gives {show(run)} two meanings")
        return None
    own = next(iter(kinds), None)
    if own is None and standard is None:
        doubts.append(f"{show(run)} is no sign of the scale: not graded")
        return None
    if own is None:
        if not labelled:
            missing = f"the legend does not explain {show(run)}" if legend.strengths else "the document has no legend of strength"
            doubts.append(f"{missing}: read by the standard scale")
        return standard
    if standard and not fits(own, standard):
        doubts.append(f"the legend calls {show(run)} {words(own)}, the standard scale {words(standard)}")
        return None
    return standard or own


def _label(evidence: Evidence, sign: Given | None, doubts: list[str]) -> Given | None:
    """What the label in the symbol's place says; it wins over a sign that disagrees."""
    kinds = {(label.strength, label.direction) for label in evidence.labels}
    if not kinds:
        return None
    if len(kinds) > 1:
        doubts.append(f"two labels that differ: {' and '.join(label.written for label in evidence.labels)}")
        return None
    label = next(iter(kinds))
    if sign and not fits(label, sign):
        written = evidence.labels[0].written
        doubts.append(f"the label says “{written}”, the sign {evidence.symbols[0]} says {words(sign)}: the label is taken")
        return label
    return label if label[1] or not sign else (label[0], sign[1])


def _agreed(
    strength: Strength | None, direction: Direction | None, said: Convention | None, labelled: bool, doubts: list[str]
) -> tuple[Strength | None, Direction | None]:
    """The grade held against the wording: what a sign alone says and the wording denies is not sure."""
    if strength is GOOD and direction is None:
        direction = said.direction if said else None
        if direction is None:
            doubts.append("good practice, and its wording does not tell whether for or against")
    if strength is None or said is None:
        return strength, direction
    if said.direction and direction and said.direction is not direction:
        doubts.append(f"graded {direction.value}, but worded {said.direction.value}")
        direction = direction if labelled else None
    if said.strength and said.strength is not strength:
        doubts.append(f"graded {strength.value}, but worded as {said.strength.value}")
        strength = strength if labelled else None
    return strength, direction


def _certainty(evidence: Evidence, legend: Legend, strength: Strength | None, doubts: list[str]) -> Certainty | None:
    """The certainty that circles or words give; good practice has none."""
    if strength is GOOD:
        if evidence.certainty:
            doubts.append("good practice with a certainty of evidence: one of the two is wrong")
        return None
    circles = _circles(evidence, legend, doubts)
    levels = {level for _, level in evidence.levels}
    if len(levels) > 1:
        doubts.append("two certainties in words that differ")
        return None
    if not evidence.certainty and strength:
        doubts.append("no certainty of the evidence is given")
    level = next(iter(levels), None)
    if level and circles and level is not circles:
        doubts.append(f"the certainty is {level.word} in words and {circles.word} in circles: the words are taken")
    return level or circles


def _circles(evidence: Evidence, legend: Legend, doubts: list[str]) -> Certainty | None:
    groups = dict.fromkeys(signs(written) for written in evidence.circles)
    groups = {group: None for group in groups if "plus" not in group} or groups
    if len(groups) > 1:
        doubts.append(f"two certainties: {' and '.join(map(show, groups))}")
    if len(groups) != 1:
        return None
    return _level(next(iter(groups)), legend, doubts, bool(evidence.levels))


def _level(group: Signs, legend: Legend, doubts: list[str], named: bool) -> Certainty | None:
    """What a group of circles means: as a row of the legend shows it, else out of four and in doubt."""
    own, standard = legend.certainties.get(group, frozenset()), FOUR.get(group)
    if len(own) > 1:
        doubts.append(f"the legend gives {show(group)} two meanings")
        return None
    level = next(iter(own), None)
    total = scale(legend.certainties)
    if level and standard and level is not standard:
        doubts.append(f"the legend calls {show(group)} {level.word}, the standard scale {standard.word}")
        return None
    if level and (not total or len(group) == total):
        return level
    if standard and total in (0, 4):
        missing = f"the legend does not explain {show(group)}" if legend.certainties else "the document has no legend of certainty"
        doubts.extend([] if named else [f"{missing}: read out of four"])
        return standard
    doubts.append(f"malformed certainty {show(group)}: {filled(group)} of {len(group)}, where the scale has {total or 4}")
    return None


def _unlikely(
    strength: Strength | None, certainty: Certainty | None, said: Convention | None, labelled: bool, doubts: list[str]
) -> None:
    """A strong recommendation on weak evidence is an exception that its wording should confirm: or an arrow was doubled."""
    confirmed = labelled or (said is not None and said.strength is STRONG)
    if strength is STRONG and certainty in (Certainty.LOW, Certainty.VERY_LOW) and not confirmed:
        doubts.append(f"strong on {certainty.word} certainty, and the wording does not confirm it")


def _schemes(evidence: Evidence) -> list[str]:
    return [f"“{scheme.strip()}” is a grade of another scheme, which is not mapped" for scheme in evidence.schemes]


def _visible(written: str) -> str:
    return "".join(letter if letter.isprintable() else f"U+{ord(letter):04X}" for letter in written)


def _damage(evidence: Evidence, text: str) -> list[str]:
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
    elif re.search(r"\b(?:of|the|to|and|or|with|for|in|a|an|at|og|eller|til|med|af|i|for|en|et)\.?$|[,;-]\.?$", text):
        doubts.append("the statement breaks off in the midst of a sentence")
    first, *others = SENTENCE.split(text) if text else [""]
    for other in others:
        here, before = wording(other), wording(first)
        if formula(other) and here and before and here[1:] != before[1:]:
            doubts.append(f"another recommendation seems to begin inside, without its sign: {other[:40]}…")
    return doubts
