"""Advice on the terminal: at most a screen for a typical patient, in the clinician's order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gradeline.dates import BEGINNING, Day, show
from gradeline.evaluate.advice import Advice, Place, Verdict
from gradeline.evaluate.advice.together import together
from gradeline.evaluate.words.plain import notice
from gradeline.evaluate.words.reasons import OLDEST, Reasons, age
from gradeline.logic import NO, UNKNOWN
from gradeline.model.guideline import Guideline
from gradeline.model.words import Language, written, written_span
from gradeline.show.terminal.banner import banner
from gradeline.show.terminal.explain import explain
from gradeline.show.terminal.sheet import Sheet
from gradeline.show.terminal.timeline import timeline
from gradeline.show.terminal.words import WORDS, days

FIRST_ASKED = 2
"""How many groups of warning signs are asked about on the page; the dialogue asks about all."""
OLD = 90
"""A record whose newest fact is older than this many days is said to be old."""
REASONED = (Place.DUE, Place.THINK_TWICE)
"""Where the reason is shown without being asked for."""
NAMED = (Place.CANNOT_TELL, Place.TIME_PASSED, Place.NOT_FOR)
"""Where the names are enough."""


class AdvicePage:
    """One advice on its way to the terminal."""

    def __init__(self, advice: Advice, language: Language, sheet: Sheet, explained: bool = False) -> None:
        self.advice, self.language, self.sheet, self.explained = advice, language, sheet, explained
        self.words = WORDS[language]
        self.reasons = Reasons(advice.view, language)

    def write(self) -> str:
        """The whole page."""
        banner(self.sheet, self.advice.guideline, self.language)
        self.person()
        if self.advice.gate.answer == "yes":
            self.stop()
        else:
            self.overdue()
            if self.advice.view.episode:
                self.gate()
            self.body()
        self.remarks()
        return str(self.sheet)

    def person(self) -> None:
        """Who, which day, and how far into the episode; then the line of the twelve weeks."""
        patient, on = self.advice.record.patient, self.advice.on
        years = self.words["age unknown"]
        if patient.birth:
            first, last = age(patient.birth, on)
            years = str(first) if first == last else f"{first}+" if last >= OLDEST else f"{first}-{last}"
        self.sheet.gap()
        who = f"{self.words[str(patient.sex)]}, {years}"
        self.sheet.say("    ".join([who, written(on, self.language, weekday=True), self.since()]))
        timeline(self.sheet, self.advice, self.reasons)

    def since(self) -> str:
        """How long ago it began."""
        episode, on = self.advice.view.episode, self.advice.on
        if episode is None:
            return self.words["no episode"]
        onset = self.reasons.day(episode.onset)
        if not episode.given:
            return self.words["onset at the latest"].format(onset=self.reasons.day(episode.onset.last))
        if not episode.onset.exact:
            return self.words["onset"].format(onset=onset)
        last = self.advice.view.limit(self.advice.plan.period).first - episode.onset.first
        return self.words["day"].format(day=on - episode.onset.first, period=last, onset=onset)

    def stop(self) -> None:
        """The one message that stands in place of all advice."""
        gate = self.advice.guideline.gate
        assert gate
        signs = "; ".join(self.reasons.sign(each) for each in self.advice.gate.signs)
        self.sheet.gap()
        self.sheet.say(f"{self.words['STOP']}  {signs}", hang=6, bold=True)
        self.sheet.say(gate.stop.in_(self.language), indent=6)
        self.sheet.say(
            self.words["not guideline"].format(source=source_title(self.advice.guideline, gate.source)), indent=6
        )

    def gate(self) -> None:
        """The line on warning signs: what may be there, else what has not been asked."""
        gate, guideline = self.advice.gate, self.advice.guideline
        if guideline.gate is None:
            return
        self.sheet.gap()
        if gate.answer == "no":
            self.sheet.say(self.words["asked"])
            return
        said = [self.words["possible sign"].format(sign=self.reasons.sign(each)) for each in gate.possible]
        asked = gate.unasked if self.explained else gate.unasked[:FIRST_ASKED]
        asks = [each.ask.in_(self.language) for each in asked]
        more = len(gate.unasked) - len(asked)
        rest = [self.words["more signs"].format(n=more, id=guideline.id)] if more else []
        source = self.words["not guideline"].format(source=source_title(guideline, guideline.gate.source))
        text = " ".join([*(said or [self.words["not asked"]]), *asks, *rest, source])
        self.sheet.say(f"{self.words['FIRST']}  {text}", hang=7)

    def overdue(self) -> None:
        """What the time has run out for leads the page."""
        for verdict in self.advice.recommendations:
            if verdict.place is Place.DUE and verdict.due and verdict.due < self.advice.on:
                self.due(verdict)

    def due(self, verdict: Verdict) -> None:
        """A heading with the day on which something falls due, and the recommendation below it."""
        due, on = verdict.due, self.advice.on
        if due is None:
            text = self.words["due unknown"].format(span=written_span(self.advice.plan.period, self.language))
        else:
            text = self.due_words(due, "overdue" if due < on else "due today" if due == on else "due")
        self.sheet.heading(text)
        self.verdict(verdict)

    def due_words(self, due: Day, word: str) -> str:
        """When something falls or fell due, with its weekday and the days left."""
        day = written(due, self.language, year=abs(due - self.advice.on) > 300, weekday=True)
        return self.words[word].format(day=day, days=days(abs(due - self.advice.on), self.language))

    def body(self) -> None:
        """The recommendations in the clinician's order; below a question where the population is unknown."""
        population = self.advice.population
        if population.truth is NO and self.advice.view.episode is None:
            self.not_for()
            return
        if population.truth is UNKNOWN:
            self.if_so()
        for place in Place:
            self.place(place, [each for each in self.advice.recommendations if each.place is place])
        if population.truth is not UNKNOWN:
            self.ask(self.words["ask next"])

    def place(self, place: Place, verdicts: list[Verdict]) -> None:
        """All recommendations of one place, those that one act answers together."""
        if place is Place.DUE:
            for each in verdicts:
                if not (each.due and each.due < self.advice.on):
                    self.due(each)
        elif verdicts and place in NAMED and not self.explained:
            self.names(place, verdicts)
        elif verdicts:
            self.sheet.heading(self.words[place.value].format(n=len(verdicts)))
            for group in together(self.advice.plan, verdicts):
                if len(group) > 1:
                    self.sheet.say(f"({self.words['one act'].format(n=len(group))})", indent=2)
                for each in group:
                    self.verdict(each)

    def names(self, place: Place, verdicts: Sequence[Verdict]) -> None:
        """Recommendations of which there is no more to say than their names, and the one reason that they share."""
        self.sheet.gap()
        names = "; ".join(each.recommendation.name.in_(self.language) for each in verdicts)
        because: list[str] = []
        if place is not Place.CANNOT_TELL:
            because = self.reasons.because(self.advice.population) if self.advice.population.truth is NO else []
        tail = f" ({', '.join(because)})" if because else ""
        self.sheet.say(f"{self.words[place.value].format(n=len(verdicts)).upper()}  {names}{tail}", hang=2)

    def verdict(self, verdict: Verdict) -> None:
        """One recommendation: symbol, name, strength in words, certainty; then why, where that is wanted."""
        recommendation, scheme = verdict.recommendation, self.advice.guideline.scheme
        wording = scheme.kind(recommendation.grade)
        name = ", ".join(filter(None, [recommendation.name.in_(self.language), self.remark(verdict)]))
        kind = short_kind(wording.name.in_(self.language))
        certainty = ""
        if recommendation.grade.certainty:
            level = scheme.certainties[recommendation.grade.certainty]
            certainty = self.words["certainty"].format(level=level.name.in_(self.language)) + f" {level.symbol}"
        if self.sheet.plain:
            self.sheet.say(f"{name}: {wording.name.in_(self.language)}. {certainty.split('⊕')[0].strip()}".strip())
        else:
            self.sheet.row((f"  {wording.symbol:<2} {name}", 38), (kind, 57), (certainty, 80))
        if self.explained or verdict.place in REASONED:
            explain(self.sheet, verdict, self.reasons, self.advice, full=self.explained)

    def remark(self, verdict: Verdict) -> str:
        """What is special: declined, booked, an alternative in place, or when the action was."""
        if verdict.declined:
            return self.words["declined"]
        if verdict.booked:
            return self.words["booked"]
        if verdict.alternative:
            names = [self.advice.guideline.recommendation(each).name.in_(self.language) for each in verdict.alternative]
            return self.words["alternative"].format(names=", ".join(names))
        if verdict.place is Place.IN_PLACE:
            facts = [fact for ground in verdict.why.because for fact in ground.facts]
            return self.reasons.since(facts)
        return ""

    def not_for(self) -> None:
        """The guideline is about somebody else: why, and what it would take."""
        because = ", ".join(self.reasons.because(self.advice.population))
        self.sheet.gap()
        self.sheet.say(self.words["not for"].format(day=written(self.advice.on, self.language), because=because))

    def if_so(self) -> None:
        """Where the population is unknown, one question leads, and the advice follows as `if so`."""
        self.ask(self.words["ask first"])
        conditions = ", ".join(dict.fromkeys(self.reasons.conditions(self.advice.population)))
        self.sheet.gap()
        self.sheet.say(self.words["if so"].format(conditions=conditions), bold=True)

    def ask(self, heading: str) -> None:
        """The question that could settle most."""
        for question in self.advice.questions[:1]:
            settles = f" ({self.words['settles'].format(n=question.best, of=question.of)})" if question.best else ""
            self.sheet.gap()
            self.sheet.say(f"{heading.upper()}  {question.ask.in_(self.language)}{settles}", hang=2, bold=True)

    def remarks(self) -> None:
        """What the reader should know of the record, and the line that every surface says."""
        view, record = self.advice.view, self.advice.record
        self.sheet.gap()
        for other in view.others:
            self.sheet.say(self.words["another"].format(day=self.reasons.day(other.first)))
        if view.episode and view.episode.conflict:
            self.sheet.say(self.words["conflict"])
        newest = newest_day((fact.known for fact in record.facts), self.advice.on)
        if newest and self.advice.on - newest > OLD:
            old = days(self.advice.on - newest, self.language)
            self.sheet.say(self.words["stale"].format(days=old, day=show(newest)))
        unused = sum(record.unused.values())
        if unused:
            self.sheet.say(self.words["unused"].format(n=unused, all=record.resources))
        self.sheet.say(notice(self.advice.guideline, self.language))


def source_title(guideline: Guideline, id: str) -> str:
    """A source by its title."""
    return next((source.title for source in guideline.sources if source.id == id), id)


def newest_day(days: Iterable[Day], on: Day) -> Day | None:
    """The newest of some days that is not after another day."""
    return max((day for day in days if BEGINNING < day <= on), default=None)


def short_kind(name: str) -> str:
    """`weak recommendation for` as `weak for`, to fit a column."""
    return name.replace(" recommendation", "").replace(" anbefaling", "")
