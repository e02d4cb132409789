"""Facts in words, for cases: what, which value, which day, and what qualifies it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradeline.codes import OWN, SHORT, Coding
from gradeline.dates import BEGINNING, SOME_DAY, Interval
from gradeline.evaluate.words.sentences import Sentences, amount_written
from gradeline.model.words import Language, written, written_interval
from gradeline.plan.terms import Terms
from gradeline.quantity import Quantity
from gradeline.records.facts import Fact, Record
from gradeline.show.content.codes import SYSTEMS

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "contact": "contact",
        "code": "code",
        "none": "no value",
        "order": "ordered {day}",
        "condition": "recorded {day}",
        "on": "{day}",
        "done": "done {day}",
        "undated": "undated",
        "onset": "onset {day}",
        "booked": "for {day}",
        "known": "recorded {day}",
        "negated": "absent",
        "not done": "not done",
        "declined": "offered and declined",
        "possible": "possible",
        "until": "ended {day}",
        "over": "over, since an unknown day",
        "right": "right",
        "left": "left",
        "both": "both sides",
        "by": "by {who}",
        "because": "because {reason}",
        "at": "at {time}",
        "site": "site {site}",
        "of": "belongs to fact {number}",
        "no onset": "from a source that has no onsets",
    },
    "da": {
        "contact": "kontakt",
        "code": "kode",
        "none": "ingen værdi",
        "order": "bestilt {day}",
        "condition": "noteret {day}",
        "on": "{day}",
        "done": "udført {day}",
        "undated": "udateret",
        "onset": "begyndt {day}",
        "booked": "til {day}",
        "known": "noteret {day}",
        "negated": "fraværende",
        "not done": "ikke udført",
        "declined": "tilbudt og afslået",
        "possible": "mulig",
        "until": "ophørt {day}",
        "over": "overstået, ukendt hvornår",
        "right": "højre",
        "left": "venstre",
        "both": "begge sider",
        "by": "ved {who}",
        "because": "fordi {reason}",
        "at": "kl. {time}",
        "site": "sted {site}",
        "of": "hører til nummer {number}",
        "no onset": "fra en kilde uden begyndelser",
    },
}


class FactWords:
    """Says facts in the words of one guideline and one language."""

    def __init__(self, sentences: Sentences) -> None:
        self.sentences, self.language = sentences, sentences.language
        self.words = WORDS[sentences.language]
        self.terms = Terms(sentences.guideline.terms)

    def of(self, record: Record) -> Iterator[str]:
        """The facts of a record, the reasons that they give among their own words."""
        for fact in record.facts:
            if fact.kind != "reason":
                reasons = [each for each in record.facts if each.kind == "reason" and fact.key in each.of]
                yield ", ".join([self.what(fact), *self.when(fact), *self.further(fact), *self.because(reasons)])

    def what(self, fact: Fact) -> str:
        """The term, its code where that is not its own, and its value."""
        if fact.kind == "contact" and not fact.codings:
            return self.words["contact"]
        said = " ".join(dict.fromkeys(map(self.coded, fact.codings)))
        if isinstance(fact.value, Quantity):
            return f"{said} {amount_written(fact.value)}"
        return f"{said} {' '.join(each.code for each in fact.value)}" if fact.value else said

    def coded(self, coding: Coding) -> str:
        """The name of what a coding says, and the code itself where it is not the term's own."""
        spoken = sorted(self.terms.of(coding), key=lambda each: (not each.sure, each.general, bool(each.below)))
        if coding.system == OWN:
            return self.sentences.term(spoken[0].term) if spoken else coding.code
        short = SHORT.get(coding.system, coding.system)
        code = f"{SYSTEMS.get(short, short)} {coding.code}"
        return f"{self.sentences.term(spoken[0].term)} ({code})" if spoken else f"{self.words['code']} {code}"

    def when(self, fact: Fact) -> Iterable[str]:
        """The day that people mean, and a further one where the record gives it."""
        known = Interval(fact.known, fact.known)
        if fact.when == SOME_DAY and (fact.known == BEGINNING or fact.assumed):
            return [self.words["undated"]]
        if fact.kind in ("order", "condition"):
            first = fact.when if fact.assumed else known
            said = [self.day(fact.kind, first)]
            if first != fact.when != SOME_DAY:
                said.append(self.day("onset" if fact.kind == "condition" else "booked", fact.when))
            return said
        done = fact.kind == "procedure" and fact.status == "done"
        said = [self.day("done" if done else "on", fact.when)]
        return said if fact.assumed or known == fact.when else [*said, self.day("known", known)]

    def further(self, fact: Fact) -> Iterator[str]:
        """What else qualifies a fact."""
        words = self.words
        if fact.status == "negated":
            yield words["declined" if fact.declined else "not done" if fact.kind == "procedure" else "negated"]
        if fact.sureness == "possible":
            yield words["possible"]
        if fact.until is not None:
            over = fact.until == BEGINNING
            yield words["over"] if over else words["until"].format(day=written(fact.until, self.language))
        if fact.side:
            yield words[fact.side]
        for word, value in (("by", fact.specialty), ("at", fact.time)):
            if value:
                yield words[word].format(who=value, time=value)
        yield from (words["site"].format(site=site.code) for site in fact.sites)
        yield from (words["of"].format(number=number) for number in fact.of)
        if fact.no_onset:
            yield words["no onset"]

    def because(self, reasons: Iterable[Fact]) -> Iterator[str]:
        """The reasons that a fact gives: terms, or free text in quotation marks."""
        for each in reasons:
            reason = " ".join(map(self.coded, each.codings)) or f"“{each.text}”"
            yield self.words["because"].format(reason=reason)

    def day(self, word: str, when: Interval) -> str:
        """Days behind their word."""
        return self.words[word].format(day=written_interval(when, self.language))
