"""Criteria as outlines: a list reads better than brackets once there are an `and` and an `or` in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gradeline.evaluate.words.sentences import Sentences
from gradeline.model.criteria import All, AnyOf, AtLeast, Criterion, Latest, Named, Not, Persisting, Recorded
from gradeline.model.forms import Avoid, ByATime, Do, Either, Form, InsteadOf, NotRoutine, Together
from gradeline.model.guideline import Guideline, Recommendation, children
from gradeline.model.words import Language

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "all": "all of these",
        "any": "any one of these",
        "at least": "at least {n} of these",
        "not": "not so",
        "absence": " (if nothing is recorded: {answer})",
        "yes": "yes",
        "no": "no",
        "unknown": "unknown",
        "not routine": "no {a} as a routine: only for a reason that is recorded by the day of the order",
        "no reason": "any reason that is recorded; the guideline names none",
    },
    "da": {
        "all": "alle disse",
        "any": "en af disse",
        "at least": "mindst {n} af disse",
        "not": "ikke sådan",
        "absence": " (hvis intet er noteret: {answer})",
        "yes": "ja",
        "no": "nej",
        "unknown": "ukendt",
        "not routine": "ikke {a} som rutine: kun med en grund, der er journalført senest på bestillingsdagen",
        "no reason": "enhver grund, der er journalført; retningslinjen nævner ingen",
    },
}


@dataclass(frozen=True)
class Outline:
    """A criterion as a sentence; what is made of others has them below itself."""

    says: str
    of: tuple[Outline, ...] = ()


def outline(criterion: Criterion, sentences: Sentences) -> Outline:
    """A criterion with its parts below it, each named criterion opened."""
    words = WORDS[sentences.language]
    match opened(criterion, sentences.guideline):
        case All() as node:
            return Outline(words["all"], tuple(outline(each, sentences) for each in flat(node, sentences.guideline)))
        case AnyOf() as node:
            return Outline(words["any"], tuple(outline(each, sentences) for each in flat(node, sentences.guideline)))
        case AtLeast(n, of):
            return Outline(words["at least"].format(n=n), tuple(outline(each, sentences) for each in of))
        case Not(of) if children(opened(of, sentences.guideline)):
            return Outline(words["not"], (outline(of, sentences),))
        case leaf:
            return Outline(sentences.say(leaf) + absence(leaf, words))


def absence(leaf: Criterion, words: dict[str, str]) -> str:
    """What it means that nothing is recorded, where the guideline says so itself."""
    declared = leaf.absence if isinstance(leaf, Recorded | Latest) else None
    return "" if declared is None else words["absence"].format(answer=words[declared.word])


def opened(criterion: Criterion, guideline: Guideline) -> Criterion:
    """What a name stands for; a list of one is that one."""
    while True:
        match criterion:
            case Named(name) if name in guideline.criteria:
                criterion = guideline.criteria[name]
            case All((only,)) | AnyOf((only,)):
                criterion = only
            case _:
                return criterion


def flat(node: All | AnyOf, guideline: Guideline) -> Iterator[Criterion]:
    """The parts of a list, those of a list of the same kind inside it among them."""
    for each in node.of:
        inner = opened(each, guideline)
        if isinstance(inner, type(node)):
            yield from flat(inner, guideline)
        else:
            yield inner


def asks(form: Form, sentences: Sentences) -> str:
    """What a recommendation asks, its reasons left to their own list."""
    if isinstance(form, NotRoutine):
        return WORDS[sentences.language]["not routine"].format(a=sentences.term(form.action))
    return sentences.form(form)


def reasons(form: Form, sentences: Sentences) -> Outline | None:
    """What counts as a reason, where a form asks for one."""
    if not isinstance(form, NotRoutine):
        return None
    if not form.unless:
        return Outline(WORDS[sentences.language]["no reason"])
    return outline(AnyOf(form.unless), sentences)


def terms_of(recommendation: Recommendation, guideline: Guideline) -> list[str]:
    """The terms that a recommendation speaks of: its actions first, then what its criteria look at."""
    form = recommendation.form
    criteria = [*(form.unless if isinstance(form, NotRoutine) else ()), *filter(None, [recommendation.when])]
    found = [*actions(form), *(term for each in criteria for term in terms_in(each, guideline))]
    return list(dict.fromkeys(found))


def actions(form: Form) -> tuple[str, ...]:
    """The terms of a form, in the order in which it names them."""
    match form:
        case Do(a) | NotRoutine(a) | Avoid(a) | ByATime(a):
            return (a,)
        case Either(of):
            return of
        case InsteadOf(a, b) | Together(a, b):
            return (a, b)
    raise AssertionError(form)


def terms_in(criterion: Criterion, guideline: Guideline) -> Iterator[str]:
    """The terms that a criterion looks at."""
    match opened(criterion, guideline):
        case Recorded(term) | Latest(term):
            yield term
        case Persisting(latest, _, despite):
            yield from filter(None, [latest.term, despite])
        case node:
            for each in children(node):
                yield from terms_in(each, guideline)
