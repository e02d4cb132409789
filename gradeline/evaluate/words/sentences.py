"""Criteria as sentences, in the order of `criteria.py`: what a clinician reads to check the logic."""

from __future__ import annotations

from gradeline.dates import Duration
from gradeline.model.criteria import (
    Age,
    All,
    Amount,
    AnyOf,
    AtLeast,
    Criterion,
    Latest,
    Named,
    Not,
    Onset,
    Persisting,
    Recorded,
    Sex,
    Window,
)
from gradeline.model.forms import Avoid, ByATime, Do, Either, Form, InsteadOf, NotRoutine, Together
from gradeline.model.guideline import Guideline
from gradeline.model.words import Language, written_span
from gradeline.quantity import Quantity

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "at least": "at least",
        "over": "over",
        "at most": "at most",
        "under": "under",
        "age": "aged {compare} {years}",
        "female": "female",
        "male": "male",
        "onset": "onset {compare} {span} ago",
        "recorded": "{term}{doing}{by}{times}{window}",
        "planned": " planned",
        "done": " done",
        "planned or done": "",
        "by": " by {by}",
        "times": " on at least {n} days",
        "is": "the newest {term} is {compare} {limit}{window}",
        "one of": "the newest {term} is one of {values}{window}",
        "for": "{latest}, and was so for at least {span}",
        "despite": ", despite {term} begun before",
        "and": " and ",
        "or": " or ",
        "not": "not ({of})",
        "at least n": "at least {n} of: {of}",
        "back": " within the last {span}",
        "ever": " ever",
        "within": " within {span} of the onset",
        "from": " from {span} before the onset",
        "after": " from {span} after the onset",
        "episode": "",
        "do": "{a}",
        "either": "{any}",
        "instead of": "{a} instead of {c}",
        "together": "{a} together with {b}",
        "not routine": "no {a} as a routine, unless {reasons}",
        "no reason": "a reason is recorded",
        "avoid": "no {a}",
        "by a time": "{a} done within {span} of the onset",
        "warning sign": "a warning sign",
    },
    "da": {
        "at least": "mindst",
        "over": "over",
        "at most": "højst",
        "under": "under",
        "age": "alder {compare} {years}",
        "female": "kvinde",
        "male": "mand",
        "onset": "begyndt for {compare} {span} siden",
        "recorded": "{term}{doing}{by}{times}{window}",
        "planned": " planlagt",
        "done": " udført",
        "planned or done": "",
        "by": " ved {by}",
        "times": " på mindst {n} dage",
        "is": "den nyeste {term} er {compare} {limit}{window}",
        "one of": "den nyeste {term} er en af {values}{window}",
        "for": "{latest}, og har været det i mindst {span}",
        "despite": ", trods {term} begyndt forinden",
        "and": " og ",
        "or": " eller ",
        "not": "ikke ({of})",
        "at least n": "mindst {n} af: {of}",
        "back": " inden for de seneste {span}",
        "ever": " nogensinde",
        "within": " inden for {span} efter begyndelsen",
        "from": " fra {span} før begyndelsen",
        "after": " fra {span} efter begyndelsen",
        "episode": "",
        "do": "{a}",
        "either": "{any}",
        "instead of": "{a} frem for {c}",
        "together": "{a} sammen med {b}",
        "not routine": "ikke {a} som rutine, medmindre {reasons}",
        "no reason": "en grund er noteret",
        "avoid": "ikke {a}",
        "by a time": "{a} udført inden for {span} efter begyndelsen",
        "warning sign": "et faresignal",
    },
}


class Sentences:
    """The words of one guideline's logic in one language."""

    def __init__(self, guideline: Guideline, language: Language) -> None:
        self.guideline, self.language = guideline, language
        self.words = WORDS[language]

    def term(self, id: str) -> str:
        """A term by its name, as it stands inside a sentence."""
        return inside(self.guideline.terms[id].name.in_(self.language))

    def span(self, span: Duration) -> str:
        """A length of time."""
        return written_span(span, self.language)

    def amount(self, amount: Amount | None) -> str:
        """A limit with its unit."""
        return amount_written(self.guideline.amount(amount)) if amount else ""

    def say(self, criterion: Criterion) -> str:
        """A criterion in words."""
        words, duration = self.words, self.guideline.duration
        match criterion:
            case Age(compare, years):
                return words["age"].format(compare=words[compare.value], years=self.span(duration(years)))
            case Sex(is_):
                return words[is_]
            case Onset(compare, ago):
                return words["onset"].format(compare=words[compare.value], span=self.span(duration(ago)))
            case Recorded():
                return self.recorded(criterion)
            case Latest():
                return self.latest(criterion)
            case Persisting(latest, span, despite):
                said = words["for"].format(latest=self.latest(latest), span=self.span(duration(span)))
                return said + (words["despite"].format(term=self.term(despite)) if despite else "")
        return self.branch(criterion)

    def branch(self, criterion: Criterion) -> str:
        """What is made of other criteria, in brackets where it must be."""
        match criterion:
            case All(of):
                return self.words["and"].join(self.bracketed(each) for each in of)
            case AnyOf(of):
                return self.words["or"].join(self.bracketed(each) for each in of)
            case Not(of):
                return self.words["not"].format(of=self.say(of))
            case AtLeast(n, of):
                return self.words["at least n"].format(n=n, of="; ".join(map(self.say, of)))
            case Named(name) if name in self.guideline.criteria:
                return self.say(self.guideline.criteria[name])
        return self.words["warning sign"]

    def bracketed(self, criterion: Criterion) -> str:
        """A criterion inside another: brackets around what itself has an `and` or an `or`."""
        while isinstance(criterion, Named) and criterion.name in self.guideline.criteria:
            criterion = self.guideline.criteria[criterion.name]
        said = self.say(criterion)
        return f"({said})" if isinstance(criterion, All | AnyOf | AtLeast) else said

    def recorded(self, node: Recorded) -> str:
        """A term recorded, with its window."""
        return self.words["recorded"].format(
            term=self.term(node.term),
            doing=self.words[node.doing],
            by=self.words["by"].format(by=node.by) if node.by else "",
            times=self.words["times"].format(n=node.times) if node.times > 1 else "",
            window=self.window(node.window),
        )

    def latest(self, node: Latest) -> str:
        """The newest value against its limit or its list."""
        term, window = self.term(node.term), self.window(node.window)
        if node.compare is None:
            values = ", ".join(each.removeprefix("own:").replace("-", " ") for each in node.one_of)
            return self.words["one of"].format(term=term, values=values, window=window)
        compare = self.words[node.compare.value]
        return self.words["is"].format(term=term, compare=compare, limit=self.amount(node.limit), window=window)

    def window(self, window: Window) -> str:
        """A window; the episode goes without saying."""
        found = [self._part("back", window.back), self._part("within", window.stop)]
        start = None if window.start is None else self.guideline.duration(window.start)
        if start is not None and start < Duration():
            found.append(self._part("from", -start))
        elif start is not None and start > Duration():
            found.append(self._part("after", start))
        return "".join(found) or ("" if start is not None else self.words["ever"])

    def _part(self, word: str, span: object) -> str:
        if span is None:
            return ""
        return self.words[word].format(span=self.span(self.guideline.duration(span)))  # type: ignore[arg-type]

    def form(self, form: Form) -> str:
        """What a recommendation asks, in words."""
        word, term = self.words[form.words], self.term
        match form:
            case Do(a) | Avoid(a):
                return word.format(a=term(a))
            case Either(actions):
                return word.format(any=self.words["or"].join(map(term, actions)))
            case InsteadOf(a, c):
                return word.format(a=term(a), c=term(c))
            case Together(a, b):
                return word.format(a=term(a), b=term(b))
            case NotRoutine(a, unless):
                reasons = self.words["or"].join(map(self.bracketed, unless)) or self.words["no reason"]
                return word.format(a=term(a), reasons=reasons)
            case ByATime(a, within, _):
                return word.format(a=term(a), span=self.span(self.guideline.duration(within)))
        raise AssertionError(form)


def inside(name: str) -> str:
    """A name as it stands inside a sentence: its first letter small, unless it is an abbreviation.

    >>> inside("Supervised exercise"), inside("MRI of the lumbar spine")
    ('supervised exercise', 'MRI of the lumbar spine')
    """
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def amount_written(amount: Quantity) -> str:
    """A number with its unit; a plain score has none."""
    return f"{amount.value:g}" + ("" if amount.unit == "1" else f" {amount.unit}")
