"""Advice as a page shows it: the gate first, then groups in the clinician's order, each with its reasons in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gradeline.dates import Day
from gradeline.evaluate.advice import Advice, Place, Verdict
from gradeline.evaluate.advice.together import together
from gradeline.evaluate.answer import Answer
from gradeline.evaluate.words.plain import notice
from gradeline.evaluate.words.reasons import Reasons
from gradeline.logic import UNKNOWN
from gradeline.model.grade import Direction
from gradeline.model.words import Language, written, written_span
from gradeline.plan.capture import DIALOGUE
from gradeline.show.terminal.advice import OLD, AdvicePage, newest_day, source_title
from gradeline.show.terminal.sheet import Sheet
from gradeline.show.terminal.words import WORDS as SHOWN
from gradeline.show.terminal.words import days
from gradeline.web.parts.items import Item, item
from gradeline.web.parts.roles import Role, rank
from gradeline.web.words import WORDS

ORDER: tuple[str, ...] = (
    "overdue",
    "due",
    "think twice",
    "to consider",
    "say for",
    "in place",
    "for a reason",
    "not as a routine, and none recorded",
    "say against",
    "if it persists",
    "cannot tell yet",
    "time passed",
    "does not apply",
)
"""The headings in the clinician's order; `say …` and `if it persists` stand where nobody has said what was done."""
CLOSED = ("time passed", "does not apply")


@dataclass(frozen=True)
class Gate:
    """The line on warning signs: what was asked, what may be there, what has not been asked, and whose words it is."""

    kind: str
    says: tuple[str, ...]
    asks: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Group:
    """Recommendations that stand under one heading."""

    id: str
    heading: str
    clusters: tuple[tuple[str, tuple[Item, ...]], ...]
    """Those that one act can answer stand together, and a line says so."""
    closed: bool


@dataclass(frozen=True)
class Shown:
    """One advice in the words of one language."""

    who: str
    day: str
    since: str
    gate: Gate | None
    stop: str
    applies: str
    """yes, no or unknown: whether the guideline is about this patient."""
    because: tuple[str, ...]
    conditions: tuple[str, ...]
    groups: tuple[Group, ...]
    remarks: tuple[str, ...]
    unused: tuple[tuple[str, str, int], ...]
    notice: str

    @property
    def count(self) -> int:
        """How many recommendations speak of the patient."""
        return sum(len(items) for group in self.groups if not group.closed for _, items in group.clusters)


def shown(advice: Advice, language: Language, role: Role = "general-practitioner") -> Shown:
    """An advice as a page shows it."""
    return Showing(advice, language, role).all()


class Showing:
    """One advice on its way to a page."""

    def __init__(self, advice: Advice, language: Language, role: Role) -> None:
        self.advice, self.language, self.role = advice, language, role
        self.asking = advice.plan.captures is DIALOGUE
        self.words, self.terminal = WORDS[language], SHOWN[language]
        self.reasons = Reasons(advice.view, language)
        self.page = AdvicePage(advice, language, Sheet(plain=True))

    def all(self) -> Shown:
        """Everything that the page says."""
        advice = self.advice
        record = advice.record
        return Shown(
            who=self.who(),
            day=written(advice.on, self.language, weekday=True),
            since=self.page.since(),
            gate=self.gate(),
            stop=advice.guideline.gate.stop.in_(self.language) if advice.guideline.gate else "",
            applies=advice.population.truth.word,
            because=tuple(self.because()),
            conditions=tuple(dict.fromkeys(self.reasons.conditions(advice.population))),
            groups=tuple(self.groups()),
            remarks=tuple(self.remarks()),
            unused=tuple((type, reason, n) for (type, reason), n in (record.unused + record.unread).most_common()),
            notice=notice(advice.guideline, self.language),
        )

    def because(self) -> list[str]:
        """Why the guideline is about the patient or not; an episode that is made of answers alone says nothing."""
        answer, rows = self.advice.population, self.advice.plan.rows
        told = [each for each in answer.because if not (self.asking and rows[each.row].shape == "episode")]
        return self.reasons.because(Answer(answer.truth, tuple(told)))

    def who(self) -> str:
        """Sex and age, as far as they are known; never a name."""
        patient = self.advice.record.patient
        sex = self.terminal[str(patient.sex)]
        return f"{sex}, {self.reasons.age()}" if patient.birth else f"{sex}, {self.terminal['age unknown']}"

    def gate(self) -> Gate | None:
        """What stands before all advice."""
        gate, guideline = self.advice.gate, self.advice.guideline
        if guideline.gate is None:
            return None
        source = self.terminal["not guideline"].format(source=source_title(guideline, guideline.gate.source))
        asks = tuple(each.ask.in_(self.language) for each in gate.unasked)
        if gate.answer == "yes":
            signs = [each.group.ask.in_(self.language).rstrip("?") for each in gate.signs]
            return Gate("stop", tuple(signs if self.asking else map(self.reasons.sign, gate.signs)), (), source)
        if gate.answer == "no":
            return Gate("asked", (self.terminal["asked"],), (), source)
        said = [self.terminal["possible sign"].format(sign=self.reasons.sign(each)) for each in gate.possible]
        return Gate("possible" if said else "unasked", tuple(said or [self.terminal["not asked"]]), asks, source)

    def groups(self) -> Iterator[Group]:
        """The recommendations under their headings, within each in the order of the role."""
        order = rank(self.advice.guideline, self.role)
        verdicts = sorted(self.advice.recommendations, key=lambda each: order[each.recommendation.id])
        for id in ORDER:
            found = [each for each in verdicts if self.heading(each) == id]
            for part in [[each] for each in found] if id in ("due", "overdue") else [found] if found else []:
                yield self.group(id, part)

    def group(self, id: str, verdicts: Sequence[Verdict]) -> Group:
        """One heading with what stands below it."""
        due = verdicts[0].due
        if id in ("due", "overdue"):
            heading = self.due(due)
        else:
            heading = self.words.get(f"place {id}") or self.terminal[id].format(n=len(verdicts))
        name = f"{id} {verdicts[0].recommendation.id}" if id in ("due", "overdue") else id
        return Group(name.replace(",", "").replace(" ", "-"), heading, tuple(self.clusters(id, verdicts)), id in CLOSED)

    def clusters(self, id: str, verdicts: Sequence[Verdict]) -> Iterator[tuple[str, tuple[Item, ...]]]:
        """Verdicts in their order, those that one act can answer together; of what nobody has said nothing is known."""
        untold = id.startswith("say ") or id in CLOSED
        for group in [[each] for each in verdicts] if untold else together(self.advice.plan, verdicts):
            lead = self.words["one act"].format(n=len(group)) if len(group) > 1 else ""
            yield lead, tuple(item(each, self.advice, self.reasons, self.page) for each in group)

    def heading(self, verdict: Verdict) -> str:
        """Under which heading it stands: its place, or, where nobody has said what was done, what it says."""
        if verdict.place is Place.DUE:
            return "overdue" if verdict.due and verdict.due < self.advice.on else "due"
        if verdict.practice == "justified" and verdict.place is Place.IN_PLACE:
            return "for a reason"
        if verdict.place is not Place.CANNOT_TELL or not self.asking:
            return str(verdict.place.value)
        if self.own_condition(verdict):
            return "if it persists"
        return "say for" if verdict.recommendation.grade.direction is Direction.FOR else "say against"

    def own_condition(self, verdict: Verdict) -> bool:
        """Whether it is not yet known that its own condition holds, beyond the population's."""
        line = next(each for each in self.advice.plan.lines if each.recommendation is verdict.recommendation)
        return line.when is not None and self.advice.view.truth(line.when) is UNKNOWN

    def due(self, due: Day | None) -> str:
        """When something falls or fell due."""
        if due is None:
            span = written_span(self.advice.plan.period, self.language)
            return self.terminal["due unknown"].format(span=span)
        on = self.advice.on
        return self.page.due_words(due, "overdue" if due < on else "due today" if due == on else "due")

    def remarks(self) -> Iterator[str]:
        """What the reader should know of the record."""
        view, record, on = self.advice.view, self.advice.record, self.advice.on
        for other in view.others:
            yield self.terminal["another"].format(day=self.reasons.day(other.first))
        if view.episode and view.episode.conflict:
            yield self.terminal["conflict"]
        newest = newest_day((fact.known for fact in record.facts), on)
        if newest and on - newest > OLD:
            yield self.words["stale"].format(days=days(on - newest, self.language))
