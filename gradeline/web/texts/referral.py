"""A referral as plain text: how long, what was found, what was tried and when; a blank where nobody has said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradeline.evaluate.advice import Advice
from gradeline.evaluate.words.plain import notice
from gradeline.evaluate.words.reasons import Reasons
from gradeline.logic import YES
from gradeline.model.guideline import Term
from gradeline.model.words import Language, written
from gradeline.plan.leaves import rows_in
from gradeline.quantity import Quantity
from gradeline.records.facts import Fact
from gradeline.show.terminal.words import days
from gradeline.web.words import WORDS

BLANK = "____"
OURS = ("our-reading",)
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
        yield from self.gate()
        yield from self.table(words["found"], self.findings())
        yield from self.table(words["tried"], self.actions())
        yield f"{words['question']}: {BLANK}"
        yield notice(self.guideline, self.language)

    def who(self) -> str:
        """Age and sex, as far as they are known."""
        patient = self.advice.record.patient
        known = [self.words[patient.sex].lower()] if patient.sex in ("female", "male") else []
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

    def gate(self) -> Iterator[str]:
        """What is known of the warning signs, and each group that nobody has asked about."""
        gate, label = self.advice.gate, self.words["signs"]
        if gate.answer == "yes":
            yield f"{label}: {'; '.join(map(self.reasons.sign, gate.signs))}"
        elif gate.answer == "no":
            yield f"{label}: {self.words['signs none']}"
        elif self.guideline.gate:
            groups = len(self.guideline.gate.groups)
            asked = self.words["signs denied"].format(n=groups - len(gate.unasked), of=groups)
            asked = asked if len(gate.unasked) < groups else self.words["signs unasked"]
            yield f"{label}: {asked}"
            yield from (f"- {self.reasons.sign(each)}?" for each in gate.possible)
            yield from (f"- {each.ask.in_(self.language)} {BLANK}" for each in gate.unasked)

    def findings(self) -> list[Term]:
        """What confirms the condition, sign by sign; what is measured; and what else was found."""
        terms, confirm = self.guideline.terms, self.advice.plan.confirm
        signs = [self.advice.plan.rows[row].term for row in rows_in(confirm)] if confirm else []
        special = [each for sign in signs if sign in terms for each in terms[sign].includes]
        measured = [each.id for each in terms.values() if each.subject == "measurement" and each.ask]
        found = [id for id, each in terms.items() if each.subject == "finding" and self.present(each)]
        left_out = {self.guideline.index.term, *(id for id, each in terms.items() if each.source in OURS)}
        return [
            terms[id]
            for id in dict.fromkeys([*signs, *special, *measured, *found])
            if id in terms and id not in left_out
        ]

    def present(self, term: Term) -> bool:
        """Whether it is surely there."""
        return any(fact.status == "done" for fact in self.facts(term))

    def actions(self) -> list[Term]:
        """Everything that a recommendation asks for or warns of, in its order."""
        ids = dict.fromkeys(action for line in self.advice.plan.lines for action in line.asked.actions)
        return [self.guideline.terms[id] for id in ids]

    def table(self, heading: str, terms: Iterable[Term]) -> Iterator[str]:
        """A heading with a line for each term of which something is known, and one with the blanks."""
        yield f"{heading}:"
        blank = []
        for term in terms:
            name, told = term.name.in_(self.language), self.told(term)
            if told:
                yield f"- {name}: {told}"
            else:
                blank.append(f"{name} {BLANK}")
        if blank:
            yield f"- {self.words['not known']}: {'; '.join(blank)}"

    def told(self, term: Term) -> str:
        """What is known of a term, each statement with its day."""
        return "; ".join(dict.fromkeys(self.statement(fact) for fact in self.facts(term)))

    def facts(self, term: Term) -> list[Fact]:
        """The facts of this episode that speak surely of a term, the oldest first."""
        view = self.advice.view
        known = [each.fact for each in view.known(term.id) if each.sure and view.in_episode(each.when) is YES]
        return sorted(known, key=lambda fact: fact.when)

    def statement(self, fact: Fact) -> str:
        """One fact: its value or how it stands, and its day."""
        day = self.reasons.day(fact.when if fact.kind != "order" else fact.known)
        if isinstance(fact.value, Quantity):
            return f"{fact.value.value:g} ({day})"
        word = "declined" if fact.declined else "no" if fact.status == "negated" else fact.status
        return f"{self.words[f'told {word}']} {day}"
