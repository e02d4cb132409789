"""A referral as plain text: how long, what was found, what was tried and when; a blank where nobody has said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradeline.evaluate.advice import Advice
from gradeline.evaluate.words.plain import notice
from gradeline.evaluate.words.reasons import Reasons
from gradeline.logic import YES
from gradeline.model.guideline import Term
from gradeline.model.words import Language, written
from gradeline.quantity import Quantity
from gradeline.records.facts import Fact
from gradeline.show.terminal.words import days
from gradeline.web.words import WORDS

BLANK = "____"
NOT_ASKED_OF_A_COLLEAGUE = ("our-reading",)
"""Terms of these sources are about our logic, not about the patient: they are left out."""


def referral(advice: Advice, language: Language) -> str:
    """The text, to be copied and completed; it names no patient."""
    return "".join(f"{line}\n" for line in Referral(advice, language).lines())


class Referral:
    """One referral on its way to a colleague."""

    def __init__(self, advice: Advice, language: Language) -> None:
        self.advice, self.language, self.words = advice, language, WORDS[language]
        self.reasons = Reasons(advice.view, language)
        self.guideline = advice.guideline

    def lines(self) -> Iterator[str]:
        """Line by line: who, since when, the gate, what was found, what was tried, what is asked."""
        words = self.words
        yield words["referral to"].format(blank=BLANK, day=written(self.advice.on, self.language))
        yield words["referral who"].format(blank=BLANK, who=self.who())
        yield f"{self.guideline.title.in_(self.language)}, {words['side']}: {self.side()}"
        yield f"{words['duration']}: {self.duration()}"
        yield f"{words['signs']}: {self.gate()}"
        yield from self.table(words["found"], self.terms("finding", "measurement"))
        yield from self.table(words["tried"], self.actions())
        yield f"{words['question']}: {BLANK}"
        yield notice(self.guideline, self.language)

    def who(self) -> str:
        """Age and sex, as far as they are known."""
        patient = self.advice.record.patient
        known = [self.words[patient.sex]] if patient.sex in ("female", "male") else []
        return ", ".join([*known, *([self.reasons.age()] if patient.birth else [])]) or BLANK

    def side(self) -> str:
        """Left, right or both, where the record says so."""
        episode = self.advice.view.episode
        return self.words[f"side {episode.side}"] if episode and episode.side else BLANK

    def duration(self) -> str:
        """Since when, and for how many days."""
        episode, on = self.advice.view.episode, self.advice.on
        if episode is None or not episode.given:
            return BLANK
        first, last = on - episode.onset.last, on - episode.onset.first
        span = days(last, self.language) if first == last else f"{first}–{days(last, self.language)}"
        return self.words["since"].format(day=self.reasons.day(episode.onset), span=span)

    def gate(self) -> str:
        """What is known of the warning signs."""
        gate = self.advice.gate
        if gate.answer == "yes":
            return "; ".join(map(self.reasons.sign, gate.signs))
        if gate.answer == "no":
            return self.words["signs none"]
        groups = self.guideline.gate.groups if self.guideline.gate else ()
        blanks = [f"{each.ask.in_(self.language)} {BLANK}" for each in gate.unasked]
        asked = len(groups) - len(gate.unasked)
        denied = [self.words["signs denied"].format(n=asked, of=len(groups))] if asked else []
        possible = [f"? {self.reasons.sign(each)}" for each in gate.possible]
        return "; ".join([*possible, *denied, *blanks])

    def terms(self, *subjects: str) -> Iterator[Term]:
        """What the guideline thinks worth asking of the patient's state, the warning signs apart."""
        signs = {term for group in self.advice.plan.groups for term in group.terms}
        for term in self.guideline.terms.values():
            ours = term.source in NOT_ASKED_OF_A_COLLEAGUE or term.id == self.guideline.index.term
            if term.subject in subjects and not ours and self.worth_telling(term, term.id in signs):
                yield term

    def worth_telling(self, term: Term, sign: bool) -> bool:
        """Whether it is recorded, or is a question of the guideline's own."""
        return bool(self.facts(term)) or (term.ask is not None and not sign)

    def actions(self) -> Iterator[Term]:
        """Everything that a recommendation asks for or warns of, in its order."""
        ids = dict.fromkeys(action for line in self.advice.plan.lines for action in line.asked.actions)
        yield from (self.guideline.terms[id] for id in ids)

    def table(self, heading: str, terms: Iterable[Term]) -> Iterator[str]:
        """A heading with a line for each term."""
        yield f"{heading}:"
        for term in terms:
            yield f"- {term.name.in_(self.language)}: {self.told(term)}"

    def told(self, term: Term) -> str:
        """What is known of a term, each statement with its day; a blank where nothing is."""
        return "; ".join(dict.fromkeys(self.statement(fact) for fact in self.facts(term))) or BLANK

    def facts(self, term: Term) -> list[Fact]:
        """The facts of this episode that speak surely of a term, the oldest first."""
        view = self.advice.view
        mine = [each.fact for each in view.known(term.id) if each.sure and view.in_episode(each.when) is YES]
        return sorted(mine, key=lambda fact: fact.when)

    def statement(self, fact: Fact) -> str:
        """One fact: its value or how it stands, and its day."""
        day = self.reasons.day(fact.when if fact.kind != "order" else fact.known)
        if isinstance(fact.value, Quantity):
            return f"{fact.value.value:g} ({day})"
        word = "declined" if fact.declined else "no" if fact.status == "negated" else fact.status
        return f"{self.words[f'told {word}']} {day}"
