"""Why an answer is what it is, in words: each leaf with the facts that speak for it, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable

from gradeline.dates import BEGINNING, Day, Interval, months_between, shift
from gradeline.evaluate.advice.acts import Act
from gradeline.evaluate.advice.difference import Change
from gradeline.evaluate.advice.gate import Found
from gradeline.evaluate.answer import Answer, Ground
from gradeline.evaluate.patient.chart import lies
from gradeline.evaluate.patient.view import View
from gradeline.evaluate.words.phrases import WORDS
from gradeline.evaluate.words.sentences import Sentences, amount_written
from gradeline.logic import NO, UNKNOWN
from gradeline.model.criteria import Comparison
from gradeline.model.words import Language, written, written_interval
from gradeline.plan.leaves import Row, rows_in
from gradeline.quantity import Quantity
from gradeline.records.facts import Fact

OLDEST = 130
"""Who may be as old as this has told no more than a least age."""


class Reasons:
    """The reasons of one advice in one language."""

    def __init__(self, view: View, language: Language) -> None:
        self.view, self.language = view, language
        self.words = WORDS[language]
        self.sentences = Sentences(view.plan.guideline, language)
        self._said: dict[tuple[object, ...], str] = {}

    def because(self, answer: Answer) -> list[str]:
        """What made an answer so, a phrase for each leaf."""
        return said_once([self.ground(each) for each in answer.because], self.words["despite"].partition("{")[0])

    def own(self, answer: Answer) -> list[str]:
        """What made an answer so, beyond what the whole population shares."""
        shared = set(rows_in(self.view.plan.population))
        own = [self.ground(each) for each in answer.because if each.row not in shared]
        return said_once(own, self.words["despite"].partition("{")[0])

    def missing(self, answer: Answer) -> list[str]:
        """What would settle an answer that is unknown."""
        return list(dict.fromkeys(name for each in answer.missing for name in self._lacks(each)))

    def sign(self, found: Found) -> str:
        """A warning sign by the most special name that the record gives it, and its days."""
        names = [self._term_of(fact) for fact in found.facts]
        return f"{self._joined(list(dict.fromkeys(names)))} {self._days(found.facts)}".strip()

    def change(self, change: Change) -> str:
        """A leaf that would have to be otherwise, with the fact that comes nearest."""
        row = self.view.plan.rows[change.row]
        criterion = self.view.plan.criteria[change.row]
        said = self.sentences.say(criterion) if criterion else self._index_needed(row)
        if change.to is NO:
            said = self.words["not"].format(of=said)
        if row.shape in ("age", "onset"):
            return f"{said} ({self.age() if row.shape == 'age' else self._onset()})"
        if change.nearest:
            return f"{said} ({self.words['nearest'].format(day=self._days([change.nearest]))})"
        return said

    def _index_needed(self, row: Row) -> str:
        """The index condition, or an action of a form."""
        if row.term:
            return self.sentences.term(row.term)
        index = self.sentences.term(self.view.plan.guideline.index.term)
        return self.words["open"].format(index=index)

    def conditions(self, answer: Answer) -> Iterable[str]:
        """What an unknown answer hangs on, as conditions: `onset on or after 31 Aug`, `root sign`."""
        for ground in answer.missing:
            row, criterion = self.view.plan.rows[ground.row], self.view.plan.criteria[ground.row]
            if row.shape == "onset" and row.span and row.compare in (Comparison.AT_MOST, Comparison.UNDER):
                earliest = shift(self.view.on, -row.span) + (row.compare is Comparison.UNDER)
                yield self.words["if onset"].format(day=self.day(earliest))
            elif criterion:
                yield self.sentences.say(criterion)
            else:
                yield self.sentences.term(row.term or self.view.plan.guideline.index.term)

    def since(self, facts: Iterable[Fact]) -> str:
        """Since when something is in place: the first day that is known."""
        days = sorted({self._when(fact) for fact in facts if fact.status != "negated"})
        return self.words["since"].format(day=self.day(days[0])) if days else ""

    def _lacks(self, ground: Ground) -> Iterable[str]:
        row = self.view.plan.rows[ground.row]
        if row.shape in ("age", "sex"):
            return [self.words["missing birth" if row.shape == "age" else "missing sex"]]
        if row.shape in ("onset", "passed", "episode"):
            return [self.words["missing onset"]]
        return [self.sentences.term(row.term or self.view.plan.guideline.index.term)]

    def ground(self, ground: Ground) -> str:
        """One leaf in words, found once however many answers it makes so."""
        asked = ground.row, ground.truth, *[fact.key for fact in ground.facts]
        if asked not in self._said:
            self._said[asked] = self._leaf(ground)
        return self._said[asked]

    def _leaf(self, ground: Ground) -> str:
        row = self.view.plan.rows[ground.row]
        match row.shape:
            case "episode" | "sure":
                return self._index(row, ground)
            case "age":
                return self.age()
            case "sex":
                sex = self.view.chart.record.patient.sex
                return self.words["sex"].format(sex=self.words[sex]) if sex else self.words["no sex"]
            case "onset":
                return self._onset()
            case "passed":
                return self._passed(row, ground)
            case "latest" | "persisting":
                return self._values(row, ground)
        return self._recorded(row, ground)

    def act(self, act: Act) -> list[str]:
        """An action that is judged on its own: what and when, and the reason that is or is not recorded."""
        said = [self.act_name(act)]
        index = self.view.plan.guideline.index.term
        texts = [self._reason(reason) for reason in act.reasons if index not in self._terms_of(reason)]
        if act.practice == "departed":
            only = self.words["only index"].format(index=self.sentences.term(index)) if act.reasons else ""
            said.append(self.words["no reason"].format(day=self.day(act.day)) + only)
        word = "unread reason" if act.practice == "unknown" else "reason"
        return said + [self.words[word].format(text=text) for text in texts]

    def act_name(self, act: Act) -> str:
        """What was ordered or done, and when."""
        word = "ordered" if act.facts[0].kind == "order" else "taken"
        return self.words[word].format(term=self._term_of(act.facts[0]), day=self.day(act.day))

    def _reason(self, fact: Fact) -> str:
        """What an order gives as its reason: its term, else its text, else its code."""
        found = self._terms_of(fact)
        if found:
            return self.sentences.term(found[0])
        return fact.text or ", ".join(coding.code for coding in fact.codings)

    def _terms_of(self, fact: Fact) -> list[str]:
        return [spoken.term for coding in fact.codings for spoken in self.view.plan.terms.of(coding)]

    def _term_of(self, fact: Fact) -> str:
        """The name of the most special term that a fact speaks for."""
        terms = self.view.plan.terms
        spoken = [each for coding in fact.codings for each in terms.of(coding)]
        found = [each.term for each in spoken if each.sure] or [each.term for each in spoken]
        return self.sentences.term(min(found, key=lambda each: len(terms.special[each]))) if found else fact.text

    def _index(self, row: Row, ground: Ground) -> str:
        """The index condition, and whether it is more than possible."""
        word = f"{row.shape} {ground.truth.word}"
        if word == "episode yes" and self.view.episode and self.view.episode.supposed:
            word = "episode unknown" if ground.facts else "episode unsaid"
        index = self.sentences.term(self.view.plan.guideline.index.term)
        return self.words[word].format(index=index, days=self._days(ground.facts))

    def age(self) -> str:
        """How old the patient is, as far as that is known."""
        birth = self.view.chart.record.patient.birth
        if birth is None:
            return self.words["no birth"]
        first, last = age(birth, self.view.on)
        if first == last:
            return self.words["age"].format(age=first)
        if last >= OLDEST:
            return self.words["age from"].format(age=first)
        if birth.last == self.view.on:
            return self.words["age below"].format(age=last + 1)
        return self.words["age about"].format(birth=written_interval(birth, self.language))

    def _onset(self) -> str:
        """How long ago it began, or between which days."""
        onset, on = self.view.onset, self.view.on
        if onset.exact:
            return self.words["onset"].format(day=on - onset.first, onset=written(onset.first, self.language))
        if self.view.episode and not self.view.episode.given:
            return self.words["no onset"].format(onset=written(onset.last, self.language))
        return self.words["onset about"].format(onset=written_interval(onset, self.language))

    def _passed(self, row: Row, ground: Ground) -> str:
        span = row.span
        assert span is not None
        limit = self.view.limit(span)
        return self.words[f"passed {ground.truth.word}"].format(limit=written_interval(limit, self.language))

    def _recorded(self, row: Row, ground: Ground) -> str:
        """A term recorded, possible, absent, declined, or not in the record."""
        term = self.sentences.term(row.term)
        if not ground.facts:
            if row.absence is UNKNOWN:
                return self.words["unsaid"].format(term=term)
            return self.words[f"none {self.view.plan.guideline.terms[row.term].subject}"].format(term=term)
        word = self._how(row, ground)
        return self.words[word].format(term=term, days=self._days(ground.facts))

    def _how(self, row: Row, ground: Ground) -> str:
        """Which phrase fits what the facts say."""
        if row.shape == "declined" or any(fact.declined for fact in ground.facts):
            return "declined"
        if ground.truth is NO:
            action = self.view.plan.guideline.terms[row.term].subject == "action"
            return "not done" if action else "negated"
        if ground.truth is UNKNOWN:
            return "possible"
        return "planned" if all(fact.status == "planned" for fact in ground.facts) else "recorded"

    def _values(self, row: Row, ground: Ground) -> str:
        """The values that a claim was decided by, each with its day."""
        term = self.sentences.term(row.term)
        if not ground.facts:
            return self.words["none measurement" if row.absence is NO else "unsaid"].format(term=term)
        treated = [fact for fact in ground.facts if self._speaks_for(fact, row.other)] if row.other else []
        values = [self._value(fact) for fact in ground.facts if fact not in treated]
        word = "values" if ground.truth is not UNKNOWN else "few" if row.shape == "persisting" else "values unknown"
        said = self.words[word].format(term=term, values=self._joined(values))
        if treated:
            name = self._term_of(treated[0])
            said += self.words["despite"].format(term=name, day=self._days(treated[:1]))
        return said

    def _speaks_for(self, fact: Fact, term: str) -> bool:
        return any(entry.fact is fact for entry in self.view.chart.entries.get(term, ()))

    def _value(self, fact: Fact) -> str:
        """A value and its day."""
        value = fact.value
        if isinstance(value, Quantity):
            text = amount_written(value)
        elif value:
            text = ", ".join(coding.code for coding in value)
        else:
            text = self.words["absent value" if fact.status == "negated" else "no value"]
        return self.words["on"].format(value=text, day=self._days([fact]))

    def _days(self, facts: Iterable[Fact]) -> str:
        """The days of some facts, without their year where it is that of the day asked; the last three of many."""
        whens = sorted({self._when(fact) for fact in facts})
        shown = [self.day(when) for when in whens[-3:]]
        return ("… " if len(whens) > 3 else "") + self._joined(shown)

    def _when(self, fact: Fact) -> Interval:
        """The day that people mean: of an order or a diagnosis the day of its recording."""
        if fact.kind in ("order", "condition") and not fact.assumed and fact.known != BEGINNING:
            return Interval(fact.known, fact.known)
        return lies(fact, self.view.on)

    def day(self, when: Interval | Day) -> str:
        """A day, its year left out where it lies within ten months of the day asked."""
        when = when if isinstance(when, Interval) else Interval(when, when)
        near = abs(when.first - self.view.on) < 300 and abs(when.last - self.view.on) < 300
        return written_interval(when, self.language, year=not near)

    def _joined(self, items: list[str]) -> str:
        return self.words["and"].join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def said_once(phrases: list[str], tail: str) -> list[str]:
    """Phrases without repetition; a tail that follows several of them is said after the last alone.

    >>> said_once(["pain 8, despite exercise", "work lost, despite exercise"], ", despite ")
    ['pain 8', 'work lost, despite exercise']
    """
    found: list[str] = []
    for phrase in reversed(list(dict.fromkeys(phrases))):
        head, mark, end = phrase.partition(tail)
        repeated = mark and any(each.endswith(mark + end) for each in found)
        found.append(head if repeated else phrase)
    return found[::-1]


def age(birth: Interval, on: Day) -> tuple[int, int]:
    """The youngest and the oldest that a patient may be, in completed years."""
    return months_between(min(birth.last, on), on) // 12, months_between(min(birth.first, on), on) // 12
