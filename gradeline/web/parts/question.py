"""A question as a page asks it: its words, the answers as buttons, and where it stands in the conversation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from gradeline.dates import Duration
from gradeline.evaluate.dialogue import Dialogue, Prompt
from gradeline.evaluate.dialogue.dialogue import kind
from gradeline.model.criteria import Comparison
from gradeline.model.guideline import Term
from gradeline.model.words import Language, written_span
from gradeline.plan.leaves import rows_in
from gradeline.plan.plan import Plan
from gradeline.show.content.words import Words, words_in
from gradeline.web.words import WORDS

FEW = 11
"""A score of so many whole steps is answered by buttons."""
WEEKS = (1, 2, 3, 4, 6, 8, 10, 12)


@dataclass(frozen=True)
class Choice:
    """One answer as a button: what is sent, and what stands on it."""

    value: str
    label: str
    kind: str = ""


@dataclass(frozen=True)
class Question:
    """One question: its choices, and a field where an answer may be written."""

    id: str
    ask: Words
    step: str
    choices: tuple[Choice, ...]
    field: str = ""
    """The kind of field: text or number; empty where the choices are enough."""
    label: str = ""
    hint: str = ""
    lowest: float = 0
    highest: float = 0
    dated: bool = False
    """Whether the day may be said too."""
    narrow: bool = False
    """Whether its choices are short, as numbers are."""
    settles: str = ""


class Asking:
    """The questions of one dialogue in one language."""

    def __init__(self, dialogue: Dialogue, language: Language) -> None:
        self.dialogue, self.language = dialogue, language
        self.plan, self.words = dialogue.plan, WORDS[language]

    def question(self, prompt: Prompt) -> Question:
        """A question with everything that can be answered, and how much it could settle."""
        settles = self.words["settles"].format(n=prompt.settles, of=prompt.of) if prompt.settles else ""
        return replace(self.answerable(prompt), settles=settles)

    def answerable(self, prompt: Prompt) -> Question:
        """A question with its choices."""
        ask, step = words_in(prompt.ask, self.language), self.step(prompt)
        unknown = Choice("unknown", self.words["don't know"], "unknown")
        if prompt.answer == "birth":
            return self.age(prompt, ask, step, unknown)
        if prompt.answer == "day":
            choices = (*self.weeks(), unknown)
            return Question(prompt.id, ask, step, choices, "text", self.words["when"], self.words["when hint"])
        if prompt.answer == "value":
            return self.value(prompt, ask, step, unknown)
        found = {"sex": ("female", "male"), "action": ("yes", "no", "ordered", "declined")}.get(prompt.answer)
        choices = tuple(Choice(each, self.words[each], each) for each in found or ("yes", "no"))
        return Question(prompt.id, ask, step, (*choices, unknown), dated=prompt.answer == "action")

    def step(self, prompt: Prompt) -> str:
        """Where it stands: among the warning signs, among whom the guideline is for, or what it could settle."""
        groups = [each.group.id for each in self.plan.groups]
        if prompt.id in groups:
            return self.words["step gate"].format(n=groups.index(prompt.id) + 1, of=len(groups))
        if prompt.id in population(self.plan):
            return self.words["step population"]
        return self.words["step settles" if prompt.settles else "step more"].format(n=prompt.settles, of=prompt.of)

    def age(self, prompt: Prompt, ask: Words, step: str, unknown: Choice) -> Question:
        """One limit is a yes or no; where there are more, the age in years."""
        limit = adult(self.plan)
        if limit is None:
            label = self.words["age"]
            return Question(prompt.id, ask, step, (unknown,), "number", label, highest=130)
        over = Words(self.words["ask adult"].format(span=written_span(limit, self.language)), self.language)
        years = limit.months // 12
        yes, no = Choice(f"{years}+", self.words["yes"], "yes"), Choice(f"<{years}", self.words["no"], "no")
        return Question(prompt.id, over, step, (yes, no, unknown))

    def weeks(self) -> Iterator[Choice]:
        """How long ago, in the words that people use."""
        yield Choice("about 3 days ago", self.words["days ago"])
        for n in WEEKS:
            yield Choice(f"about {n} weeks ago", self.words["week ago" if n == 1 else "weeks ago"].format(n=n))
        yield Choice("about 4 months ago", self.words["longer"])

    def value(self, prompt: Prompt, ask: Words, step: str, unknown: Choice) -> Question:
        """A score by its numbers, else a number in its unit."""
        term: Term = self.plan.guideline.terms[prompt.id]
        scale = term.scale
        label = self.words["number"]
        if scale and scale.highest - scale.lowest < FEW and scale.lowest == int(scale.lowest):
            steps = range(int(scale.lowest), int(scale.highest) + 1)
            choices = (*(Choice(str(n), str(n), "number") for n in steps), unknown)
            return Question(prompt.id, ask, step, choices, dated=True, narrow=True)
        unit = "" if term.unit in (None, "{score}", "1") else str(term.unit)
        lowest, highest = (scale.lowest, scale.highest) if scale else (0, 0)
        return Question(prompt.id, ask, step, (unknown,), "number", label, unit, lowest, highest, dated=True)


def population(plan: Plan) -> set[str]:
    """The keys that decide whether the guideline is about the patient."""
    keys = {"age": "birth", "sex": "sex", "onset": "onset", "episode": "onset"}
    rows = [plan.rows[row] for row in (*rows_in(plan.population), *(rows_in(plan.confirm) if plan.confirm else ()))]
    return {keys.get(row.shape, row.term) for row in rows} | {plan.guideline.index.term}


def adult(plan: Plan) -> Duration | None:
    """The one least age of a guideline in whole years, where there is no other question of age."""
    rows = [plan.rows[row] for row in rows_in(plan.population)]
    limits = {(row.span, row.compare) for row in rows if row.shape == "age"}
    if len(limits) != 1:
        return None
    span, compare = limits.pop()
    return span if span and compare is Comparison.AT_LEAST and span.months % 12 == 0 and not span.days else None


def given(dialogue: Dialogue, language: Language) -> list[tuple[str, Words, str]]:
    """What has been answered: each key with its question and the answer in words."""
    asking = Asking(dialogue, language)
    return [(key, asked(dialogue, key, language), said(asking, key, text)) for key, text in dialogue.answers.items()]


def asked(dialogue: Dialogue, key: str, language: Language) -> Words:
    """The words that a question was asked in, briefly."""
    plan, guideline = dialogue.plan, dialogue.plan.guideline
    group = next((each.group for each in plan.groups if each.group.id == key), None)
    if group:
        return words_in(group.ask, language)
    if key == "onset":
        return words_in(guideline.index.onset_ask, language) if guideline.index.onset_ask else Words("", language)
    if key in ("birth", "sex"):
        limit = adult(plan)
        words = WORDS[language]
        text = words["sex"] if key == "sex" else words["age"]
        return Words(
            words["ask adult"].format(span=written_span(limit, language)) if limit and key == "birth" else text,
            language,
        )
    term = guideline.terms[key]
    return words_in(term.ask or term.name, language)


def said(asking: Asking, key: str, text: str) -> str:
    """An answer in the words of its button, else as it was written."""
    words = asking.words
    known: Mapping[str, str] = {each.value: each.label for each in asking.weeks()}
    if key == "birth" and text[-1:] == "+":
        return words["yes"]
    if key == "birth" and text[:1] == "<":
        return words["no"]
    head, _, day = text.partition(" ")
    if text in known:
        return known[text]
    if head in ("yes", "no", "ordered", "declined", "unknown", "female", "male"):
        label = words["don't know" if head == "unknown" else head]
        return f"{label}, {day}" if day else label
    return text


def answer(sent: Mapping[str, str]) -> str:
    """What a form answers: what is written, else the button, with the day where one is said."""
    written = sent.get("text", "").strip()
    text, day = written or sent.get("answer", "").strip(), sent.get("day", "").strip()
    return f"{text} {day}" if text and day and text != "unknown" else text


@dataclass(frozen=True)
class Unread:
    """An answer that could not be read, and how to write it."""

    what: str
    cure: str
    lang: Language


def unread(plan: Plan, key: str, text: str, language: Language) -> Unread:
    """What is said of such an answer, in the words of the page."""
    words, answer = WORDS[language], kind(plan, key)
    term = plan.guideline.terms.get(key)
    scale = term.scale if term else None
    cure = words["write " + answer] if f"write {answer}" in words else words["write yes or no"]
    if scale:
        cure = words["write score"].format(lowest=f"{scale.lowest:g}", highest=f"{scale.highest:g}")
    return Unread(words["unread"].format(text=text[:60]), cure, language)
