"""A summary for the conversation with the patient: what can be chosen, how sure it is, what to look out for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradeline.evaluate.advice import Advice, Place, Verdict
from gradeline.logic import NO
from gradeline.model.grade import Direction
from gradeline.model.words import Language, written
from gradeline.plan.capture import DIALOGUE
from gradeline.show.content.signs import grade_words
from gradeline.show.terminal.advice import AdvicePage, source_title
from gradeline.show.terminal.sheet import Sheet
from gradeline.show.wording import status
from gradeline.web.words import WORDS

TALKED_OF = (Place.DUE, Place.CONSIDER, Place.IN_PLACE, Place.THINK_TWICE, Place.NOT_ROUTINE)


def conversation(advice: Advice, language: Language) -> str:
    """The text; empty where a warning sign stops everything, or where the guideline is about somebody else."""
    if advice.gate.answer == "yes" or advice.population.truth is NO:
        return ""
    return "\n".join(Conversation(advice, language).lines()) + "\n"


class Conversation:
    """One summary on its way to a patient."""

    def __init__(self, advice: Advice, language: Language) -> None:
        self.advice, self.language, self.words = advice, language, WORDS[language]
        self.guideline = advice.guideline
        self.page = AdvicePage(advice, language, Sheet(plain=True))

    def lines(self) -> Iterator[str]:
        """What it is about, what can be chosen, what is not usual, when to seek help, where it is from."""
        title = self.guideline.title.in_(self.language)
        yield self.words["talk about"].format(title=title, day=written(self.advice.on, self.language))
        found = [each for each in self.advice.recommendations if self.talked_of(each)]
        for word, direction in (("talk for", Direction.FOR), ("talk against", Direction.AGAINST)):
            some = [each for each in found if each.recommendation.grade.direction is direction]
            if some:
                yield ""
                yield self.words[word]
                yield from map(self.line, some)
        yield from self.meanings(found)
        yield from self.help()
        yield ""
        yield self.source()

    def talked_of(self, verdict: Verdict) -> bool:
        """What applies or may apply; of a record, what cannot be told is left for the clinician to ask."""
        asked = self.advice.plan.captures is DIALOGUE and verdict.place is Place.CANNOT_TELL
        return verdict.place in TALKED_OF or asked

    def line(self, verdict: Verdict) -> str:
        """One recommendation: its name, how strong and how sure it is, what was said for it, when it is due."""
        each = verdict.recommendation
        grade = grade_words(self.guideline.scheme, each.grade, self.language).rstrip(" ⊕○")
        remark = self.page.remark(verdict)
        name = f"{each.name.in_(self.language)} ({'; '.join(filter(None, [remark, grade]))})"
        due = [f"{self.page.due_words(verdict.due, 'due')}."] if verdict.due and verdict.due > self.advice.on else []
        caveat = [each.caveat.in_(self.language)] if each.when is not None and each.caveat else []
        return "- " + " ".join([f"{name}.", *due, *caveat, each.why.in_(self.language)])

    def meanings(self, found: Sequence[Verdict]) -> Iterator[str]:
        """What the words of the grades mean, each once."""
        scheme = self.guideline.scheme
        grades = [each.recommendation.grade for each in found]
        kinds = dict.fromkeys(scheme.kind(each) for each in grades)
        levels = dict.fromkeys(each.certainty for each in grades if each.certainty)
        if kinds:
            yield ""
            yield self.words["talk words"]
            yield from (f"- {each.name.in_(self.language)}: {each.meaning.in_(self.language)}" for each in kinds)
            for level in sorted(levels, reverse=True):
                wording = scheme.certainties[level]
                name = self.words["certainty"].format(level=wording.name.in_(self.language))
                yield f"- {name}: {wording.meaning.in_(self.language)}"

    def help(self) -> Iterator[str]:
        """The warning signs, as what to seek help for at once."""
        gate = self.guideline.gate
        if gate:
            yield ""
            yield self.words["talk help"].format(source=source_title(self.guideline, gate.source))
            yield from (f"- {group.ask.in_(self.language).rstrip('?')}" for group in gate.groups)

    def source(self) -> str:
        """Whose advice it is, and whether it is in force."""
        publisher = self.guideline.publisher.name.in_(self.language)
        said = "".join(f" {says}." for says, _ in status(self.guideline, self.language))
        return self.words["talk source"].format(publisher=publisher, status=said)
