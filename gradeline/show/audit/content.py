"""An audit in the words of one language: what the terminal and the page both show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gradeline.dates import Day
from gradeline.evaluate.audit.counts.tallies import IN_LINE, NOT_IN_LINE, Tallied, Tally
from gradeline.evaluate.audit.coverage import Shown
from gradeline.evaluate.audit.results import Audit, Outcome, Part, later_than_in_force
from gradeline.evaluate.audit.rows import READINGS, REASON, Reading
from gradeline.model.forms import NotRoutine
from gradeline.model.guideline import Guideline
from gradeline.model.words import Language, written
from gradeline.show.audit.finding import Finding, Line
from gradeline.show.audit.practice import GENERAL, PRACTICE
from gradeline.show.audit.words import number, percent, say
from gradeline.show.wording import status

NAMED = {"onset": "the onset", "age": "the birth date", "sex": "the sex", REASON: "the reason"}
PRACTICES = ("followed", "declined", "justified", "departed", "open", "alternative", "incomplete", "unknown")
APART = ("alternative", "incomplete")
"""Practice that is outside the proportion though it is known."""
STRATA = ("female", "male", "other", "not given", "fewer than 5 each")


@dataclass(frozen=True)
class Content:
    """One guideline's part of an audit, in words."""

    audit: Audit
    part: Part
    language: Language

    @property
    def guideline(self) -> Guideline:
        """The guideline that is audited."""
        return self.part.guideline

    def say(self, key: str, **values: object) -> str:
        """Words of the report."""
        return say(key, self.language, **values)

    def count(self, count: int | None) -> str:
        """A count as people write it."""
        return number(count, self.language)

    @property
    def status(self) -> list[tuple[str, str]]:
        """Whether the guideline is in force, and what that means."""
        said = status(self.guideline, self.language)
        return [(says, meaning.in_(self.language) if meaning else "") for says, meaning in said]

    @property
    def warnings(self) -> list[str]:
        """What stands before every number: simulated, a sample, what was set aside, what was no longer in force."""
        about = self.audit.about
        said = [
            ("simulated", about.simulated),
            ("sample", about.sample is not None),
            ("assume captured", about.assume_captured),
            ("undescribed", not about.described and not about.assume_captured),
            ("no reasons", self.without_reasons),
            ("later", bool(self.later)),
        ]
        share = f"{(about.sample or 0) * 100:g} %"
        return [self.say(key, share=share) if key == "sample" else self.say(key) for key, so in said if so]

    @property
    def without_reasons(self) -> bool:
        """Whether acts are judged by reasons here, and the source holds none at all."""
        judged = any(isinstance(each.form, NotRoutine) for each in self.guideline.recommendations)
        return judged and bool(self.part.episodes) and not self.audit.coverage.reasons

    @property
    def later(self) -> str:
        """That the period is later than the advice was in force, if it is."""
        return self.say("later") if later_than_in_force(self.guideline, self.audit.period) else ""

    @property
    def period(self) -> str:
        """Which episodes are audited."""
        first, last = (written(day, self.language) for day in self.audit.period)
        return self.say("period", first=first, last=last)

    @property
    def source(self) -> str:
        """Where the data are from, and from when until when."""
        about = self.audit.about
        last = written(about.data_to, self.language)
        first = written(about.data_from, self.language) if about.data_from else ""
        said = self.say("data", first=first, last=last) if first else self.say("no data")
        return f"{self.say('source')}: {about.source}; {said}. {self.say('engine', engine=about.engine)}"

    @property
    def counted(self) -> str:
        """How many patients and episodes there are."""
        patients, with_one = self.count(self.audit.patients), self.count(self.part.patients)
        return self.say("counted", patients=patients, with_one=with_one, episodes=self.count(self.part.episodes))

    @property
    def nothing(self) -> str:
        """Why nothing is told of practice: there is no episode, or fewer than five; else nothing."""
        return "" if self.part.episodes else self.say("nobody" if self.part.episodes == 0 else "too few")

    @property
    def lead(self) -> list[str]:
        """The one missing element that leaves most untold, where it does so of at least half of the episodes."""
        leaf, episodes = next(iter(self.part.leading["strict"]), ("", None))
        if not episodes or episodes * 2 < (self.part.episodes or 0):
            return []
        n, of = self.count(episodes), self.count(self.part.episodes)
        said = [self.say("lead", n=n, of=of, missing=self.called(leaf))]
        ask = self.ask(leaf)
        return [*said, self.say("lead ask", ask=ask)] if ask else said

    def called(self, leaf: str) -> str:
        """What is missing, by its name."""
        if leaf in NAMED:
            return self.say(NAMED[leaf])
        term = self.guideline.terms.get(self.guideline.index.term if leaf == "index" else leaf)
        return lowered(term.name.in_(self.language)) if term else leaf

    def ask(self, leaf: str) -> str:
        """The question that asks for what is missing."""
        term = self.guideline.terms.get(leaf)
        asked = self.guideline.index.onset_ask if leaf == "onset" else term.ask if term else None
        return asked.in_(self.language) if asked else ""

    @property
    def kinds(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Warning signs, follow-up and onsets: each with its counts."""
        order = ("onset", "gate", "ended")
        return [
            (self.say(name), [(self.say(f"{name} {value}"), self.count(n)) for value, n in self.part.kinds[name]])
            for name in order
            if name in self.part.kinds
        ]

    @property
    def groups(self) -> list[tuple[str, str, list[Finding]]]:
        """The findings under their headings: what may be judged, and what is only told."""
        found = [
            (heading, note, [self.finding(each) for each in self.part.outcomes if each.indicator is strong])
            for heading, note, strong in (("indicators", "strong", True), ("patterns", "weak", False))
        ]
        return [(self.say(heading), self.say(note), findings) for heading, note, findings in found if findings]

    def finding(self, outcome: Outcome) -> Finding:
        """One recommendation in words."""
        own, scheme = outcome.recommendation, self.guideline.scheme
        wording = scheme.kind(own.grade)
        circles = scheme.circles(own.grade)
        return Finding(
            outcome,
            own.name.in_(self.language),
            own.says.in_(self.language),
            f"{wording.name.in_(self.language)} {circles}".strip(),
            tuple((self.say(name), self.pattern(outcome.readings[name].total)) for name in READINGS),
            tuple(self.applies(outcome)),
            tuple(self.practised(outcome)),
            tuple(self.lacking(outcome)),
        )

    def pattern(self, tally: Tally) -> str:
        """What practice was, in words: no limit, no ranking."""
        if tally.applies["yes"] == 0 and tally.applies["unknown"] == 0:
            return self.say("pattern none")
        practice = tally.practice
        good, bad = tally.added(IN_LINE), tally.added(NOT_IN_LINE)
        counts = {"yes": tally.applies["yes"], "good": good, "bad": bad, "unknown": practice["unknown"]}
        told = {name: self.say("hidden count") if n is None else self.count(n) for name, n in counts.items()}
        apart = [self.say(f"pattern {key}", n=self.count(practice[key])) for key in APART if practice[key] != 0]
        says = " ".join([self.say("pattern says", **told), *apart])
        ends = ""
        if tally.bounds.lowest is not None and tally.bounds.lowest != tally.bounds.highest:
            said = "pattern open" if tally.bounds == (0.0, 1.0) else "pattern bounds"
            ends = self.say(said, **self.ends(tally))
        return " ".join(filter(None, [says, ends, self.say("one sided") if tally.one_sided else ""]))

    def ends(self, tally: Tally) -> dict[str, str]:
        """The lowest and the highest as people write them."""
        low, high = tally.bounds
        return {"low": percent(low or 0.0), "high": percent(high or 0.0)}

    def applies(self, outcome: Outcome) -> Iterator[Line]:
        """Whom it applies to, what was in line, and between what that lies."""
        both = [outcome.readings[name].total for name in READINGS]
        for key, name in (("applies", "yes"), ("no", "no"), ("untold", "unknown")):
            yield Line(key, self.say(key), tuple(self.count(each.applies[name]) for each in both))
        yield Line("in line", self.say("in line"), tuple(self.share(each) for each in both))
        if any(each.share for each in both):
            yield Line("interval", self.say("interval"), tuple(self.interval(each) for each in both))
        yield Line("bounds", self.say("bounds"), tuple(self.between(each) for each in both))

    def share(self, tally: Tally) -> str:
        """What was in line, and of how many."""
        share = tally.share
        if share is None:
            return self.say("no share")
        part, of = self.count(share.in_line), self.count(share.of)
        return self.say("in line of", part=part, of=of, share=percent(share.proportion))

    def interval(self, tally: Tally) -> str:
        """Wilson's interval of 95 %."""
        share = tally.share
        return self.say("between", low=percent(share.low), high=percent(share.high)) if share else "–"

    def between(self, tally: Tally) -> str:
        """The bounds."""
        if tally.bounds.lowest is None:
            return "–" if not tally.hidden else "*"
        return self.say("between", **self.ends(tally))

    def practised(self, outcome: Outcome) -> Iterator[Line]:
        """What was done where it applies; what no episode came to is left out."""
        both = [outcome.readings[name].total.practice for name in READINGS]
        names = PRACTICE[outcome.recommendation.form.words]
        for key in PRACTICES:
            label = names.get(key) or GENERAL.get(key)
            if label and any(each[key] != 0 for each in both):
                yield Line(key, label.in_(self.language), tuple(self.count(each[key]) for each in both))

    def lacking(self, outcome: Outcome) -> Iterator[Line]:
        """What would have to be known first, the most frequent first."""
        found: dict[str, dict[Reading, int | None]] = {}
        for name in READINGS:
            for leaf, episodes in outcome.readings[name].missing["applies"]:
                found.setdefault(leaf, {})[name] = episodes
        for leaf, counts in found.items():
            yield Line(leaf, self.called(leaf), tuple(self.count(counts.get(name, 0)) for name in READINGS))

    @property
    def terms(self) -> tuple[Shown, ...]:
        """What the source shows of each term."""
        return self.audit.coverage.terms[self.guideline.id]

    @property
    def regions(self) -> list[str]:
        """The regions of which the source has facts of some term."""
        return sorted({region for each in self.terms for region in each.regions})

    @property
    def absent(self) -> list[str]:
        """The names of the terms of which there is no fact at all."""
        found = self.audit.coverage.absent(self.guideline.id)
        return [self.guideline.terms[each].name.in_(self.language) for each in found]

    def stratum(self, name: str) -> str:
        """A stratum by its name."""
        return self.say(name) if name in STRATA else name

    def days(self, first: Day | None, last: Day | None) -> str:
        """From the first to the last day."""
        return f"{written(first, self.language)} – {written(last, self.language)}" if first and last else "–"

    def folded(self, outcome: Outcome) -> str:
        """The breakdowns of which every group is too small to be told."""
        found = [self.say(by) for by, strata in outcome.readings["strict"].strata.items() if len(strata) == 1]
        return self.say("folded", by=", ".join(found)) if found else ""

    def broken_down(self, tallied: Tallied) -> Iterator[tuple[str, list[tuple[str, Tally]]]]:
        """Each breakdown with its strata in their order."""
        for by, strata in tallied.strata.items():
            if len(strata) > 1:
                yield by, [(self.stratum(name), strata[name]) for name in sorted(strata, key=last_ones)]


def last_ones(stratum: str) -> tuple[bool, list[int], str]:
    """Strata in their order: numbers as numbers, what is not given or put together last."""
    return stratum in STRATA[3:], [int(each) for each in re.findall(r"\d+", stratum)], stratum


def lowered(name: str) -> str:
    """A name within a sentence; an abbreviation stays as it is."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def contents(audit: Audit, language: Language) -> list[Content]:
    """Each guideline's part."""
    return [Content(audit, part, language) for part in audit.parts]
