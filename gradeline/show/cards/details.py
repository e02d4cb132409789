"""The detail of a card, as Markdown: what it says, why for this patient, what is missing, and how far to trust it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradeline.evaluate.advice import Advice, Verdict
from gradeline.evaluate.words.plain import notice
from gradeline.evaluate.words.reasons import Reasons
from gradeline.model.guideline import Recommendation
from gradeline.model.words import written
from gradeline.show.cards.occasion import Occasion
from gradeline.show.markdown import plain
from gradeline.show.terminal.advice import newest_day
from gradeline.show.terminal.banner import status_line
from gradeline.show.terminal.words import WORDS as TERMINAL


def joined(parts: Iterable[str]) -> str:
    """Paragraphs of Markdown."""
    return "\n\n".join(part for part in parts if part)


def bullets(items: Iterable[tuple[str, Iterable[str]]]) -> str:
    """A line for each label that has something to say; every text is escaped."""
    lines = [f"- {label}: {plain('; '.join(said))}" for label, texts in items if (said := list(texts))]
    return "\n".join(lines)


def grade(recommendation: Recommendation, advice: Advice, occasion: Occasion) -> str:
    """The symbol with its words, what they ask of you, and the certainty apart."""
    scheme, language = advice.guideline.scheme, occasion.language
    kind = scheme.kind(recommendation.grade)
    name = plain(recommendation.name.in_(language))
    said = f"**{kind.symbol} {name}**: {plain(kind.name.in_(language))}. {plain(kind.meaning.in_(language))}"
    if recommendation.grade.certainty:
        level = scheme.certainties[recommendation.grade.certainty]
        certainty = f"{level.name.in_(language)} {level.symbol}"
        said += f" ({occasion.words['grade'].format(certainty=certainty)})"
    return said


def because(verdict: Verdict, advice: Advice, occasion: Occasion) -> str:
    """Why for this patient, what is missing, what to note, and which reading would change it."""
    reasons, words = Reasons(advice.view, occasion.language), occasion.words
    missing = dict.fromkeys(reasons.missing(verdict.applies) + reasons.missing(verdict.why))
    others = advice.otherwise(verdict)
    return bullets(
        [
            (words["because"], reasons.because(verdict.applies)),
            (words["if so"], dict.fromkeys(reasons.conditions(verdict.applies))),
            (words["missing"], missing),
            (words["caution"], (each.says.in_(occasion.language) for each in verdict.cautions)),
            (words["otherwise"], (each.alternative.says.in_(occasion.language) for each in others)),
        ]
    )


def gate_line(advice: Advice, occasion: Occasion) -> str:
    """What is known of warning signs, in one line."""
    gate, words = advice.guideline.gate, TERMINAL[occasion.language]
    if gate is None or advice.view.episode is None or advice.gate.answer == "yes":
        return ""
    if advice.gate.answer == "no":
        return plain(words["asked"])
    reasons = Reasons(advice.view, occasion.language)
    signs = [words["possible sign"].format(sign=reasons.sign(each)) for each in advice.gate.possible]
    return plain(" ".join(signs or [words["not asked"]]))


def foot(advice: Advice, occasion: Occasion) -> str:
    """What was not read, how new the data are, whether the guideline is in force, who adopted it, what it is not."""
    return " ".join(foot_parts(advice, occasion))


def foot_parts(advice: Advice, occasion: Occasion) -> Iterator[str]:
    """The sentences of the foot."""
    words, language = occasion.words, occasion.language
    if occasion.unread:
        yield f"**{plain(words['not read'].format(keys=', '.join(occasion.unread)))}**"
    newest = newest_day((fact.known for fact in advice.record.facts), advice.on)
    yield plain(words["newest"].format(day=written(newest, language) if newest else words["none"]))
    yield plain(status_line(advice.guideline, language))
    if occasion.adoption:
        yield plain(occasion.adoption.says(language))
    yield plain(words["encoding"].format(version=advice.guideline.encoding.version))
    yield plain(notice(advice.guideline, language))
