"""The report of an audit as one HTML file: no script, no font, nothing fetched; it prints as it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gradeline.codes import SHORT
from gradeline.evaluate.audit.counts.tallies import Tally
from gradeline.evaluate.audit.results import Audit
from gradeline.evaluate.audit.rows import READINGS
from gradeline.model.words import Language
from gradeline.show.audit import account, charts
from gradeline.show.audit.content import Content, contents
from gradeline.show.audit.finding import Finding
from gradeline.show.audit.words import METHOD, say
from gradeline.show.content.guide import statuses
from gradeline.show.content.signs import kind
from gradeline.show.content.words import Words
from gradeline.show.page import filled

MOST_ROWS = 60
"""So many strata a chart draws at most."""


@dataclass(frozen=True)
class Breakdown:
    """One recommendation by region, or the like: a chart where there is something to see, and the table behind it."""

    by: str
    title: str
    chart: str
    rows: list[tuple[str, list[dict[str, str]]]]


@dataclass(frozen=True)
class Head:
    """What stands on top of the page: as of any page of a guideline."""

    language: Language
    labels: dict[str, str]
    status: tuple[Any, ...]
    publisher: Words
    version: str


def report(audit: Audit, language: Language = "en") -> str:
    """The whole report."""
    found = contents(audit, language)
    return filled("audit.html", guide=head(found), audit=audit, contents=found, page=Page(language), methods=METHOD)


def head(found: list[Content]) -> Head:
    """Status, publisher and version: of the one guideline, or of each."""
    first, language = found[0], found[0].language
    status = tuple(each for content in found for each in statuses(content.guideline, language))
    names = [content.guideline.publisher.name.in_(language) for content in found]
    version = first.guideline.currency.version if len(found) == 1 else ""
    publisher = Words(" · ".join(dict.fromkeys(names)), language)
    return Head(language, {"skip": say("skip", language)}, status, publisher, f"version {version}" if version else "")


class Page:
    """What the template asks for beside the content."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, key: str, **values: object) -> str:
        """Words of the report."""
        return say(key, self.language, **values)

    def sign(self, content: Content, finding: Finding) -> Any:
        """The sign of a grade, with its words."""
        grade = finding.outcome.recommendation.grade
        return kind(content.guideline.scheme, (grade.strength, grade.direction), self.language)

    def system(self, uri: str) -> str:
        """A code system by its short name."""
        return SHORT.get(uri, uri).upper() if uri in SHORT else uri

    def overview(self, content: Content) -> str:
        """All statements in one chart."""
        marks = [
            self.mark(finding.name, say(name, self.language), finding.outcome.readings[name].total)
            for _, _, findings in content.groups
            for finding in findings
            for name in READINGS
        ]
        return charts.spread(marks, self.words("statement")) if charts.tells(marks) else ""

    def mark(self, group: str, reading: str, tally: Tally) -> charts.Mark:
        """One group of a chart."""
        share = tally.share
        low, high = tally.bounds
        return charts.Mark(group, reading, low, high, share.proportion if share else None, share.of if share else None)

    def account(self, content: Content) -> Iterator[tuple[str, str]]:
        """What became of everything that was read."""
        return account.lines(content.audit.account, self.language)

    def words(self, groups: str) -> charts.Words:
        """The words of a chart's axes."""
        return charts.Words(self.say("share"), self.say(groups), self.say("episodes"))

    def breakdowns(self, content: Content, finding: Finding) -> Iterator[Breakdown]:
        """A recommendation by region, organisation, sex, age and month."""
        told = {name: dict(content.broken_down(finding.outcome.readings[name])) for name in READINGS}
        for by, strata in told["strict"].items():
            rows = [(name, [dict(strata)[name], dict(told["assumed"][by])[name]]) for name, _ in strata]
            judged = by == "organisation" and finding.outcome.indicator
            title = self.say("run chart" if by == "month" else "funnel" if judged else "by", by=self.say(by))
            lines = [(name, [self.cells(content, tally) for tally in both]) for name, both in rows]
            yield Breakdown(by, title, self.drawn(by, finding, rows), lines)

    def drawn(self, by: str, finding: Finding, rows: list[tuple[str, list[Tally]]]) -> str:
        """The chart of a breakdown; nothing where there is nothing to see."""
        marks = [
            self.mark(name, say(reading, self.language), tally)
            for name, both in rows
            for reading, tally in zip(READINGS, both, strict=True)
        ]
        if finding.outcome.indicator and by == "organisation":
            recorded = [each for each in marks if each.reading == self.say("strict") and each.share is not None]
            return charts.funnel(recorded, self.words(by)) if len(recorded) > 2 else ""
        if not charts.tells(marks) or len(rows) > MOST_ROWS:
            return ""
        return (charts.run if by == "month" else charts.spread)(marks, self.words(by))

    def cells(self, content: Content, tally: Tally) -> dict[str, str]:
        """One stratum in one reading."""
        return {
            "yes": content.count(tally.applies["yes"]),
            "unknown": content.count(tally.applies["unknown"]),
            "share": content.share(tally),
            "between": content.between(tally),
        }
