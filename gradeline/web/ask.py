"""The ask page: one question at a time, what was answered, and what follows so far."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gradeline.dates import Interval
from gradeline.evaluate.dialogue import Dialogue
from gradeline.model.words import Language
from gradeline.plan.plan import Plan
from gradeline.show.content.words import Words
from gradeline.web.advice import Shown, shown
from gradeline.web.parts.question import Asking, Question, adult, given
from gradeline.web.parts.roles import Role
from gradeline.web.texts.conversation import conversation
from gradeline.web.texts.note import record_note
from gradeline.web.texts.referral import referral

WEEKS = re.compile(r"(\d{1,2})w")
YES_NO = ("yes", "no")
FIELD = "a."


@dataclass(frozen=True)
class AskPage:
    """Everything that the ask page says."""

    question: Question | None
    signs: tuple[Words, ...]
    """Every group of warning signs, on the first question: who has asked them all may say so at once."""
    answers: tuple[tuple[str, Words, str], ...]
    advice: Shown
    texts: tuple[tuple[str, str], ...]
    """What can be copied, each with the key of its label."""
    share: str
    """What stands behind `#` in a link: yes, no and weeks alone."""


def ask(dialogue: Dialogue, language: Language, role: Role) -> AskPage:
    """The page for a dialogue as far as it has come."""
    asking = Asking(dialogue, language)
    prompt = dialogue.next
    groups = [each.group for each in dialogue.plan.groups]
    fresh = prompt is not None and bool(groups) and prompt.id == groups[0].id
    return AskPage(
        asking.question(prompt) if prompt else None,
        tuple(Words(each.ask.in_(language), language) for each in groups) if fresh else (),
        tuple(given(dialogue, language)),
        shown(dialogue.advice, language, role),
        tuple(texts(dialogue, language)),
        "&".join(f"{key}={text}" for key, text in shared(dialogue)),
    )


def texts(dialogue: Dialogue, language: Language) -> Iterator[tuple[str, str]]:
    """A note for the record, a referral, a summary for the patient; none before anything is answered."""
    if dialogue.answers:
        found = {"note": record_note, "referral": referral, "conversation": conversation}
        for key, make in found.items():
            text = make(dialogue.advice, language)
            if text:
                yield key, text


def shared(dialogue: Dialogue) -> Iterator[tuple[str, str]]:
    """The answers that a link may hold: yes and no, and the onset in whole weeks; never a number, a day or a name."""
    for key, text in dialogue.answers.items():
        word = text.split(" ")[0].lower()
        if key == "onset":
            episode = dialogue.advice.view.episode
            if episode and episode.given:
                yield key, f"{weeks(episode.onset, dialogue.on)}w"
        elif key == "birth" and (text.endswith("+") or text.startswith("<")):
            yield "adult", "yes" if text.endswith("+") else "no"
        elif word in YES_NO:
            yield key, word


def weeks(onset: Interval, on: int) -> int:
    """How many weeks ago the middle of an onset lies, to the nearest: "about" so many holds the day."""
    return min(99, (on - (onset.first + onset.last) // 2 + 3) // 7)


def unshared(plan: Plan, text: str) -> dict[str, str]:
    """The answers of a link; what is neither yes, no nor weeks is left out."""
    found: dict[str, str] = {}
    for pair in text[:2000].split("&"):
        key, _, value = pair.partition("=")
        limit, counted = adult(plan), WEEKS.fullmatch(value)
        if key == "onset" and counted:
            found[key] = f"about {counted[1]} weeks ago"
        elif key == "adult" and limit and value in YES_NO:
            years = limit.months // 12
            found["birth"] = f"{years}+" if value == "yes" else f"<{years}"
        elif key in plan.guideline.terms or key in {each.group.id for each in plan.groups}:
            found |= {key: value} if value in YES_NO else {}
    return found


def answers(form: Mapping[str, str], known: list[str]) -> dict[str, str]:
    """The answers that a form carries, in their order; their fields have a name apart, so that none takes another's."""
    return {key: text[:200] for key in map(field, form) if key in known and (text := form[f"{FIELD}{key}"])}


def field(name: str) -> str:
    """The key of an answer by the name of its field."""
    return name.removeprefix(FIELD) if name.startswith(FIELD) else ""
