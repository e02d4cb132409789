"""The card of a patient, at most one: a warning sign, else what is due, else the one question."""

from __future__ import annotations

from gradeline.evaluate.advice import Advice, Verdict
from gradeline.evaluate.advice.questions import Question
from gradeline.evaluate.words.reasons import Reasons
from gradeline.logic import NO, UNKNOWN, YES
from gradeline.model.forms import ByATime
from gradeline.model.grade import Strength
from gradeline.model.words import Text, written_span
from gradeline.show.cards import details
from gradeline.show.cards.building import QUESTION, SIGNS, Said, made
from gradeline.show.cards.card import LONGEST, Card, Indicator, Suggestion, short
from gradeline.show.cards.occasion import Occasion
from gradeline.show.cards.proposals import propose
from gradeline.show.cards.silence import because, filled
from gradeline.show.markdown import plain
from gradeline.show.terminal.advice import AdvicePage, short_kind
from gradeline.show.terminal.sheet import Sheet
from gradeline.show.terminal.words import WORDS as TERMINAL


def patient_card(advice: Advice, occasion: Occasion) -> Card | Text:
    """The one card for a patient, or in words why there is none."""
    if advice.view.episode is None:
        return filled("no episode")
    if advice.gate.answer == "yes":
        return stop_card(advice, occasion)
    due = [each for each in advice.due if each.applies.truth is YES]
    if any(each.due and each.due < advice.on for each in due):
        return due_card(min(due, key=lambda each: each.due or advice.on), advice, occasion)
    if advice.gate.possible:
        return possible_card(advice, occasion)
    if due:
        return due_card(min(due, key=lambda each: each.due or advice.on), advice, occasion)
    if advice.population.truth is NO:
        return filled("not about", because=because(advice))
    questions = advice.questions
    if questions and (questions[0].best or advice.population.truth is UNKNOWN):
        return question_card(questions[0], advice, occasion)
    return filled("nothing")


def stop_card(advice: Advice, occasion: Occasion, draft: str = "") -> Card:
    """The one message that stands in place of all advice."""
    gate = advice.guideline.gate
    assert gate
    reasons, language = Reasons(advice.view, occasion.language), occasion.language
    signs = "; ".join(reasons.sign(each) for each in advice.gate.signs)
    source = TERMINAL[language]["not guideline"].format(source=gate_source(advice))
    text = details.joined(
        [f"**{plain(signs)}**", plain(gate.stop.in_(language)), plain(source), details.foot(advice, occasion)]
    )
    room = LONGEST - len(occasion.words["stop"].format(signs=""))
    summary = occasion.words["stop"].format(signs=short(signs, room))
    return made(Said(SIGNS, summary, text, "warning"), advice, occasion, draft=draft)


def possible_card(advice: Advice, occasion: Occasion) -> Card:
    """A possible sign: its question leads."""
    found, language = advice.gate.possible[0], occasion.language
    sign = Reasons(advice.view, language).sign(found)
    source = TERMINAL[language]["not guideline"].format(source=gate_source(advice))
    text = details.joined([plain(found.group.ask.in_(language)), plain(source), details.foot(advice, occasion)])
    room = LONGEST - len(occasion.words["possible"].format(sign=""))
    summary = occasion.words["possible"].format(sign=short(sign, room))
    return made(Said(SIGNS, summary, text), advice, occasion)


def gate_source(advice: Advice) -> str:
    """Where the warning signs are from."""
    gate, sources = advice.guideline.gate, advice.guideline.sources
    return next((each.title for each in sources if gate and each.id == gate.source), gate.source if gate else "")


def due_card(verdict: Verdict, advice: Advice, occasion: Occasion) -> Card:
    """What falls due, or fell due, with a proposal to do it where nothing is booked."""
    recommendation, language = verdict.recommendation, occasion.language
    when = due_words(verdict, advice, occasion)
    kind = short_kind(advice.guideline.scheme.kind(recommendation.grade).name.in_(language))
    summary = short(occasion.words["due"].format(due=when, name=recommendation.name.in_(language), kind=kind))
    text = details.joined(
        [
            details.grade(recommendation, advice, occasion),
            plain(recommendation.says.in_(language)),
            f"**{plain(when)}**",
            details.because(verdict, advice, occasion),
            details.gate_line(advice, occasion),
            details.foot(advice, occasion),
        ]
    )
    said = Said(recommendation.id, summary, text, indicator(verdict, occasion))
    return made(said, advice, occasion, proposed(verdict, advice, occasion))


def due_words(verdict: Verdict, advice: Advice, occasion: Occasion) -> str:
    """When it falls or fell due; where the onset is not given, within how long of it."""
    due, on = verdict.due, advice.on
    if due is None:
        span = written_span(advice.plan.period, occasion.language)
        return TERMINAL[occasion.language]["due unknown"].format(span=span)
    word = "overdue" if due < on else "due today" if due == on else "due"
    return AdvicePage(advice, occasion.language, Sheet(plain=True)).due_words(due, word)


def proposed(verdict: Verdict, advice: Advice, occasion: Occasion) -> tuple[Suggestion, ...]:
    """A proposal to do what is due, where it is not booked already."""
    form = verdict.recommendation.form
    if not isinstance(form, ByATime) or verdict.booked:
        return ()
    return (propose(advice.guideline.terms[form.action], advice, occasion, occasion.words["propose"]),)


def question_card(question: Question, advice: Advice, occasion: Occasion) -> Card:
    """The one question that could settle most."""
    language, words = occasion.language, occasion.words
    ask = question.ask.in_(language)
    summary = words["question"].format(ask=ask)
    if len(summary) > LONGEST and question.id in advice.guideline.terms:
        summary = words["question short"].format(name=advice.guideline.terms[question.id].name.in_(language))
    settles = words["settles"].format(n=question.best, of=question.of) if question.best else ""
    reasons = Reasons(advice.view, language)
    conditions = dict.fromkeys(reasons.conditions(advice.population)) if advice.population.truth is UNKNOWN else ()
    text = details.joined(
        [
            f"**{plain(ask)}** {plain(settles)}".strip(),
            details.bullets([(words["because"], reasons.because(advice.population)), (words["if so"], conditions)]),
            details.gate_line(advice, occasion),
            details.foot(advice, occasion),
        ]
    )
    return made(Said(QUESTION, short(summary), text), advice, occasion)


def indicator(verdict: Verdict, occasion: Occasion) -> Indicator:
    """A warning only for a strong recommendation on complete data; all else informs."""
    strong = verdict.recommendation.grade.strength is Strength.STRONG
    sure = verdict.applies.truth is YES and not occasion.unread
    return "warning" if strong and sure else "info"
